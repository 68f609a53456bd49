"""What an experiment found: charts, the reading, the norms on the layer axis, and the numbers to take away."""

from __future__ import annotations

import functools
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import streamlit as st

from resnet_explorer.experiments import EXPERIMENTS, columns
from resnet_explorer.experiments.report import report
from resnet_explorer.experiments.sketch import compared
from resnet_explorer.figures.plot import Plot
from resnet_explorer.figures.still import Still
from resnet_explorer.tasks.plain import config_to_plain
from resnet_explorer.terminal import to_json
from resnet_explorer.ui.pages.laboratory import ask, charts, follow, layers, start
from resnet_explorer.ui.pages.laboratory.bench import lacking
from resnet_explorer.ui.pages.laboratory.guess import ROOM, blank, drawn, titled
from resnet_explorer.ui.parts import archive, cells, files, findings, live
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.bench import progress
from resnet_explorer.ui.view import hide, link
from resnet_explorer.ui.view.views import LaboratoryView

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import plotly.graph_objects as go

    from resnet_explorer.experiments import Experiment
    from resnet_explorer.experiments.sketch import Guess
    from resnet_explorer.jobs.snapshot import Snapshot
    from resnet_explorer.ui.pages.laboratory.bench import Bench
    from resnet_explorer.ui.parts.bench import RunProgress

BEFORE = "lab.before"
"""What was shown last."""


def answer(it: Bench, guess: int) -> None:
    """In the place of the guess, what was measured: the first chart, and what it says of the guess."""
    if hide.hides("answer"):
        return
    if _live(it):
        follow.follow(it)
    elif not _watch(it, lambda now: _answered(it, guess, now)):
        _before(it)


def rest(it: Bench, guess: int) -> None:
    """Below it the reading, the other charts, and the numbers; before a guess no more than how far the jobs are."""
    if guess < 0:
        _watch(it, start.progress)
    elif not hide.hides("answer") and not _live(it):
        _watch(it, lambda now: _more(it, now))


def where(it: Bench) -> None:
    """Where the runs are from that are shown."""
    known = live.snapshots(it.keys)
    if not lacking(it, known):
        archive.here((job.config for job in it.jobs), known)
    elif (kept := archive.kept(it)) is not None:
        archive.label(kept, hidden=link.choices(LaboratoryView).guess == 0)


def missing(it: Bench) -> None:
    """That the run which the link names is not there, where it is not."""
    if not lacking(it, live.snapshots(it.keys)):
        return
    findings.missing(it, link.choices(LaboratoryView).run, "lab_run")


def _live(it: Bench) -> bool:
    """Whether its nets are at work, and can be followed."""
    return any(not each.finished for each in _known(it)) and follow.can(it)


def _known(it: Bench) -> list[Snapshot]:
    """Its jobs, as far as they are; none where some are lacking."""
    known = live.snapshots(it.keys)
    return [] if lacking(it, known) else known


def _watch(it: Bench, draw: Callable[[RunProgress], None]) -> bool:
    """The runs, as far as they are, or the recorded ones of the same choices; whether there are any."""
    if _known(it):
        live.watch(it.keys, lambda now: draw(progress(it, now)))
        return True
    if (kept := archive.kept(it)) is not None:
        draw(archive.progress(it, kept))
    return kept is not None


def _before(it: Bench) -> None:
    """Where nothing is measured with these choices: its axes, and on them what was with those before, pale."""
    sketch, last = it.experiment.sketch and it.experiment.sketch(it.jobs), st.session_state.get(BEFORE)
    made = _framed(last, dark=parts.dark(), guess=()) if sketch and last and last.name == it.name else None
    words, room = st.columns(ROOM)
    with words:
        parts.meaning(f"Nothing is measured with these choices yet.{' Pale: with the choices before.' if made else ''}")
    with room:
        parts.section(titled(it.experiment))
        if made:
            key, figure, alt = "lab.before", made[0], f"With the choices before: {made[1]}"
        else:
            key, figure, alt = "lab.blank", *blank(it, sketch)
        parts.chart(figure, key=key, alt=alt, main=it.experiment.question.text)


