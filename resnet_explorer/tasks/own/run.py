"""A training on any data set, and how much of the held-out pictures the trained network names rightly."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

import torch

from resnet_explorer.datasets import find
from resnet_explorer.model.device import explained
from resnet_explorer.tasks.data import tested
from resnet_explorer.tasks.own import OwnTraining
from resnet_explorer.tasks.setting import setting
from resnet_explorer.tasks.train import run as training

if TYPE_CHECKING:
    from resnet_explorer.tasks.own import OwnConfig
    from resnet_explorer.tasks.setting import Setting
    from resnet_explorer.tasks.task import Report, Stopped
    from resnet_explorer.tasks.train import Step

MOST_RECORDS = 1000
"""Steps that a run reports at most, evenly spread, the first and the last among them."""


def own(config: OwnConfig, report: Report, stopped: Stopped) -> OwnTraining:
    """Train, then test on the held-out pictures, if the data set has any.

    Raises:
        ExplorerError: the device or the data set is not there, its files are broken, or the memory does not suffice.
    """
    facts = find(config.data).facts()
    with explained(config.device):
        start = setting(config)
        trained = training.fit(start, config, thinned(report, config.steps), stopped)
        right = _right(start, config, stopped) if trained.status == "done" and facts.test else None
    return OwnTraining(
        **{field.name: getattr(trained, field.name) for field in dataclasses.fields(trained)},
        accuracy=None if right is None else right / facts.test,
        tested=0 if right is None else facts.test,
        stamp=facts.stamp,
    )


def thinned(report: Report, steps: int) -> Report:
    """A report that hands on evenly spread steps, the last, and one that is not finite."""
    every = math.ceil(steps / MOST_RECORDS)

    def some(step: Step) -> None:
        if step.step % every == 0 or step.step == steps - 1 or not math.isfinite(step.loss):
            report(step)

    return some


def _right(start: Setting, config: OwnConfig, stopped: Stopped) -> int | None:
    """How many of the held-out pictures it names rightly; None where it was asked to stop."""
    right = 0
    start.module.eval()
    with torch.no_grad():
        for batch in tested(config.net.image, config.batch, start.device, config.data):
            if stopped():
                return None
            right += int((start.outputs(batch).argmax(1) == batch.labels).sum())
    return right
