"""The devices of a worker, by the names that configs use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from resnet_explorer.tasks.task import Config, Estimate, Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.speed import Calibration


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesConfig(Config):
    """Ask a worker which devices it has."""

    task: ClassVar[str] = "devices"


def estimate(config: DevicesConfig, speed: Calibration) -> Estimate:  # noqa: ARG001 - always the same
    """Next to nothing."""
    return Estimate(seconds=0.1, bytes=0)


TASK = Task(
    name="devices",
    title="name the devices",
    config=DevicesConfig,
    run="resnet_explorer.tasks.devices.run:devices",
    estimate=estimate,
)
