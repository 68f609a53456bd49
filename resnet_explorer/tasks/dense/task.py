"""How a gradient grows through wide fully connected layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import DenseConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Dense
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: DenseConfig, report: Report, stopped: Stopped) -> Dense:
    from resnet_explorer.tasks.dense import run as dense  # noqa: PLC0415 - imports torch

    return dense.dense(config, report, stopped)


DENSE = Task(name="dense", title="the gradient through fully connected layers", config=DenseConfig, run=_run)
