"""A block in words: what its shortcut is called, its formula, and its description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import conventions
from resnet_explorer.diagrams import wording
from resnet_explorer.diagrams.chain import joins
from resnet_explorer.spec.ops import RESHAPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resnet_explorer.analysis import Layer
    from resnet_explorer.diagrams.chain import Chain, Detour

_PROJECTED = 'W<tspan dy="3" class="sub">s</tspan><tspan dy="-3"> {x}</tspan>'
_BEHIND = {"relu", "leaky", "scale"}
_FUNCTIONS = {"relu": "ReLU({})", "leaky": "LReLU({})", "bn": "BN({})", "gn": "GN({})", "scale": "α · {}"}


def detour_label(way: Detour) -> tuple[str, tuple[str, ...]]:
    """The kind of a way around (a class of the stylesheet) and the lines to stand at it."""
    if not way.layers:
        return "identity", ("identity, no weights",)
    if way.gate:
        return "gate", gate_lines(way)
    weighted = [layer for layer in way.layers if layer.weighted]
    if len(weighted) == 1 and weighted[0].op == "conv":
        op = weighted[0].node.op
        stride = f", stride {op.window[1]}" if op.window[1] > 1 else ""
        words = f"projection {op.window[0]}×{op.window[0]}{stride}"
        pools = [wording.operation(layer.node.op) for layer in way.layers if layer.op == "mean"]
        return "projection", (", ".join([*pools, words]), conventions.plural(weighted[0].params, "weight"))
    names = " + ".join(wording.operation(layer.node.op) for layer in way.layers)
    if params := sum(layer.params for layer in way.layers):
        return "projection", (names, conventions.plural(params, "parameter"))
    return "padding", (names, "no weights")


def gate_lines(way: Detour) -> tuple[str, ...]:
    """What a gate computes, a line for each of its layers with parameters, and how many these are."""
    lines = [""]
    for layer in (each for each in way.layers if each.op not in RESHAPED):
        if layer.params:
            before = lines.pop() if lines[-1] == "" else ""
            lines.append(before + wording.brief(layer.node.op))
        else:
            lines[-1] += f"{', ' if lines[-1] else ''}{wording.operation(layer.node.op)}"
    lines[0] = f"gate: {lines[0]}"
    return (*lines, conventions.plural(sum(layer.params for layer in way.layers), "parameter"))


def equation(chain: Chain) -> str:
    """What the block computes, as the content of an SVG text."""
    words = "F(x)"
    sums = [place for place, unit in enumerate(chain.units) if joins(unit[0])]
    if not sums:
        return f"y = {_applied(chain.units[-1][-1:], words)}"
    branch = [layer for unit in chain.units[: sums[0]] for layer in unit]
    words = _applied(branch[_weights_end(branch) :], words)
    for unit in chain.units[sums[0] :]:
        words = _joined(unit[0], words, chain) if joins(unit[0]) else _applied(unit, words)
    return f"y = {words}"


def _weights_end(branch: Sequence[Layer]) -> int:
    """Where what has weights ends in a branch: F(x) stands for that, and an activation or a scale follows it."""
    return 1 + max((place for place, layer in enumerate(branch) if layer.op not in _BEHIND), default=-1)


def _joined(layer: Layer, words: str, chain: Chain) -> str:
    """The value behind an operation of several inputs."""
    around = [_of_x(way, chain) for way in chain.detours if way.into == layer.path and not way.gate]
    if layer.op == "add":
        return " + ".join([words, *around])
    if layer.op == "mix":
        return f"T(x) · H(x) + (1 − T(x)) · {around[0]}"
    if layer.op == "mul":
        return f"s · {words}"
    return f"{layer.op}({', '.join([words, *around])})"


def _applied(layers: Iterable[Layer], words: str) -> str:
    for layer in layers:
        if layer.op in _FUNCTIONS:
            words = _FUNCTIONS[layer.op].format(words)
    return words


def _of_x(way: Detour, chain: Chain) -> str:
    """What a way adds."""
    flat = [layer for unit in chain.units for layer in unit]
    paths = [layer.path for layer in flat]
    x = "x" if way.source is None else _applied(flat[: paths.index(way.source) + 1], "x")
    if not way.layers:
        return x
    kind, _ = detour_label(way)
    if kind == "projection":
        return _PROJECTED.format(x=x)
    return f"pad({x})" if way.layers[0].op == "pad" else f"G({x})"


def describe(layers: Sequence[Layer], chain: Chain) -> str:
    """The drawing in sentences."""
    steps = [
        ", ".join(wording.operation(layer.node.op) for layer in unit) for unit in chain.units if not joins(unit[0])
    ]
    ways = ["; ".join(detour_label(way)[1]) for way in chain.detours if not way.gate]
    gates = [", ".join(gate_lines(way)) for way in chain.detours if way.gate]
    around = f"The shortcut: {conventions.listed(ways)}." if ways else "No shortcut."
    scaled = f" Scaled by a {conventions.listed(gates)}." if gates else ""
    x, y = conventions.sizes(layers[0].input_shape), conventions.sizes(layers[-1].output_shape)
    return (
        f"A block from x of {x} to y of {y}. "
        f"In order: {'; '.join(steps)}. {around}{scaled} "
        f"{conventions.plural(sum(layer.params for layer in layers), 'parameter')}, "
        f"{conventions.plural(sum(layer.macs for layer in layers), 'MAC')}."
    )
