"""Run and stop, and how far the jobs are."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import jobs as service
from resnet_explorer.analysis.conventions import plural
from resnet_explorer.errors import ExplorerError
from resnet_explorer.experiments.words import made
from resnet_explorer.jobs.admission import admit
from resnet_explorer.ui.pages.laboratory.bench import lacking
from resnet_explorer.ui.parts import live, recent
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import hide, link
from resnet_explorer.ui.view.labels import worded
from resnet_explorer.ui.view.views import LaboratoryView

if TYPE_CHECKING:
    from resnet_explorer.experiments import TrialRun
    from resnet_explorer.jobs.admission import Limits
    from resnet_explorer.tasks.speed import Calibration
    from resnet_explorer.tasks.task import Config
    from resnet_explorer.ui.pages.laboratory.bench import Bench
    from resnet_explorer.ui.parts.bench import RunProgress


def buttons(it: Bench, guess: int) -> None:
    """Run and stop, with what a run will take; and back to the question."""
    words, refused = hint(it)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        keys = lacking(it, live.snapshots(it.keys)) or it.keys
        live.run_and_stop(keys, lambda: run(it), {"done", "diverged"}, words, refused=refused)
        if guess >= 0 and not hide.hides("guess"):
            st.button("Guess again", icon=":material/undo:", on_click=_again)


def hint(it: Bench) -> tuple[str, bool]:
    """What a run will take, or why it cannot be, and whether it cannot."""
    engine = service.engine()
    return _hint(tuple(job.config for job in it.jobs), engine.limits, engine.speed)


@functools.lru_cache(maxsize=64)
def _hint(configs: tuple[Config, ...], limits: Limits, speed: Calibration) -> tuple[str, bool]:
    """The same; kept, since a page asks for it each time it runs."""
    try:
        seconds = sum(admit(config, limits, speed).seconds for config in configs)
    except ExplorerError as error:
        return worded(error), True
    jobs = plural(len(configs), "job")
    return parts.by_hand(f"{jobs}, about {max(1, round(seconds))} s of one core; one net on each core."), False


def _again() -> None:
    link.choose(LaboratoryView, guess=0)


def run(it: Bench) -> None:
    """Measure it here and now. For callbacks."""
    if live.submitted(*(job.config for job in it.jobs)):
        link.choose(LaboratoryView, run=it.run, step=0)
        seeds = sorted({job.seed for job in it.jobs})
        recent.note("laboratory", it.run, it.keys, f"{it.experiment.title}, seed {', '.join(map(str, seeds))}")


def progress(now: RunProgress) -> None:
    """One bar for all jobs, while they run."""
    for message in now.messages:
        st.error(message, icon=":material/error:")
    if now.finished:
        _cut_off(now)
        return
    done = [_share(run, state) for run, (_, _, state) in zip(now.runs, now.stamp, strict=True)]
    at_work = [run.job.name for run, (_, _, state) in zip(now.runs, now.stamp, strict=True) if state == "running"]
    engine = service.engine().state
    what = f"running: {', '.join(at_work)}" if at_work else "waiting for a worker"
    if engine.name != "ready":
        what = engine.message
    st.progress(sum(done) / len(done), f"{sum(each == 1 for each in done)} of {len(done)} done; {what}")


def _cut_off(now: RunProgress) -> None:
    """That a run was stopped, how much of it had begun, and what to do about it."""
    names = [run.job.name for run, (_, _, state) in zip(now.runs, now.stamp, strict=True) if state == "stopped"]
    if names:
        what = f"{len(names)} of {len(now.runs)} jobs" if len(names) > 1 else names[0]
        if now.unbegun:
            some = f"{now.unbegun} of them " if len(names) > 1 else ""
            what += f", {some}before {'it' if now.unbegun == 1 else 'they'} began"
        st.info(
            f"Stopped before the end: {what}. What had been measured by then is all there is; press Run again to "
            "measure it from the start.",
            icon=":material/stop_circle:",
        )


def _share(run: TrialRun, state: str) -> float:
    """How much of a job is done, by its steps."""
    if state in {"done", "diverged", "stopped", "failed"}:
        return 1.0
    steps = getattr(run.job.config, "steps", 0)
    done = made(run) or len(run.records)
    return min(0.99, done / steps) if steps else 0.0
