"""What a stage does to small changes of the signal: its singular values."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from resnet_explorer.tasks.gradients import GradientsConfig
from resnet_explorer.tasks.profile import estimate as profiled
from resnet_explorer.tasks.task import Estimate, Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.speed import Calibration

MOST_VALUES = 1024
"""Values that the map behind the stem may have."""
SVD = 30
"""Multiply-adds of the singular values of a matrix of n by n, in n³."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JacobianConfig(GradientsConfig):
    """Take the singular values of the map from the stem's output to the end of the first stage."""

    task: ClassVar[str] = "jacobian"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spectrum:
    """Singular values of a map between feature maps, largest first, and how many weighted layers lie between."""

    values: tuple[float, ...]
    layers: int


def estimate(config: JacobianConfig, speed: Calibration) -> Estimate:
    """As many copies of a digit as the map behind the stem has values, `MOST_VALUES` at most: the task refuses more."""
    one = profiled(dataclasses.replace(config, batch=MOST_VALUES), speed)
    return Estimate(seconds=one.seconds + SVD * MOST_VALUES**3 / speed.macs_per_second, bytes=one.bytes)


TASK = Task(
    name="jacobian",
    title="singular values of a stage",
    config=JacobianConfig,
    run="resnet_explorer.tasks.jacobian.run:spectrum",
    estimate=estimate,
    eased_by=("image",),
    records=(Spectrum,),
)
