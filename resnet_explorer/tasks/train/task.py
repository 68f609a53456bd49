"""Train a network on the digits and watch its gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import TrainConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Training
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: TrainConfig, report: Report, stopped: Stopped) -> Training:
    from resnet_explorer.tasks.train import run as training  # noqa: PLC0415 - imports torch

    return training.train(config, report, stopped)


TRAIN = Task(name="train", title="train on the digits", config=TrainConfig, run=_run)
