"""The time that two nets take on a worker, in turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.tasks.records import NetsConfig
from resnet_explorer.tasks.task import Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Timing
    from resnet_explorer.tasks.task import Report, Stopped


def _run(config: NetsConfig, report: Report, stopped: Stopped) -> Timing:
    from resnet_explorer.tasks.time_nets import run as latency  # noqa: PLC0415 - imports torch

    return latency.time_nets(config, report, stopped)


TIME_NETS = Task(name="time_nets", title="time two nets", config=NetsConfig, run=_run)
