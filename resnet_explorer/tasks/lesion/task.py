"""Blocks deleted from a network that was just trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import LesionConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Lesion
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: LesionConfig, report: Report, stopped: Stopped) -> Lesion:
    from resnet_explorer.tasks.lesion import run as lesion  # noqa: PLC0415 - imports torch

    return lesion.lesion(config, report, stopped)


LESION = Task(name="lesion", title="train, then delete blocks", config=LesionConfig, run=_run)
