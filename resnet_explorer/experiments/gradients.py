"""Gradient norms at initialisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import GradientsConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import Gradients


def _run(config: GradientsConfig, report: Report, stopped: Stopped) -> Gradients:
    from resnet_explorer.experiments.probes import initial  # noqa: PLC0415 - imports torch

    return initial.gradients(config, report, stopped)


GRADIENTS = Task(name="gradients", title="gradients at initialisation", config=GradientsConfig, run=_run)
