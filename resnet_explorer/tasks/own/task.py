"""Train a network on any data set, and test what it learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import OwnConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import OwnTraining
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: OwnConfig, report: Report, stopped: Stopped) -> OwnTraining:
    from resnet_explorer.tasks.own import run as own  # noqa: PLC0415 - imports torch

    return own.own(config, report, stopped)


OWN = Task(name="own", title="train on any data set", config=OwnConfig, run=_run)
