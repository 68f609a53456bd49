"""What timing blocks costs, in closed form, from the blocks themselves."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer.analysis import count_layers
from resnet_explorer.analysis.memory import FLOAT, saved_bytes
from resnet_explorer.spec.graph import shapes
from resnet_explorer.spec.single import single_block
from resnet_explorer.tasks.cost import BACKWARD, FASTER, Calibration, Size, build
from resnet_explorer.tasks.records import Estimate

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import BlockConfig

TIMING_SECONDS = 3.0
MOST_REPEATS = 50
"""Blocks are timed for so long, or once if that takes longer, and so often at most."""


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


def time_block(config: BlockConfig, speed: Calibration) -> Estimate:
    """The bottleneck and both pairs of 3x3, as `experiments.probes.blocks` makes and times them, in turns.

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
