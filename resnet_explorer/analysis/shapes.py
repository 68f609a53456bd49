"""The size of a map with its working: what a window, a stride and a number of filters make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import conventions
from resnet_explorer.analysis.conventions import plural, sizes
from resnet_explorer.spec.ops import (
    AdaptiveAvgPool2d,
    AvgPool2d,
    Conv2d,
    Convolution,
    Flatten,
    GlobalAvgPool2d,
    Imported,
    Linear,
    MaxPool2d,
    Op,
    PadChannels,
)

if TYPE_CHECKING:
    from resnet_explorer.analysis.report import Layer, Stage


def of_shape(layer: Layer) -> str:
    """What a layer gives: its channels, and the side of its map: (224 + 2 · 3 − 7) ÷ 2, rounded down, + 1 = 112."""
    given = layer.input_shape
    match op := layer.node.op:
        case Conv2d() | MaxPool2d() | AvgPool2d() | PadChannels():
            return f"{_channels(layer)}; side {_side(layer)}"
        case AdaptiveAvgPool2d():
            return f"{plural(given[0], 'channel')}, as its input; side set to {op.size}"
        case GlobalAvgPool2d():
            return f"one mean for each of {plural(given[0], 'channel')}"
        case Flatten():
            return f"{sizes(given)} = {layer.output_shape[0]:,}"
        case Linear():
            return plural(op.out_features, "output")
    return _as_run(layer)


def _as_run(layer: Layer) -> str:
    """The shape of an operation that says none itself."""
    same = layer.input_shape == layer.output_shape
    return f"{sizes(layer.output_shape)}, as {'its input' if same else 'it ran'}"


def of_stage(stage: Stage) -> str:
    """The size at the end of a stage: the filters of its last convolution, and what strides made of the map's side.

    Where it ends in no map of a convolution, it is what its last operation gives.
    """
    convs = [layer for layer in stage.layers if layer.node.main and layer.op == "conv"]
    if not convs or len(stage.output_shape) != len(convs[-1].output_shape):
        return f"{stage.layers[-1].path}: {of_shape(stage.layers[-1])}"
    strided = [layer for layer in stage.layers if layer.node.main and _strides(layer.node.op)]
    sides = [f"{layer.path}: {_side(layer)}" for layer in strided]
    side = f", {', '.join(sides)}" if sides else f" {conventions.side(stage.output_shape)}, no stride"
    return f"{convs[-1].path}: {_channels(convs[-1])}; side{side}"


def _strides(op: Op) -> bool:
    return op.window[1] > 1 or op.enlarges > 1


def _channels(layer: Layer) -> str:
    op, given = layer.node.op, layer.input_shape[0]
    if isinstance(op, Conv2d | Convolution):
        return plural(op.out_channels, "filter")
    if isinstance(op, PadChannels):
        return f"{plural(given, 'channel')} and {op.channels - given:,} of zeros = {op.channels:,}"
    return f"{plural(given, 'channel')}, as its input"


def _side(layer: Layer) -> str:
    """The side of the map, of all sides where they differ, height first."""
    if len(layer.input_shape) != len(layer.output_shape):
        return f"{sizes(layer.input_shape)} → {sizes(layer.output_shape)}, as it ran"
    pairs = dict.fromkeys(zip(layer.input_shape[1:], layer.output_shape[1:], strict=True))
    said = [_along(layer.node.op, *pair) for pair in pairs]
    return said[0] if len(said) == 1 else " and ".join(said)


def _along(op: Op, side: int, given: int) -> str:
    """One side of the map; rounded down where windows end before the border, up where a mean takes what is left."""
    if isinstance(op, Imported):
        return f"{side:,} → {given:,}, as it ran"
    (kernel, stride), padding = op.window, getattr(op, "padding", 0)
    spread = (
        f" − (({op.kernel} − 1) · {op.dilation} + 1)" if isinstance(op, Conv2d) and op.dilation > 1 else f" − {kernel}"
    )
    reach = f"{side:,} + 2 · {padding}{spread}" if padding else f"{side:,}{spread}"
    over = (side + 2 * padding - kernel) % stride
    rounded = f", rounded {'up' if isinstance(op, AvgPool2d) else 'down'}," if over else ""
    steps = f"({reach}) ÷ {stride}{rounded}" if stride > 1 else reach
    return f"{steps} + 1 = {given:,}"
