"""The loss around a network that was just trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import LandscapeConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Landscape
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: LandscapeConfig, report: Report, stopped: Stopped) -> Landscape:
    from resnet_explorer.tasks.landscape import run as landscape  # noqa: PLC0415 - imports torch

    return landscape.landscape(config, report, stopped)


LANDSCAPE = Task(name="landscape", title="train, then look at the loss around", config=LandscapeConfig, run=_run)
