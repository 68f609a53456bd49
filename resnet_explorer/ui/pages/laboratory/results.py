"""What an experiment found: charts, the reading, the norms on the layer axis, and the numbers to take away."""

from __future__ import annotations

import functools
import math
import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import streamlit as st

from resnet_explorer.experiments import EXPERIMENTS, columns, workings
from resnet_explorer.experiments.report import report
from resnet_explorer.figures.still import Still
from resnet_explorer.tasks.plain import config_to_plain
from resnet_explorer.terminal import to_json
from resnet_explorer.ui.pages.laboratory import archive, ask, follow, layers, start
from resnet_explorer.ui.pages.laboratory.bench import lacking, seen
from resnet_explorer.ui.parts import cells, live
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import hide, link
from resnet_explorer.ui.view.views import LaboratoryView

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from resnet_explorer.experiments import Chart, Experiment
    from resnet_explorer.jobs.snapshot import Snapshot
    from resnet_explorer.ui.pages.laboratory.bench import Bench, Seen

Made = tuple["Chart", tuple["go.Figure", str]]
_HELD = re.compile("(?<=×) | (?=%)")
"""Spaces at which no line ends."""


def watch(it: Bench, guess: int) -> None:
    """The runs, as far as they are; where there are none yet, the recorded ones of the same choices."""
    known = live.snapshots(it.keys)
    if not lacking(it, known):
        archive.here((job.config for job in it.jobs), known)
        if guess >= 0 and follow.can(it) and any(not each.finished for each in known):
            follow.follow(it)
        else:
            live.watch(it.keys, lambda now: _running(it, guess, now))
        return
    if link.choices(LaboratoryView).run == it.run:
        st.info(live.GONE, icon=":material/history:")
    elif link.arrived("lab_run"):
        st.info(live.ELSE, icon=":material/history:")
    kept = archive.kept(it)
    if kept is not None:
        archive.label(kept, hidden=guess < 0)
        _draw(it, guess, archive.seen(it, kept))


def _running(it: Bench, guess: int, snapshots: list[Snapshot]) -> None:
    now = seen(it, snapshots)
    start.progress(now)
    _draw(it, guess, now)


def _draw(it: Bench, guess: int, now: Seen) -> None:
    if hide.hides("answer"):
        return
    if guess < 0:
        st.info("Choose an answer above, and the curves are shown.", icon=":material/help:")
        return
    ask.judged(it.experiment, guess, now)
    charts = [(chart, made) for chart in it.experiment.charts if (made := _made(now, chart.name, dark=parts.dark()))]
    rows = _in_rows(charts)
    for count, row in enumerate(rows, 1):
        for column, (chart, made) in zip(st.columns(len(row)), row, strict=False):
            with column:
                _shown(chart, *made)
        if count == min(it.experiment.read_after, len(rows)):
            parts.meaning(_read(now))
    if it.experiment.tracks:
        layers.show(now)
    if not charts:
        parts.meaning(_read(now))
    if now.finished:
        _numbers(it, now)


def _in_rows(charts: Sequence[Made]) -> list[list[Made]]:
    """The charts in order, as many of a kind in a row as stand abreast."""
    rows: list[list[Made]] = []
    for each in charts:
        wide = each[0].abreast
        if rows and rows[-1][0][0].abreast == wide and len(rows[-1]) < wide:
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows


def _shown(chart: Chart, figure: go.Figure, words: str) -> None:
    parts.section(chart.title, chart.look)
    parts.chart(figure, key=f"lab.{chart.name}", alt=words)


@functools.lru_cache(maxsize=64)
def _made(now: Seen, name: str, *, dark: bool) -> tuple[Still, str] | None:
    """A chart and its words; kept, since a page asks for them on every run."""
    chart = next(each for each in EXPERIMENTS[now.name].charts if each.name == name)
    drawn = chart.draw(now.runs)
    return (Still(drawn.figure(dark=dark)), drawn.words()) if drawn else None


@functools.lru_cache(maxsize=64)
def _read(now: Seen) -> str:
    return workings.shown(_HELD.sub("\u00a0", EXPERIMENTS[now.name].read(now.runs)), parts.inline)


@functools.lru_cache(maxsize=64)
def _told(now: Seen) -> bool:
    """Whether there is any number; kept likewise."""
    return bool(_rows(now))


@functools.lru_cache(maxsize=4)
def _rows(now: Seen) -> list[dict[str, Any]]:
    """The numbers, which a click asks for again; they are many, so that few are kept."""
    return EXPERIMENTS[now.name].rows(now.runs)


def _numbers(it: Bench, now: Seen) -> None:
    """Every number, the exact configs, and both as files, where there is any number."""
    if not _told(now):
        return
    name = f"{it.experiment.name}-seed{it.choices.seed}"
    cells.behind(
        "The numbers of this experiment",
        lambda: pa.Table.from_pandas(_frame(now), preserve_index=False),
        functools.partial(_explained, it.experiment, now),
        key=f"lab.{it.experiment.name}.table",
        of=it.run,
    )
    parts.behind("The exact config of every job", lambda: _configs(it), key=f"lab.{it.experiment.name}.configs")
    with st.container(horizontal=True, gap="small"):
        parts.download("All numbers as CSV", lambda: _frame(now), f"{name}.csv")
        st.download_button(
            "Everything as JSON",
            data=lambda: to_json(report(it.experiment, it.choices, now.runs)),
            file_name=f"{name}.json",
            mime="application/json",
            on_click="ignore",
            icon=":material/download:",
        )


def _explained(experiment: Experiment, now: Seen, row: int, column: str) -> str:
    """What a number of that table is of, and how it is made."""
    rows = _rows(now)
    made = columns.explain(experiment.columns, rows, row, column)
    return made and cells.working(columns.where(experiment.columns, rows[row]), f"`{column}`", made)


def _frame(now: Seen) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - heavy, and only tables need it

    frame = pd.DataFrame(_rows(now))
    return frame.mask(frame.isin([math.inf, -math.inf]))


def _configs(it: Bench) -> list[dict[str, Any]]:
    return [{"name": job.name} | config_to_plain(job.config) for job in it.jobs]
