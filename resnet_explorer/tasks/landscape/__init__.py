"""The loss around a network that was just trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from resnet_explorer.options import Real, Whole, option
from resnet_explorer.tasks.speed import FASTER, size
from resnet_explorer.tasks.task import Estimate, Task
from resnet_explorer.tasks.train import TrainConfig, Training
from resnet_explorer.tasks.train import estimate as training

if TYPE_CHECKING:
    from resnet_explorer.tasks.speed import Calibration

STATISTICS = ("running", "batch")
"""What BatchNorm can normalise by: the statistics that it kept in training, or those of the mini-batch at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LandscapeConfig(TrainConfig):
    """Train a network, then look at its loss on planes through where it ended."""

    task: ClassVar[str] = "landscape"
    points: int = option(15, Whole(3, 51, 2), query="points", help="places along each side of the plane")
    span: float = option(1.0, Real(0.01, 10.0), query="span", help="how far the plane reaches, in filter norms")
    images: int = option(256, Whole(16, 1500), query="images", help="training images over which the loss is taken")
    draws: int = option(3, Whole(1, 9), query="draws", help="pairs of directions, each of which spans a plane")


class Plane(NamedTuple):
    """Losses on a plane through a net: `rows[i][j]` at the i-th place of one direction and the j-th of the other.

    `draw` counts the pairs of directions; `statistics` says by which BatchNorm normalised, of `STATISTICS`.
    """

    draw: int
    statistics: str
    rows: tuple[tuple[float, ...], ...]

    @property
    def values(self) -> tuple[float, ...]:
        """All losses, row after row."""
        return tuple(value for row in self.rows for value in row)

    @property
    def middle(self) -> float:
        """The loss of the net itself."""
        return self.rows[len(self.rows) // 2][len(self.rows) // 2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape:
    """The loss around a trained network, at the `places` of two directions: each draw of them by both statistics."""

    training: Training
    places: tuple[float, ...]
    planes: tuple[Plane, ...]
    status: str = "done"
    message: str = ""


def estimate(config: LandscapeConfig, speed: Calibration) -> Estimate:
    """After the training, forward passes: for each draw and either kind of statistics, one for each place.

    The weights are held as they were trained, as they are moved, as they come to be, and as long as two directions.
    """
    net, trained = size(config.net), training(config, speed)
    passes = config.draws * len(STATISTICS) * config.points**2
    planes = passes * speed.seconds(net.layers, net.macs * config.images)
    held = 5 * net.weight_bytes + net.image_bytes * config.images
    return Estimate(seconds=trained.seconds + planes / FASTER[config.device], bytes=max(trained.bytes, held))


TASK = Task(
    name="landscape",
    title="train, then look at the loss around",
    config=LandscapeConfig,
    run="resnet_explorer.tasks.landscape.run:landscape",
    estimate=estimate,
    eased_by=("steps", "points", "draws", "batch"),
    records=(Plane, Landscape),
)
