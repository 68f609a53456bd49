"""Where the shown runs were made: recorded ones with the command that repeats them, those of now with this machine."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import jobs as service
from resnet_explorer.analysis.conventions import noun
from resnet_explorer.experiments import RECORDED
from resnet_explorer.experiments.recorded import recorded
from resnet_explorer.jobs.engine import SCHEDULER
from resnet_explorer.tasks import made
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.bench import RunProgress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.experiments import Trial
    from resnet_explorer.experiments.recorded import Recorded
    from resnet_explorer.jobs.snapshot import Snapshot
    from resnet_explorer.tasks.task import Config
    from resnet_explorer.ui.parts.bench import Jobs


def kept(it: Jobs) -> Recorded | None:
    """The recorded runs of exactly these jobs, if there are any."""
    same = (RECORDED[name] for name in it.recorded if _standard(name) == it.jobs)
    return next(filter(None, map(recorded, same)), None)


@functools.cache
def _standard(name: str) -> tuple[Trial, ...]:
    return RECORDED[name].standard()


def progress(it: Jobs, runs: Recorded) -> RunProgress:
    """Recorded runs, as if they had just ended."""
    stamp = tuple((key, len(run.records), runs.date) for key, run in zip(it.keys, runs.runs, strict=True))
    return RunProgress(it.name, stamp, runs.runs, finished=True, messages=(), ended=(True,) * len(stamp))


def label(runs: Recorded, *, hidden: bool = False) -> None:
    """What is shown, and how to get it again."""
    seeds = sorted({run.job.seed for run in runs.runs})
    what = "A recorded run waits behind the question" if hidden else "**This is a recorded run**"
    threads = "one thread" if runs.threads == 1 else f"{runs.threads} threads"
    st.caption(
        f"{what}: made by {_code(runs)} on {runs.date}, {runs.processor}, {threads}, PyTorch {runs.torch}, "
        f"Python {runs.python}, {noun(len(seeds), 'seed')} {', '.join(map(str, seeds))}. "
        f"{parts.by_hand('Press Run to measure it here and now.')} "
        f"`python -m resnet_explorer rerun {runs.name}` repeats it."
    )


def _code(runs: Recorded) -> str:
    """The code that made them, and whether it is the present one."""
    return _state(runs.version, runs.code) if runs.code else "an earlier version of this code"


def _state(version: str, state: str) -> str:
    which = "this code" if state == made.here().code else "another state of this code"
    return f"{which} (version {version}, `{state}`)"


def here(configs: Iterable[Config], known: Iterable[Snapshot] = ()) -> None:
    """Where runs of now are measured: on this machine, unless a cluster takes them; and of kept ones, by what."""
    known_by = {each.made for each in known if each.made}
    others = known_by - service.engine().makers
    for version, state, torch, processor in sorted(others):
        by = f"made by {_state(version, state)} with PyTorch {torch} on {processor}"
        st.caption(f"**A kept run**, {by}. {parts.by_hand('Press Run to measure it anew.')}")
    if others:
        return
    if os.environ.get(SCHEDULER):
        st.caption(
            "**Measured now**, by the workers of the cluster that this app sends its runs to." + _unlike(known_by)
        )
        return
    gpus = "".join(f", {name.upper()}" for name in sorted({each.device for each in configs} - {"cpu"}))
    st.caption(f"**Measured here**, on this machine, with {_machine()}{gpus}.")


def _unlike(known: set[made.Made]) -> str:
    """Which of the workers made it, where they are not all alike."""
    if len(service.engine().makers) == 1:
        return ""
    by = " and ".join(f"one with PyTorch {each.torch} on {each.processor}" for each in sorted(known))
    return f" They are not all alike; this was made by {by}." if by else " They are not all alike."


def _machine() -> str:
    """Processor, threads of each net and torch."""
    now = made.here()
    return f"{now.processor}, one thread for each net, PyTorch {now.torch}"
