"""Train a network on the digits and watch its gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import TrainConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import Training


def _run(config: TrainConfig, report: Report, stopped: Stopped) -> Training:
    from resnet_explorer.experiments.probes import training  # noqa: PLC0415 - imports torch

    return training.train(config, report, stopped)


TRAIN = Task(name="train", title="train on the digits", config=TrainConfig, run=_run)
