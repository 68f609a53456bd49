"""Blocks deleted from a network that was just trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import LesionConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import Lesion


def _run(config: LesionConfig, report: Report, stopped: Stopped) -> Lesion:
    from resnet_explorer.experiments.probes import lesion  # noqa: PLC0415 - imports torch

    return lesion.lesion(config, report, stopped)


LESION = Task(name="lesion", title="train, then delete blocks", config=LesionConfig, run=_run)