def _answered(it: Bench, guess: int, now: RunProgress) -> None:
    st.session_state[BEFORE] = now
    sketch = it.experiment.sketch(it.jobs) if it.experiment.sketch else None
    made = _framed(now, dark=parts.dark(), guess=drawn(it.experiment)) if sketch else None
    layered = not sketch and bool(it.experiment.tracks)
    words, figure = st.columns(ROOM) if made or layered else (nullcontext(), None)
    with words:
        start.progress(now)
        measured = ask.judged(it.experiment, guess, now)
        how = (made[2], it.experiment.charts[0].look) if made else ()
        parts.meaning("\n\n".join(filter(None, (measured, *how))))
    if made and figure:
        with figure:
            chart = it.experiment.charts[0]
            parts.section(chart.title)
            parts.chart(made[0], key=f"lab.{chart.name}", alt=made[1], main=it.experiment.question.text)
    if layered and figure:
        with figure:
            layers.lines(now, it.experiment.question.text)


def _more(it: Bench, now: RunProgress) -> None:
    charts.show(it.experiment, now)
    if it.experiment.tracks:
        layers.show(now)
    if now.finished:
        _numbers(it, now)


@functools.lru_cache(maxsize=64)
def _framed(now: RunProgress, *, dark: bool, guess: Guess) -> tuple[go.Figure, str, str] | None:
    """The chart that answers the question, its words, and how far a guess is from it; kept likewise."""
    experiment = EXPERIMENTS[now.name]
    plot = experiment.charts[0].draw(now.runs)
    if plot is None:
        return None
    said, words = "", plot.words()
    if experiment.sketch and isinstance(plot, Plot):
        sketch = experiment.sketch([run.job for run in now.runs])
        said = compared(guess, plot, sketch) if now.finished and sketch.line else ""
        plot = sketch.framed(plot, guess if sketch.line else ())
    return Still(plot.figure(dark=dark)), words, said


@functools.lru_cache(maxsize=64)
def _told(now: RunProgress) -> bool:
    """Whether there is any number; kept likewise."""
    return bool(_rows(now))


@functools.lru_cache(maxsize=4)
def _rows(now: RunProgress) -> list[dict[str, Any]]:
    """The numbers, which a click asks for again; they are many, so that few are kept."""
    return EXPERIMENTS[now.name].rows(now.runs)


def _numbers(it: Bench, now: RunProgress) -> None:
    """Every number, the exact configs, and both as files, when somebody opens them, where there is any number."""
    key = f"lab.{it.experiment.name}.table"
    if _told(now) and not (hide.hides("table") and hide.hides("download")):
        parts.folded("All numbers, configs and files", lambda: _all(it, now, key), key=key)


def _all(it: Bench, now: RunProgress, key: str) -> None:
    cells.explained(
        lambda: pa.Table.from_pandas(_frame(now), preserve_index=False),
        functools.partial(_row, it.experiment, now),
        key=f"{key} {it.run}",
    )
    if not hide.hides("table"):
        st.caption("The exact config of every job:")
        st.dataframe(_configs(it), hide_index=True, height="auto", placeholder=parts.MISSING)
    name = f"{it.experiment.name}-seed{it.choices.seed}"
    with st.container(horizontal=True, gap="small"):
        files.download("All numbers as CSV", lambda: _frame(now), f"{name}.csv")
        files.offered(
            "Everything as JSON", lambda: to_json(report(it.experiment, it.choices, now.runs)), f"{name}.json"
        )


def _row(experiment: Experiment, now: RunProgress, at: int) -> cells.RowWorkings:
    rows, made = _rows(now), experiment.columns
    numbers = {column: (f"`{column}`", columns.explain(made, rows, at, column)) for column in made}
    return cells.RowWorkings(columns.where(made, rows[at]), numbers)


def _frame(now: RunProgress) -> pd.DataFrame:
    return findings.frame(_rows(now))


def _configs(it: Bench) -> list[dict[str, Any]]:
    return [{"name": job.name} | config_to_plain(job.config) for job in it.jobs]
