"""The slope of a network of one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import ShatteredConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import Shattered


def _run(config: ShatteredConfig, report: Report, stopped: Stopped) -> Shattered:
    from resnet_explorer.experiments.probes import shattered  # noqa: PLC0415 - imports torch

    return shattered.shattered(config, report, stopped)


SHATTERED = Task(name="shattered", title="the slope of a network along a line", config=ShatteredConfig, run=_run)
