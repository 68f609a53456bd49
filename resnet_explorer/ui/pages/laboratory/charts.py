"""What was found, and the charts below the answer: those of a kind abreast, what few look at under its label."""

from __future__ import annotations

import functools
import itertools
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer.ui.parts import findings
from resnet_explorer.ui.parts import text as parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    import plotly.graph_objects as go

    from resnet_explorer.experiments import Chart, Experiment
    from resnet_explorer.ui.parts.bench import RunProgress

Made = tuple["go.Figure", str]


def show(experiment: Experiment, now: RunProgress) -> None:
    """What the numbers show, and all but the first chart, which answers the question."""
    with parts.together() as end:
        parts.said(findings.reading(now))
        for label, charts in _labelled(experiment.charts[1:]):
            if not label:
                _charts(now, charts, end)
            elif any(findings.chart(now, chart.name, dark=parts.dark()) for chart in charts):
                end()
                parts.folded(label, functools.partial(_charts, now, charts, end), key=f"lab.{experiment.name}.charts")


def _labelled(charts: Sequence[Chart]) -> Iterator[tuple[str, list[Chart]]]:
    """The charts in order, those together that stand in sight, or are folded under one label."""
    return ((label, list(some)) for label, some in itertools.groupby(charts, key=lambda chart: chart.folded))


def _charts(now: RunProgress, charts: Sequence[Chart], end: Callable[[], None]) -> None:
    """Charts; the texts before one of them `end` there."""
    made = [(chart, one) for chart in charts if (one := findings.chart(now, chart.name, dark=parts.dark()))]
    stands = ""
    for row in _in_rows(made):
        stands = _row(row, stands, end)


def _in_rows(charts: Sequence[tuple[Chart, Made]]) -> list[list[tuple[Chart, Made]]]:
    """The charts in order, as many of a kind in a row as stand abreast."""
    rows: list[list[tuple[Chart, Made]]] = []
    for each in charts:
        wide = each[0].abreast
        if rows and rows[-1][0][0].abreast == wide and len(rows[-1]) < wide:
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows


def _row(row: Sequence[tuple[Chart, Made]], stands: str, end: Callable[[], None]) -> str:
    """Charts abreast; gives the look that they share, which is not told where it `stands` already."""
    shared = row[0][0].look if len({chart.look for chart, _ in row}) == 1 < len(row) else ""
    columns: Sequence[AbstractContextManager[Any]] = [nullcontext()]
    if len(row) > 1:
        parts.said("" if shared == stands else shared)
        end()
        columns = st.columns(len(row))
    for column, (chart, (figure, words)) in zip(columns, row, strict=True):
        with column:
            parts.section(chart.title, "" if shared else chart.look)
            end()
            parts.chart(figure, key=f"lab.{chart.name}", alt=words)
    return shared
