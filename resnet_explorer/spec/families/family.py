"""The record of a family of networks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.spec.graph import Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family: its own typed options, and how they and a number of classes become a graph and a title."""

    name: str
    options: type
    graph: Callable[[Any, int], Graph]
    title: Callable[[Any], str]
