"""Jobs of the laboratory, carried out in this process one after the other."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from resnet_explorer.experiments import TrialRun
from resnet_explorer.tasks import TASKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resnet_explorer.experiments import Trial


def carried_out(jobs: Sequence[Trial], stopped: Callable[[], bool]) -> list[TrialRun]:
    """The jobs as runs, as many as were begun before it was `stopped`."""
    runs: list[TrialRun] = []
    for job in jobs:
        if sys.stderr.isatty():
            print(f"{job.name}, seed {job.seed} ...", file=sys.stderr)  # noqa: T201
        records: list[Any] = []
        result = TASKS[job.config.task].carry_out(job.config, records.append, stopped)
        runs.append(TrialRun(job=job, records=tuple(records), result=result))
        if stopped():
            break
    return runs
