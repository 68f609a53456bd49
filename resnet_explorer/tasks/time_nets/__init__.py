"""The time that two nets take on a worker, in turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from resnet_explorer.options import Whole, option
from resnet_explorer.tasks.speed import FASTER, build, size
from resnet_explorer.tasks.task import Config, Estimate, Task
from resnet_explorer.tasks.time_block import Times

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec
    from resnet_explorer.tasks.speed import Calibration

TIMING_SECONDS = 6.0
MOST_REPEATS = 50
"""Nets are timed for so long, or once if that takes longer, and so often at most."""
RATES_SECONDS = 1.0
RATES_BYTES = 136_400_000
"""Two arrays of 64 MB for the copy, two matrices of 4.2 MB for the product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetsConfig(Config):
    """Time a forward pass of two nets against each other."""

    task: ClassVar[str] = "time_nets"
    net: NetSpec
    other: NetSpec
    batch: int = option(1, Whole(1, 256), query="batch", help="images in the mini-batch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The times of a forward pass of two nets, and what their machine reaches.

    `flops` are the FLOP/s of a matrix product, `bandwidth` the bytes/s of a copy.
    """

    nets: tuple[Times, Times]
    flops: float
    bandwidth: float
    device: str


def estimate(config: NetsConfig, speed: Calibration) -> Estimate:
    """Both nets with their weights and images stay; maps are those of one at a time.

    What autograd would keep of an image is more than what a pass without it holds at once, and stands for it here.
    """
    nets = [size(net) for net in (config.net, config.other)]
    once = sum(speed.seconds(net.layers, net.macs * config.batch) for net in nets) / FASTER[config.device]
    seconds = sum(build(net, speed) for net in nets) + once + min(max(once, TIMING_SECONDS), MOST_REPEATS * once)
    held = sum(net.weight_bytes for net in nets) + config.batch * sum(net.image_bytes for net in nets)
    return Estimate(seconds=seconds + RATES_SECONDS, bytes=held + RATES_BYTES)


TASK = Task(
    name="time_nets",
    title="time two nets",
    config=NetsConfig,
    run="resnet_explorer.tasks.time_nets.run:latencies",
    estimate=estimate,
    eased_by=("batch",),
    records=(Times, Timing),
)
