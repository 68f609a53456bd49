"""How a gradient grows through wide fully connected layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import DenseConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import Dense


def _run(config: DenseConfig, report: Report, stopped: Stopped) -> Dense:
    from resnet_explorer.experiments.probes import dense  # noqa: PLC0415 - imports torch

    return dense.dense(config, report, stopped)


DENSE = Task(name="dense", title="the gradient through fully connected layers", config=DenseConfig, run=_run)
