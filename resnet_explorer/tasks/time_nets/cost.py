"""What timing two nets costs, in closed form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.cost import FASTER, Calibration, build, size
from resnet_explorer.tasks.records import Estimate

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import NetsConfig

TIMING_SECONDS = 6.0
MOST_REPEATS = 50
"""Nets are timed for so long, or once if that takes longer, and so often at most."""
RATES_SECONDS = 1.0
RATES_BYTES = 136_400_000
"""Two arrays of 64 MB for the copy, two matrices of 4.2 MB for the product."""


def time_nets(config: NetsConfig, speed: Calibration) -> Estimate:
    """Both nets with their weights and images stay; maps are those of one at a time.

    What autograd would keep of an image is more than what a pass without it holds at once, and stands for it here.
    """
    nets = [size(net) for net in (config.net, config.other)]
    once = sum(speed.seconds(net.layers, net.macs * config.batch) for net in nets) / FASTER[config.device]
    seconds = sum(build(net, speed) for net in nets) + once + min(max(once, TIMING_SECONDS), MOST_REPEATS * once)
    held = sum(net.weight_bytes for net in nets) + config.batch * sum(net.image_bytes for net in nets)
    return Estimate(seconds=seconds + RATES_SECONDS, bytes=held + RATES_BYTES)
