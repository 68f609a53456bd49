"""The structure of a block, read from its nodes: the main chain, and the ways around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis import Layer


class Detour(NamedTuple):
    """A way around part of the chain, into the second input of `into`. `source` is where it leaves; None: at x."""

    source: str | None
    into: str
    layers: tuple[Layer, ...]

    @property
    def gate(self) -> bool:
        """Whether it computes a factor, rather than leading x around."""
        return bool(self.layers) and self.layers[-1].node.gate


class Chain(NamedTuple):
    """A block: operations stacked tight in units, and the ways around them."""

    units: tuple[tuple[Layer, ...], ...]
    detours: tuple[Detour, ...]


def chain(layers: Sequence[Layer]) -> Chain:
    """The chain from x to y along first inputs; every further input that is not on it is a way around."""
    known = {layer.path: layer for layer in layers}
    main = _upwards(layers[-1].path, known)
    paths = {layer.path for layer in main}
    ways = []
    for layer in main:
        for other in layer.node.inputs[1:]:
            side = _upwards(other, known, paths)
            first = side[0].node.inputs[0] if side else other
            ways.append(Detour(first if first in paths else None, layer.path, tuple(side)))
    return Chain(tuple(_units(main, {way.source for way in ways})), tuple(ways))


def lanes(chain: Chain) -> dict[Detour, int]:
    """How far out each way runs, so that none crosses another: the shortest innermost."""
    order = [layer.path for unit in chain.units for layer in unit]

    def length(way: Detour) -> tuple[int, bool]:
        return order.index(way.into) - (order.index(way.source) if way.source else -1), not way.gate

    return {way: lane for lane, way in enumerate(sorted(chain.detours, key=length))}


def joins(layer: Layer) -> bool:
    """Whether an operation has more than one input."""
    return len(layer.node.inputs) > 1


def _upwards(path: str, known: dict[str, Layer], until: set[str] | frozenset[str] = frozenset()) -> list[Layer]:
    """The layers up to and including that one, in order, along first inputs."""
    found: list[Layer] = []
    while path in known and path not in until:
        found.append(known[path])
        path = known[path].node.inputs[0]
    return found[::-1]


def _units(main: list[Layer], sources: set[str | None]) -> list[tuple[Layer, ...]]:
    """Each convolution with what belongs to it; what joins stands alone, and a unit ends where a way around starts.

    That is what follows it, or, in a block that starts with normalisation or activation, what comes before it.
    """
    before = bool(main) and not main[0].weighted and not joins(main[0])
    units: list[list[Layer]] = []
    closed = True
    for layer in main:
        if joins(layer) or closed or (layer.weighted and not before):
            units.append([layer])
        else:
            units[-1].append(layer)
        closed = joins(layer) or layer.path in sources or (before and layer.weighted)
    return [tuple(unit) for unit in units]
