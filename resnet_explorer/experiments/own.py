"""Train a network on any data set, and test what it learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import OwnConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import OwnTraining


def _run(config: OwnConfig, report: Report, stopped: Stopped) -> OwnTraining:
    from resnet_explorer.experiments.probes import own  # noqa: PLC0415 - imports torch

    return own.own(config, report, stopped)


OWN = Task(name="own", title="train on any data set", config=OwnConfig, run=_run)
