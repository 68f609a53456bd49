"""The roofline (Williams, Waterman & Patterson 2009, doi:10.1145/1498765.1498785): the least time of each layer.

A layer takes at least the time to compute it and at least the time to move it. FLOPs are 2 x MACs; bytes are its inputs
and its output once for each image of the batch, and its weights once. Nothing is fused or kept in a cache.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis.arithmetic import ms, rate_of
from resnet_explorer.analysis.conventions import plural
from resnet_explorer.spec.graph import IMAGE
from resnet_explorer.spec.ops import RESHAPED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.analysis.report import Report

FREE = RESHAPED | {"dropout", "slice", "unused", "output"}
"""What moves nothing while a net is used: another view of the same numbers, or nothing at all."""


class ForwardPass(NamedTuple):
    """A forward pass: images, bytes of a number, FLOP/s and bytes/s of the device."""

    batch: int
    width: int
    peak: float
    bandwidth: float


class RooflinePoint(NamedTuple):
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
    run: ForwardPass

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


def points(report: Report, batch: int, width: int, peak: float, bandwidth: float) -> tuple[RooflinePoint, ...]:
    """Every operation of a forward pass; `width` are bytes of a number, `peak` is in FLOP/s, `bandwidth` in bytes/s."""
    values = {layer.path: math.prod(layer.output_shape) for layer in report.layers}
    values[IMAGE] = math.prod(report.spec.input_shape)
    run = ForwardPass(batch, width, peak, bandwidth)
    found = []
    for layer in report.layers:
        if layer.op in FREE:
            continue
        moved = sum(values[path] for path in layer.node.inputs) + values[layer.path]
        flops = 2 * layer.macs * batch
        count = width * (batch * moved + layer.params)
        times = flops / peak, count / bandwidth
        found.append(RooflinePoint(layer.path, layer.op, flops, count, *times, layer.macs, moved, layer.params, run))
    return tuple(found)


def seconds(found: tuple[RooflinePoint, ...]) -> float:
    """The least time of a forward pass, one operation after the other."""
    return sum(point.seconds for point in found)


def intensity(found: tuple[RooflinePoint, ...]) -> float:
    """FLOPs of the whole pass for each byte it moves."""
    return sum(point.flops for point in found) / sum(point.bytes for point in found)


def of_ridge(peak: float, bandwidth: float) -> str:
    """Where the roofline bends: 156 TFLOP/s ÷ 2.039 TB/s = 76.51 FLOPs per byte."""
    return f"{rate_of(peak, 'FLOP')} ÷ {rate_of(bandwidth, 'B')} = {peak / bandwidth:.4g} FLOPs per byte"


def of_computing(flops: int, peak: float) -> str:
    """The time of the computing alone."""
    return f"{flops:,} FLOPs ÷ {rate_of(peak, 'FLOP')} = {ms(1e3 * flops / peak)}"


def of_point(point: RooflinePoint) -> dict[str, str]:
    """A layer under a roofline: its FLOPs, bytes, their quotient, the rate it can reach, and both of its times."""
    batch, width, peak, bandwidth = point.run
    rates = rate_of(peak, "FLOP"), rate_of(bandwidth, "B")
    times = [f"{1e6 * each:,.2f} µs" for each in (point.compute, point.memory)]
    return {
        "FLOPs": f"2 · {point.macs:,} MACs · {batch:,} = {point.flops:,}",
        "bytes": f"{width} · ({batch:,} · {point.moved:,} values + {point.params:,} parameters) = {point.bytes:,}",
        "intensity": f"{point.flops:,} ÷ {point.bytes:,} = {point.intensity:.4g} FLOPs per byte",
        "rate": f"min({rates[0]}, {rates[1]} · {point.intensity:.4g}) = {rate_of(point.flops / point.seconds, 'FLOP')}",
        "computing": f"{point.flops:,} FLOPs ÷ {rates[0]} = {times[0]}",
        "moving": f"{point.bytes:,} B ÷ {rates[1]} = {times[1]}",
    }


def of_pass(found: Iterable[RooflinePoint]) -> str:
    """The least time of a pass under a roofline: what computes, and what moves."""
    times = {True: 0.0, False: 0.0}
    number = Counter[bool]()
    for point in found:
        times[point.memory_bound] += point.seconds
        number[point.memory_bound] += 1
    computing = f"{plural(number[False], 'operation')} that {'computes' if number[False] == 1 else 'compute'} longer"
    moving = f"{number[True]:,} that {'moves' if number[True] == 1 else 'move'} longer"
    spent = ms(1e3 * sum(times.values()))
    return f"{ms(1e3 * times[False])} of {computing} + {ms(1e3 * times[True])} of {moving} = {spent}"
