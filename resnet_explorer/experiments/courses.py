"""Courses of training: a line over the steps for each net of a race."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.experiments.words import named, spread
from resnet_explorer.figures.plot import Line
from resnet_explorer.tasks.train import TAIL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resnet_explorer.experiments.experiment import TrialRun

MOST = 6
"""Where there are more lines, those between the lightest and the heaviest of a kind stand behind."""


class Working(NamedTuple):
    """The formula of a value in hover, and its terms for each step of a run, a column each."""

    text: str
    parts: Callable[[TrialRun], tuple[tuple[float, ...], ...]]


def running_mean(values: Sequence[float]) -> tuple[float, ...]:
    """Each value's mean with those before it, as many as count at the end."""
    return tuple(
        sum(values[max(0, i + 1 - TAIL) : i + 1]) / len(values[max(0, i + 1 - TAIL) : i + 1])
        for i in range(len(values))
    )


def over_steps(
    runs: Sequence[TrialRun], read: Callable[[TrialRun], Sequence[float]], working: Working | None = None
) -> tuple[Line, ...]:
    """A line for each name: the mean over its seeds as far as all have come, with the band between them.

    `working` is that of the values of a single run.
    """
    lines = []
    for name, group in named(runs).items():
        begun = [run for run in group if run.steps]
        if not begun:
            continue
        series = [read(run) for run in begun]
        length = min(map(len, series))
        columns = [spread([each[i] for each in series]) for i in range(length)]
        several = len(series) > 1
        lines.append(
            Line(
                name=name,
                x=tuple(float(step.step + 1) for step in begun[0].steps[:length]),
                y=tuple(each.mean for each in columns),
                residual=group[0].job.residual,
                weight=group[0].job.weight,
                low=tuple(each.low for each in columns) if several else (),
                high=tuple(each.high for each in columns) if several else (),
                working=working.text if working and not several else "",
                parts=working.parts(begun[0]) if working and not several else (),
            )
        )
    return _outermost(lines)


def _outermost(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, of many those that are neither the lightest nor the heaviest of their kind behind the others."""
    if len(lines) <= MOST:
        return tuple(lines)
    ends = {}
    for kind in {line.residual for line in lines}:
        weights = [line.weight for line in lines if line.residual is kind]
        ends[kind] = {min(weights), max(weights)}
    made = [dataclasses.replace(line, faint=line.weight not in ends[line.residual]) for line in lines]
    return tuple(sorted(made, key=lambda line: not line.faint))
