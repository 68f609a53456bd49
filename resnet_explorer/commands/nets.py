"""What commands about networks share: the NET argument, sizes, and the options of a config."""

from __future__ import annotations

import argparse
import dataclasses
from typing import TYPE_CHECKING, Any

from resnet_explorer.options import options_of
from resnet_explorer.spec import NetSpec, from_query, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.options import Option

MOST_PIXELS = 64
"""Pixels to which digits are scaled for nets made for large images, unless asked otherwise."""
SMALL_STEM = "cifar"
SIZES = options_of(NetSpec)


def network(query: str, chosen: argparse.Namespace, *, digits: bool = False) -> NetSpec:
    """The network of a NET argument, as the other arguments change it; `digits`: at the size they are shown to it."""
    spec = from_query(query)
    norm = getattr(chosen, "batch_norm", None)
    if norm is not None:
        spec = spec.turned(norm="batch" if norm else "none")
    if digits and "image=" not in query and getattr(spec.options, "stem", None) != SMALL_STEM:
        spec = spec.within(MOST_PIXELS)
    sizes = {each.field: value for each in SIZES if (value := getattr(chosen, each.field)) is not None}
    return dataclasses.replace(spec, **sizes)


def name(query: str) -> str:
    """The preset's name if NET is one, else the title of the network."""
    spec = from_query(query)
    preset = named(spec)
    return preset.name if preset else spec.title


def settings(chosen: argparse.Namespace, config: type) -> dict[str, Any]:
    """The values of a config's options that were given, by field."""
    given = ((each.field, getattr(chosen, each.field)) for each in options_of(config))
    return {field: value for field, value in given if value is not None}


def add_sizes(parser: argparse.ArgumentParser, image: str) -> None:
    """The arguments that change a network's sizes; `image` says in words what the default of that one is."""
    for each in SIZES:
        words = f"{each.help}; {each.kind.allowed} (default: {image if each.field == 'image' else 'the own'})"
        name = f"--{each.query.replace('_', '-')}"
        parser.add_argument(name, type=_read(each), metavar="N", help=words)


def add_digits(parser: argparse.ArgumentParser, config: type, *, nargs: str = "+") -> None:
    """The arguments of what networks do on the digits: networks, sizes, BatchNorm, and the config's options."""
    parser.add_argument("nets", metavar="NET", nargs=nargs)
    add_sizes(parser, f"the network's own; {MOST_PIXELS} where that is more, but for CIFAR stems")
    parser.add_argument("--batch-norm", action=argparse.BooleanOptionalAction, help="with BatchNorm, or without")
    add_settings(parser, config)


def add_settings(parser: argparse.ArgumentParser, config: type) -> None:
    """An argument for each of a config's options, checked by the config itself."""
    for each in options_of(config):
        words = f"{each.help}; {each.kind.allowed} (default: {each.default})".replace("%", "%%")
        parser.add_argument(f"--{each.query}", dest=each.field, type=_read(each), metavar="X", help=words)


def _read(each: Option) -> Callable[[str], Any]:
    """What makes a value of an argument; what cannot be read is handed on, for the config to say what is allowed."""

    def read(text: str) -> Any:
        value = each.kind.parse(text)
        return text if value is None else value

    return read
