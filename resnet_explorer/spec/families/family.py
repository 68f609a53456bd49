"""The record of a family of networks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.spec.graph import Graph


def _itself(options: Any) -> Any:
    return options


def _nothing(_options: Any) -> frozenset[str]:
    return frozenset()


def _no_words(_options: Any) -> str:
    return ""


def _module(_options: Any) -> dict[str, str]:
    return {"": "Net"}


def _a_map(_options: Any) -> str:
    return "a map is left"


def _any_image(_options: Any) -> int:
    return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family: its own typed options, and how these become a graph and a title.

    `graph` takes the options, the number of classes and the channels of the image.

    `plain` and `residual` give the options of the counterparts without and with shortcuts; in a family that has none,
    a net is its own. `least_image` is the smallest image that such a net takes, in pixels, so that `least` holds.
    `named_depth` says why the name counts other layers than those with weights of the main path, where it does.
    `modules` are the names of the classes of such a net's modules: of the net (""), of a block ("block"), and of others
    by what they are called in it.
    `idle` are the options that change nothing in such a net: a plain one keeps those of its counterpart, for example.
    """

    name: str
    options: type
    graph: Callable[[Any, int, int], Graph]
    title: Callable[[Any], str]
    plain: Callable[[Any], Any] = _itself
    residual: Callable[[Any], Any] = _itself
    least_image: Callable[[Any], int] = _any_image
    least: Callable[[Any], str] = _a_map
    named_depth: Callable[[Any], str] = _no_words
    modules: Callable[[Any], dict[str, str]] = _module
    idle: Callable[[Any], frozenset[str]] = _nothing
