"""Lengths of paths: the gradient told by them, and the charts that show it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.experiments.deleted import DEEP, done
from resnet_explorer.experiments.experiment import Chart, TrialRun
from resnet_explorer.experiments.sketch import Sketch
from resnet_explorer.experiments.words import spread
from resnet_explorer.figures.plot import Line, Plot, Rule
from resnet_explorer.figures.scale import Axis

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resnet_explorer.tasks.lesion import Lengths, Through

    Value = Callable[[Through, float], float]

WHEN = {"at the start": 0.3, "trained": 1.0}
"""Before the first step and after the last, and how heavy the lines are."""
OF_PATHS = "%{customdata[0]:,} ÷ %{customdata[1]:,} = %{y:.3g}"
OF_WHOLE = "%{customdata[0]:.3g} ÷ %{customdata[1]:.3g} = %{y:.3g}"
"""A length's part: of the number of paths; of the size of the whole gradient."""
ROOM = 0.05
"""Of an axis, what is left free at each end."""


BLANK = Sketch(
    x=Axis("branches on the path", ends=(0.0, 27.0), ticks=(0, 5, 10, 15, 20, 25)),
    y=Axis("share", ends=(-0.1, 0.5), ticks=(-0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5)),
    line="trained",
    residual=True,
    rules=(Rule(0.0, "zero"),),
)


def gradient(run: TrialRun, when: str) -> Lengths:
    """A net's gradient by lengths, then."""
    found: Lengths = run.result.at_start if when == "at the start" else run.result.at_end
    return found


def ratio(one: float, other: float) -> float:
    """One by the other; no number (NaN) where that is 0."""
    return one / other if other else math.nan


def _deep(runs: Sequence[TrialRun]) -> list[TrialRun]:
    return [run for run in done(runs) if run.job.name == DEEP]


def _shares(runs: Sequence[TrialRun]) -> Plot | None:
    deep = _deep(runs)
    if not deep:
        return None
    through = gradient(deep[0], "trained").through
    counts = tuple(each.paths for each in through)
    every = Line(
        name="all paths",
        x=tuple(float(each.branches) for each in through),
        y=tuple(count / sum(counts) for count in counts),
        residual=None,
        working=OF_PATHS,
        parts=(counts, (sum(counts),) * len(counts)),
    )
    return _plot(deep, "share", (every, *_lines(deep, _share)))


def _sizes(runs: Sequence[TrialRun]) -> Plot | None:
    deep = _deep(runs)
    return _plot(deep, "size, by that of the whole", _lines(deep, _size)) if deep else None


def _share(each: Through, _: float) -> float:
    return each.share


def _size(each: Through, whole: float) -> float:
    return ratio(each.norm, whole)


def _plot(deep: Sequence[TrialRun], title: str, lines: tuple[Line, ...]) -> Plot:
    """A chart on the scale that shares and sizes have in common, so that one can be held against the other."""
    both = [line for value in (_share, _size) for line in _lines(deep, value)]
    found = [value for line in (*lines, *both) for value in (*line.y, *line.low, *line.high) if math.isfinite(value)]
    low, high = min(found, default=0.0), max(found, default=1.0)
    room = ROOM * (high - low) or 1.0
    y, how = Axis(title, ends=(low - room, high + room)), "of all paths, or of the whole gradient"
    return Plot(lines=lines, x=Axis("branches on the path"), y=y, rules=(Rule(0.0, "zero"),), how=how)


def _lines(runs: Sequence[TrialRun], value: Value) -> tuple[Line, ...]:
    return tuple(_line(runs, when, value) for when in WHEN)


def _line(runs: Sequence[TrialRun], when: str, value: Value) -> Line:
    """A value of each length: the mean over the seeds, with the band between them."""
    each = [gradient(run, when) for run in runs]
    columns = [
        spread([value(found.through[place], found.whole) for found in each]) for place in range(len(each[0].through))
    ]
    y, whole, several = tuple(column.mean for column in columns), each[0].whole, len(each) > 1
    return Line(
        name=f"{when} ({'thick' if WHEN[when] == 1 else 'thin'})",
        x=tuple(float(place) for place in range(len(columns))),
        y=y,
        residual=True,
        weight=WHEN[when],
        marked=True,
        low=tuple(column.low for column in columns) if several else (),
        high=tuple(column.high for column in columns) if several else (),
        working="" if several else OF_WHOLE,
        parts=() if several else (tuple(value * whole for value in y), (whole,) * len(y)),
    )


def charts() -> tuple[Chart, ...]:
    """The shares of all lengths, and the sizes of their parts."""
    return (
        Chart(
            name="lengths",
            title="Paths and gradient",
            look="How far left do the solid lines lie, and did training move them? Shares are 1 in all; one below zero "
            "pulls against the rest.",
            draw=_shares,
        ),
        Chart(
            name="sizes",
            title="Before they are added up",
            look="The size of each length's part, on the same scale. What it has beyond its share, other parts cancel.",
            draw=_sizes,
        ),
    )
