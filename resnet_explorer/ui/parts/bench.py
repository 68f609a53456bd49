"""Jobs that are run together on a page, and how far they are: those of an experiment, or of a race."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resnet_explorer.experiments import Trial, TrialRun
from resnet_explorer.jobs.job import UNBEGUN, together
from resnet_explorer.tasks.task import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.jobs.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True)
class Jobs:
    """Jobs with their keys, of what is called so; `recorded` names what they may be the recorded runs of."""

    name: str
    jobs: tuple[Trial, ...]
    keys: tuple[str, ...]
    recorded: tuple[str, ...]

    @property
    def run(self) -> str:
        """One name for all of them, for the link."""
        return together(self.keys)


def put(name: str, jobs: tuple[Trial, ...], recorded: tuple[str, ...]) -> Jobs:
    """Put jobs on the bench."""
    return Jobs(name=name, jobs=jobs, keys=tuple(key(job.config) for job in jobs), recorded=recorded)


@dataclass(frozen=True)
class RunProgress:
    """The runs as far as they are; equal where nothing has come since, so that what is made of them can be kept.

    `unbegun` counts the jobs that were stopped before they began.
    """

    name: str
    stamp: tuple[tuple[str, int, str], ...]
    runs: tuple[TrialRun, ...] = field(compare=False)
    finished: bool = field(compare=False)
    messages: tuple[str, ...] = field(compare=False)
    unbegun: int = field(default=0, compare=False)
    ended: tuple[bool, ...] = field(default=(), compare=False)


def progress(it: Jobs, now: Sequence[Snapshot]) -> RunProgress:
    """The jobs as runs; one that the service does not know is a run that has not begun."""
    known = {each.key: each for each in now}
    found = [(job, known.get(key)) for job, key in zip(it.jobs, it.keys, strict=True)]
    return RunProgress(
        name=it.name,
        stamp=tuple((key, len(s.records), s.state) if (s := known.get(key)) else (key, 0, "") for key in it.keys),
        runs=tuple(
            TrialRun(job=job, records=s.records, result=s.result) if s else TrialRun(job=job) for job, s in found
        ),
        finished=all(s is not None and s.finished for _, s in found),
        messages=tuple(f"{job.name}: {s.message}" for job, s in found if s and s.state == "failed"),
        unbegun=sum(s is not None and (s.state, s.message) == ("stopped", UNBEGUN) for _, s in found),
        ended=tuple(s is None or s.finished for _, s in found),
    )
