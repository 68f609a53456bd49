"""The stage table, in the form of Table 1 of arXiv:1512.03385."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis.conventions import kernel, shares, sizes
from resnet_explorer.spec.ops import (
    AdaptiveAvgPool2d,
    Conv2d,
    Convolution,
    FullyConnected,
    GlobalAvgPool2d,
    Imported,
    Linear,
    MaxPool2d,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.analysis.report import Layer, Report, Stage


class StageRow(NamedTuple):
    """A stage: its output, what it is made of, and its part of the whole (percent; a column adds up to 100)."""

    name: str
    output: str
    makeup: str
    params: int
    params_share: float
    macs: int
    macs_share: float


def stage_rows(report: Report) -> list[StageRow]:
    """A row for each stage."""
    params = shares([stage.params for stage in report.stages])
    macs = shares([stage.macs for stage in report.stages])
    return [
        StageRow(stage.name, sizes(stage.output_shape), makeup(stage), stage.params, p, stage.macs, m)
        for stage, p, m in zip(report.stages, params, macs, strict=True)
    ]


def makeup(stage: Stage) -> str:
    """What a stage is made of: "3×3 max pool, stride 2; [3×3, 64 · 3×3, 64] × 3"."""
    loose = [_words(layer) for layer in stage.layers if layer.node.block is None]
    words = [each for each in loose if each]
    if stage.blocks:
        inside = [_words(layer) for layer in stage.block(stage.blocks[-1]) if layer.node.main]
        words.append(f"[{' · '.join(each for each in inside if each)}] × {len(stage.blocks)}")
    return "; ".join(words)


def _words(layer: Layer) -> str:
    op, words = layer.node.op, ""
    match op:
        case Conv2d():
            words = f"{op.kernel}×{op.kernel}, {op.out_channels}{_groups(op.groups)}{_stride(op.stride)}"
        case Convolution():
            made = " transposed" if op.transposed else ""
            words = f"{kernel(op.sizes)}{made}, {op.out_channels}{_groups(op.groups)}{_stride(max(op.strides))}"
        case MaxPool2d():
            words = f"{op.kernel}×{op.kernel} max pool{_stride(op.stride)}"
        case GlobalAvgPool2d():
            words = "global average pool"
        case AdaptiveAvgPool2d():
            words = f"average pool to {op.size}×{op.size}"
        case Linear() | FullyConnected():
            words = f"fc, {op.out_features}"
        case Imported(name="attention"):
            words = "attention"
    return words


def _groups(groups: int) -> str:
    return f", {groups} groups" if groups > 1 else ""


def _stride(stride: int) -> str:
    return f", stride {stride}" if stride > 1 else ""


def strides(report: Report) -> Iterable[str]:
    """Paths of the main path's convolutions and pools that halve the map, in order."""
    for layer in report.layers:
        if layer.node.op.window[1] > 1 and layer.node.main:
            yield layer.path
