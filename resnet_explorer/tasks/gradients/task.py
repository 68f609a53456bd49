"""Gradient norms at initialisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import GradientsConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Gradients
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: GradientsConfig, report: Report, stopped: Stopped) -> Gradients:
    from resnet_explorer.tasks.gradients import run as initial  # noqa: PLC0415 - imports torch

    return initial.gradients(config, report, stopped)


GRADIENTS = Task(name="gradients", title="gradients at initialisation", config=GradientsConfig, run=_run)
