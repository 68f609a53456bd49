"""Every probe on a network at initialisation."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from resnet_explorer.tasks.gradients import GradientsConfig
from resnet_explorer.tasks.gradients import estimate as gradients
from resnet_explorer.tasks.speed import size
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.speed import Calibration
    from resnet_explorer.tasks.task import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileConfig(GradientsConfig):
    """Measure every probe on a network at initialisation."""

    task: ClassVar[str] = "profile"


class Series(NamedTuple):
    """What one probe read: a value for each path."""

    probe: str
    paths: tuple[str, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A network at initialisation: what each probe read; `main` are the convolutions of the main path, in order."""

    series: tuple[Series, ...]
    main: tuple[str, ...]
    loss: float
    ratio: float

    def of(self, probe: str) -> Series:
        """What that probe read."""
        return next(each for each in self.series if each.probe == probe)

    def along(self, probe: str) -> tuple[float, ...]:
        """What that probe read along the main path's convolutions."""
        found = self.of(probe)
        values = dict(zip(found.paths, found.values, strict=True))
        return tuple(values[path] for path in self.main)


def estimate(config: GradientsConfig, speed: Calibration) -> Estimate:
    """A step whose every output has its gradient kept."""
    step = gradients(config, speed)
    return dataclasses.replace(step, bytes=step.bytes + size(config.net).image_bytes * config.batch)


TASK = Task(
    name="profile",
    title="every probe at initialisation",
    config=ProfileConfig,
    run="resnet_explorer.tasks.profile.run:profile",
    estimate=estimate,
    eased_by=("batch", "image"),
    records=(Series, Profile),
)
