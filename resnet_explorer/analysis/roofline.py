"""The roofline (Williams, Waterman & Patterson 2009, doi:10.1145/1498765.1498785): the least time of each layer.

A layer takes at least the time to compute it and at least the time to move it. FLOPs are 2 x MACs; bytes are its inputs
and its output once for each image of the batch, and its weights once. Nothing is fused or kept in a cache.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.spec.graph import IMAGE

if TYPE_CHECKING:
    from resnet_explorer.analysis.report import Report

FREE = frozenset({"flatten", "dropout"})
"""What moves nothing while a net is used: another view of the same numbers, or nothing at all."""


class Pass(NamedTuple):
    """A forward pass: images, bytes of a number, FLOP/s and bytes/s of the device."""

    batch: int
    width: int
    peak: float
    bandwidth: float


class Point(NamedTuple):
    """One operation under a roofline: FLOPs and bytes of the whole batch, and the seconds of each alone.

    They come from its `macs` and the values `moved` of an image, its `params`, and the pass that is `run`.
    """

    path: str
    op: str
    flops: int
    bytes: int
    compute: float
    memory: float
    macs: int
    moved: int
    params: int
    run: Pass

    @property
    def intensity(self) -> float:
        """FLOPs for each byte moved."""
        return self.flops / self.bytes

    @property
    def seconds(self) -> float:
        """The longer of the two."""
        return max(self.compute, self.memory)

    @property
    def memory_bound(self) -> bool:
        """Whether moving takes longer than computing."""
        return self.memory > self.compute


def points(report: Report, batch: int, width: int, peak: float, bandwidth: float) -> tuple[Point, ...]:
    """Every operation of a forward pass; `width` are bytes of a number, `peak` is in FLOP/s, `bandwidth` in bytes/s."""
    values = {layer.path: math.prod(layer.output_shape) for layer in report.layers}
    values[IMAGE] = math.prod(report.spec.input_shape)
    run = Pass(batch, width, peak, bandwidth)
    found = []
    for layer in report.layers:
        if layer.op in FREE:
            continue
        moved = sum(values[path] for path in layer.node.inputs) + values[layer.path]
        flops = 2 * layer.macs * batch
        count = width * (batch * moved + layer.params)
        times = flops / peak, count / bandwidth
        found.append(Point(layer.path, layer.op, flops, count, *times, layer.macs, moved, layer.params, run))
    return tuple(found)


def seconds(found: tuple[Point, ...]) -> float:
    """The least time of a forward pass, one operation after the other."""
    return sum(point.seconds for point in found)


def intensity(found: tuple[Point, ...]) -> float:
    """FLOPs of the whole pass for each byte it moves."""
    return sum(point.flops for point in found) / sum(point.bytes for point in found)
