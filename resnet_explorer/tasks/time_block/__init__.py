"""The time that a bottleneck takes against two 3x3 convolutions."""

from __future__ import annotations

import functools
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from resnet_explorer.analysis import count_layers
from resnet_explorer.analysis.memory import FLOAT, saved_bytes
from resnet_explorer.options import Flag, Whole, option
from resnet_explorer.spec.graph import shapes
from resnet_explorer.spec.single import single_block
from resnet_explorer.tasks.speed import BACKWARD, FASTER, Size, build
from resnet_explorer.tasks.task import Config, Estimate, Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.speed import Calibration

TIMING_SECONDS = 3.0
MOST_REPEATS = 50
"""Blocks are timed for so long, or once if that takes longer, and so often at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockConfig(Config):
    """Time a bottleneck block against two 3x3 convolutions at the same width."""

    task: ClassVar[str] = "time_block"
    channels: int = option(256, Whole(4, 4096, 4), query="channels", help="channels that enter and leave the block")
    reduction: int = option(4, Whole(1, 64), query="reduction", help="by how much the first 1×1 reduces them")
    pixels: int = option(56, Whole(1, 512), query="pixels", help="height and width of the map")
    batch: int = option(1, Whole(1, 256), query="batch", help="images in the mini-batch")
    norm: bool = option(False, Flag(), query="bn", help="with BatchNorm behind each convolution")


class Times(NamedTuple):
    """Seconds of one thing in each of its repeats, as they were taken, in turns with those of others; one at least."""

    seconds: tuple[float, ...]

    @property
    def repeats(self) -> int:
        """How often it was timed."""
        return len(self.seconds)

    @property
    def median(self) -> float:
        """The time in the middle."""
        return statistics.median(self.seconds)

    @property
    def quartiles(self) -> tuple[float, float]:
        """The times between which half of the repeats lie."""
        if self.repeats < 2:
            return self.seconds[0], self.seconds[0]
        low, _, high = statistics.quantiles(self.seconds, n=4, method="inclusive")
        return low, high


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTime:
    """The times of one block, forward, and forward with backward.

    `saved_bytes` is what autograd keeps for the backward pass, `weights` counts those of its convolutions.
    """

    name: str
    forward: Times
    both: Times
    saved_bytes: int
    weights: int
    device: str


@functools.lru_cache(maxsize=256)
def _size(kind: str, channels: int, inner: int, norm: str, pixels: int) -> Size:
    """The size of one block on its own."""
    graph, image = single_block(kind, channels, inner, norm=norm), (channels, pixels, pixels)
    layers = count_layers(graph, image)
    return Size(
        sum(layer.weighted for layer in layers),
        sum(layer.macs for layer in layers),
        FLOAT * sum(layer.params for layer in layers),
        saved_bytes(graph, shapes(graph, image)),
    )


def estimate(config: BlockConfig, speed: Calibration) -> Estimate:
    """The bottleneck and both pairs of 3x3, as `time_block.run` makes and times them, in turns.

    Time: a pass to warm up and a repeat of one pass forward, one with backward; repeats go on to a time or a number.
    Memory: all three stay, weights and input each with its gradient. What backward needs is held by one of them at a
    time, the largest at most, with three maps of gradients on their way.
    """
    channels, inner = config.channels, max(1, config.channels // config.reduction)
    norm = "batch" if config.norm else "none"
    three = (("bottleneck", channels), ("basic", channels), ("basic", inner))
    blocks = [_size(kind, outer, inner, norm, config.pixels) for kind, outer in three]
    work = sum(speed.seconds(3 * block.layers, (2 + BACKWARD) * block.macs * config.batch) for block in blocks)
    once = work / FASTER[config.device]
    seconds = sum(build(block, speed) for block in blocks) + min(max(once, TIMING_SECONDS), MOST_REPEATS * once)
    value = FLOAT * config.pixels**2 * config.batch
    inputs = value * (2 * channels + inner)
    saved = config.batch * max(block.image_bytes for block in blocks)
    held = 2 * (sum(block.weight_bytes for block in blocks) + inputs) + saved + 3 * value * channels
    return Estimate(seconds=seconds, bytes=held)


TASK = Task(
    name="time_block",
    title="time a block",
    config=BlockConfig,
    run="resnet_explorer.tasks.time_block.run:time_blocks",
    estimate=estimate,
    eased_by=("batch", "pixels", "channels"),
    records=(Times, BlockTime),
)
