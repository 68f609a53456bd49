"""What is on the bench: the experiment of the view, its choices, its jobs, and which of them are lacking."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resnet_explorer.experiments import EXPERIMENTS, Choices, Experiment
from resnet_explorer.tasks.task import key
from resnet_explorer.ui.parts import present
from resnet_explorer.ui.parts.bench import Jobs
from resnet_explorer.ui.view import link
from resnet_explorer.ui.view.views import LaboratoryView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.jobs.snapshot import Snapshot


CUT_OFF = {"stopped", "failed"}


@dataclass(frozen=True, kw_only=True)
class Bench(Jobs):
    """An experiment with its choices."""

    experiment: Experiment
    choices: Choices


def bench() -> Bench | None:
    """What the view asks for; None where no experiment is chosen: before a room that is the first."""
    name = link.choices(LaboratoryView).experiment or (EXPERIMENTS.names[0] if present.on() else "")
    if not name:
        return None
    return _bench(name, link.choices(EXPERIMENTS[name].choices))


@functools.lru_cache(maxsize=128)
def _bench(name: str, choices: Choices) -> Bench:
    """Kept, since the names of sixty jobs take longer than all the rest of a page."""
    experiment = EXPERIMENTS[name]
    jobs = experiment.jobs(choices)
    keys = tuple(key(job.config) for job in jobs)
    return Bench(name=name, jobs=jobs, keys=keys, recorded=(name,), experiment=experiment, choices=choices)


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
