"""Every probe at initialisation on somebody's own module, or on its plain counterpart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from resnet_explorer.options import Flag, Whole, option
from resnet_explorer.tasks.describe import DescribeConfig
from resnet_explorer.tasks.profile import Profile, Series
from resnet_explorer.tasks.speed import BACKWARD, FASTER, Size, build
from resnet_explorer.tasks.task import Estimate, Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.speed import Calibration

_SIZE = Whole(0, 2**62)
BATCHES = 32, 16, 8, 4
MOST_BYTES, MOST_MACS = 2_000_000_000, 20_000_000_000
HELD = 3
"""Copies of the maps that are held: as autograd keeps them, as each call gave them, and as they went on."""


def fitting(macs: int, image_bytes: int) -> int:
    """How many inputs are shown at once: so many that their maps fit, and that their work takes seconds."""
    fits = [each for each in BATCHES if HELD * image_bytes * each <= MOST_BYTES]
    return next((each for each in fits if macs * each <= MOST_MACS), min(fits, default=2))


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleConfig(DescribeConfig):
    """Measure every probe on a module as its constructor starts it, with its shortcuts or without.

    How large it is has been counted before: that of a module which nobody has described is not known.
    """

    task: ClassVar[str] = "profile_module"
    plain: bool = option(False, Flag(), query="plain", help="each addition of a shortcut hands on its branch alone")
    batch: int = option(32, Whole(2, 1024), query="batch", help="inputs in the mini-batch")
    seed: int = option(0, Whole(0, 2**31 - 1), query="seed", help="seed of the weights and of the data's order")
    layers: int = option(0, _SIZE, query="layers", help="its layers with weights")
    macs: int = option(0, _SIZE, query="macs", help="its multiply-adds for one input")
    weight_bytes: int = option(0, _SIZE, query="weight_bytes", help="bytes of its weights")
    image_bytes: int = option(0, _SIZE, query="image_bytes", help="bytes that backward needs of one input")


def estimate(config: ModuleConfig, speed: Calibration) -> Estimate:
    """A step whose every output is kept; of the counterpart, after a pass that shows where its shortcuts are."""
    net = Size(config.layers, config.macs, config.weight_bytes, config.image_bytes)
    passes = BACKWARD + config.plain
    step = speed.seconds(net.layers, passes * net.macs * config.batch) / FASTER[config.device]
    held = HELD * (net.weight_bytes + net.image_bytes * config.batch)
    return Estimate(seconds=build(net, speed) + step, bytes=held)


TASK = Task(
    name="profile_module",
    title="every probe at the start of a module",
    config=ModuleConfig,
    run="resnet_explorer.tasks.profile_module.run:measure",
    estimate=estimate,
    eased_by=("batch",),
    records=(Series, Profile),
)
