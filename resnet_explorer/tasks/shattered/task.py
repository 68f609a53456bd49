"""The slope of a network of one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import ShatteredConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Shattered
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: ShatteredConfig, report: Report, stopped: Stopped) -> Shattered:
    from resnet_explorer.tasks.shattered import run as shattered  # noqa: PLC0415 - imports torch

    return shattered.shattered(config, report, stopped)


SHATTERED = Task(name="shattered", title="the slope of a network along a line", config=ShatteredConfig, run=_run)
