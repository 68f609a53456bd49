"""The time that two nets take on a worker, in turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.task import Task
from resnet_explorer.records import NetsConfig

if TYPE_CHECKING:
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import Timing


def _run(config: NetsConfig, report: Report, stopped: Stopped) -> Timing:
    from resnet_explorer.experiments.probes import latency  # noqa: PLC0415 - imports torch

    return latency.time_nets(config, report, stopped)


TIME_NETS = Task(name="time_nets", title="time two nets", config=NetsConfig, run=_run)
