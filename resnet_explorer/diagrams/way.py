"""A block in words: what its shortcut is called, its formula, and its description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.diagrams import wording
from resnet_explorer.diagrams.chain import joins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis import Layer
    from resnet_explorer.diagrams.chain import Chain, Way

_SUBSCRIPT = 'W<tspan dy="3" font-size="9">s</tspan><tspan dy="-3"> x</tspan>'
_FUNCTIONS = {"relu": "ReLU", "bn": "BN"}


def way_label(way: Way) -> tuple[str, tuple[str, ...]]:
    """The kind of a way around (a class of the stylesheet) and the lines to stand at it."""
    if not way.layers:
        return "identity", ("identity, no weights",)
    weighted = [layer for layer in way.layers if layer.weighted]
    if len(weighted) == 1 and weighted[0].op == "conv":
        op = weighted[0].node.op
        stride = f", stride {op.window[1]}" if op.window[1] > 1 else ""
        return "projection", (f"projection {op.window[0]}×{op.window[0]}{stride}", f"{_weights(weighted[0])} weights")
    names = " + ".join(wording.operation(layer.node.op) for layer in way.layers)
    if any(layer.params for layer in way.layers):
        return "projection", (names, f"{sum(layer.params for layer in way.layers):,} parameters")
    return "padding", (names, "no weights")


def _weights(layer: Layer) -> str:
    return f"{layer.params:,}"


def formula(chain: Chain) -> str:
    """What the block computes, as the content of an SVG text."""
    sums = [unit[0] for unit in chain.units if joins(unit[0])]
    after = list(chain.units[-1]) if not sums else _behind(chain, sums[-1])
    if not sums:
        last = _FUNCTIONS.get(after[-1].op)
        return f"y = {last}(F(x))" if last else "y = F(x)"
    if len(chain.ways) > 1:
        return "y"
    sign = "+" if sums[-1].op == "add" else "·"
    words = f"F(x) {sign} {_of_x(chain.ways[0])}"
    for layer in after:
        words = f"{_FUNCTIONS.get(layer.op, layer.op)}({words})"
    return f"y = {words}"


def _behind(chain: Chain, layer: Layer) -> list[Layer]:
    """The operations after that one."""
    flat = [each for unit in chain.units for each in unit]
    return flat[flat.index(layer) + 1 :]


def _of_x(way: Way) -> str:
    if not way.layers:
        return "x"
    kind, _ = way_label(way)
    return _SUBSCRIPT if kind == "projection" else "pad(x)" if way.layers[0].op == "pad" else "G(x)"


def describe(layers: Sequence[Layer], chain: Chain) -> str:
    """The drawing in sentences."""
    steps = [
        ", ".join(wording.operation(layer.node.op) for layer in unit) for unit in chain.units if not joins(unit[0])
    ]
    ways = ["; ".join(way_label(way)[1]) for way in chain.ways]
    around = f"The shortcut: {wording.listed(ways)}." if ways else "No shortcut."
    return (
        f"A block from x of {wording.sizes(layers[0].input_shape)} to y of {wording.sizes(layers[-1].output_shape)}. "
        f"In order: {'; '.join(steps)}. {around} "
        f"{sum(layer.params for layer in layers):,} parameters, {sum(layer.macs for layer in layers):,} MACs."
    )
