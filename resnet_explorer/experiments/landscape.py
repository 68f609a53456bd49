"""The loss around a network that was just trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import LandscapeConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import Landscape


def _run(config: LandscapeConfig, report: Report, stopped: Stopped) -> Landscape:
    from resnet_explorer.experiments.probes import landscape  # noqa: PLC0415 - imports torch

    return landscape.landscape(config, report, stopped)


LANDSCAPE = Task(name="landscape", title="train, then look at the loss around", config=LandscapeConfig, run=_run)
