"""The slope of a network of one number along a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from resnet_explorer.options import Flag, Whole, option
from resnet_explorer.tasks.speed import BACKWARD, FASTER
from resnet_explorer.tasks.task import Config, Estimate, Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.speed import Calibration


@dataclass(frozen=True, slots=True, kw_only=True)
class ShatteredConfig(Config):
    """Follow the slope of a network of one number along a line."""

    task: ClassVar[str] = "shattered"
    layers: int = option(50, Whole(1, 200), query="layers", help="hidden layers")
    residual: bool = option(False, Flag(), query="residual", help="with shortcuts around each layer")
    width: int = option(200, Whole(4, 1000), query="width", help="units in each layer")
    points: int = option(256, Whole(16, 1024), query="points", help="places on the line, and size of the mini-batch")
    draws: int = option(10, Whole(1, 50), query="draws", help="nets over which the correlation is averaged")
    seed: int = option(0, Whole(0, 2**31 - 1), query="seed", help="seed of the weights")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shattered:
    """The slope of one net along the line, the correlation of slopes some places apart (mean over nets), and its size.

    `lags` and `correlation` belong together; `rms` is the root mean square of the slopes of all `nets`.
    """

    places: tuple[float, ...]
    slopes: tuple[float, ...]
    lags: tuple[int, ...]
    correlation: tuple[float, ...]
    rms: float
    nets: int


def estimate(config: ShatteredConfig, speed: Calibration) -> Estimate:
    """For each net, its weights drawn and a step over all places."""
    weights = config.layers * config.width**2
    net = speed.seconds(4 * config.layers, BACKWARD * weights * config.points) + 4 * weights / 100e6
    held = 4 * (weights + 8 * config.layers * config.width * config.points)
    return Estimate(seconds=config.draws * net / FASTER[config.device], bytes=held)


TASK = Task(
    name="shattered",
    title="the slope of a network along a line",
    config=ShatteredConfig,
    run="resnet_explorer.tasks.shattered.run:shattered",
    estimate=estimate,
    eased_by=("draws", "layers", "width"),
    records=(Shattered,),
)
