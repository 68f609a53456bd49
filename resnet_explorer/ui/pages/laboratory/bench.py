"""What is on the bench: the experiment of the view, its choices, its jobs, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resnet_explorer.experiments import EXPERIMENTS, Choices, Experiment, Job, Run
from resnet_explorer.jobs.job import UNBEGUN, together
from resnet_explorer.tasks.task import key
from resnet_explorer.ui.view import link
from resnet_explorer.ui.view.views import LaboratoryView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.jobs.snapshot import Snapshot


CUT_OFF = {"stopped", "failed"}


@dataclass(frozen=True)
class Bench:
    """An experiment with its choices."""

    experiment: Experiment
    choices: Choices
    jobs: tuple[Job, ...]
    keys: tuple[str, ...]

    @property
    def run(self) -> str:
        """One name for all its jobs, for the link."""
        return together(self.keys)


@dataclass(frozen=True)
class Seen:
    """The runs as far as they are; equal where nothing has come since, so that what is made of them can be kept.

    `unbegun` counts the jobs that were stopped before they began.
    """

    name: str
    stamp: tuple[tuple[str, int, str], ...]
    runs: tuple[Run, ...] = field(compare=False)
    finished: bool = field(compare=False)
    messages: tuple[str, ...] = field(compare=False)
    unbegun: int = field(default=0, compare=False)


def bench() -> Bench | None:
    """What the view asks for; None where no experiment is chosen."""
    name = link.choices(LaboratoryView).experiment
    if not name:
        return None
    experiment = EXPERIMENTS[name]
    choices = link.choices(experiment.choices)
    jobs = experiment.jobs(choices)
    return Bench(experiment, choices, jobs, tuple(key(job.config) for job in jobs))


def lacking(it: Bench, now: Sequence[Snapshot]) -> list[str]:
    """The keys of the jobs that a run of this experiment still lacks; none where there is one to show.

    Experiments share jobs, so some may be there though this one was never run. A job that was cut off is part of a run
    where this link began it; where another experiment did, it is lacking.
    """
    known = {each.key: each for each in now}
    missing = [name for name in it.keys if name not in known]
    if not missing and link.choices(LaboratoryView).run == it.run:
        return []
    return [name for name in it.keys if name not in known or known[name].state in CUT_OFF]


def seen(it: Bench, now: Sequence[Snapshot]) -> Seen:
    """The jobs as runs; one that the service does not know is a run that has not begun."""
    known = {each.key: each for each in now}
    found = [(job, known.get(name)) for job, name in zip(it.jobs, it.keys, strict=True)]
    return Seen(
        name=it.experiment.name,
        stamp=tuple((s.key, len(s.records), s.state) if s else ("", 0, "") for _, s in found),
        runs=tuple(Run(job=job, records=s.records, result=s.result) if s else Run(job=job) for job, s in found),
        finished=all(s is not None and s.finished for _, s in found),
        messages=tuple(f"{job.name}: {s.message}" for job, s in found if s and s.state == "failed"),
        unbegun=sum(s is not None and (s.state, s.message) == ("stopped", UNBEGUN) for _, s in found),
    )
