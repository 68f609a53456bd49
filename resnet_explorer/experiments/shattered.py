"""Shattered gradients: the slope of a net of one number, along a line."""

from __future__ import annotations

import dataclasses
import functools
import math
import statistics
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.analysis.sentence import Sentence, say
from resnet_explorer.experiments import nets
from resnet_explorer.experiments.choices import Choices
from resnet_explorer.experiments.experiment import Chart, Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.sketch import Sketch
from resnet_explorer.experiments.words import points
from resnet_explorer.experiments.workings import worked
from resnet_explorer.figures.plot import Line, Plot, Rule
from resnet_explorer.figures.scale import Axis
from resnet_explorer.tasks.shattered import ShatteredConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.worked import Worked

SHALLOW, DEEP, RESIDUAL = "plain, 1 layer", "plain, 24 layers", "ResNet, 25 layers"
NETS = {SHALLOW: (1, False), DEEP: (24, False), RESIDUAL: (25, True)}
BOUNDS = (0.05, 0.5)


def _jobs(choices: Choices) -> tuple[Trial, ...]:
    return tuple(
        Trial(
            name=name,
            config=ShatteredConfig(layers=layers, residual=residual, seed=choices.seed),
            residual=residual,
            weight=0.2 if name == SHALLOW else 0.6,
        )
        for name, (layers, residual) in NETS.items()
    )


def _found(runs: Sequence[TrialRun], name: str) -> TrialRun | None:
    return next((run for run in runs if run.result and run.job.name == name), None)


_SCALED = Axis("df/dx, by its size", ends=(-4.0, 4.0), ticks=(-4, -2, 0, 2, 4))
_WORKING = "%{customdata[0]:.3g} ÷ %{customdata[1]:.3g} = %{y:.3g}"
_BLANK = Sketch(
    x=Axis("places apart", ends=(0.0, 21.0), ticks=(1, 5, 10, 15, 20)),
    y=Axis("correlation of slopes", ends=(-0.2, 1.05), ticks=(0.0, 0.25, 0.5, 0.75, 1.0)),
    line=DEEP,
    rules=(Rule(0.0, "white noise"),),
)
SMALL = 220


def _slopes(name: str, runs: Sequence[TrialRun]) -> Plot | None:
    run = _found(runs, name)
    if run is None:
        return None
    size = math.sqrt(statistics.fmean(slope**2 for slope in run.result.slopes))
    y = tuple(slope / size if size else math.nan for slope in run.result.slopes)
    line = Line(name=name, x=run.result.places, y=y, residual=run.job.residual, weight=0.2, points=True)
    line = dataclasses.replace(line, working=_WORKING, parts=(run.result.slopes, (size,) * len(y)))
    return Plot(lines=(line,), x=Axis("x"), y=_SCALED, rules=(Rule(0.0, "zero"),), named=False, height=SMALL)


def _correlations(runs: Sequence[TrialRun]) -> Plot | None:
    lines = tuple(
        Line(
            name=run.job.name,
            x=tuple(map(float, run.result.lags)),
            y=run.result.correlation,
            residual=run.job.residual,
            weight=run.job.weight,
            marked=True,
        )
        for run in runs
        if run.result
    )
    how = f"mean over {plural(max((run.result.nets for run in runs if run.result), default=0), 'net')}"
    return Plot(lines=lines, rules=_BLANK.rules, x=_BLANK.x, y=_BLANK.y, how=how) if lines else None


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    run = _found(runs, DEEP)
    if run is None:
        return None
    right = sum(run.result.correlation[0] > bound for bound in BOUNDS)
    nets = plural(run.result.nets, "net")
    return Verdict(right, say("the correlation of neighbours is ", _neighbours(run), f", mean over {nets}"))


def _neighbours(run: TrialRun) -> Worked:
    """The correlation of slopes beside each other."""
    places, nets = len(run.result.places), plural(run.result.nets, "net")
    made = f"mean over {nets} of Σ sᵢ · sᵢ₊₁ ÷ Σ sᵢ², s the slopes less their mean, at {places} places"
    return worked(run.result.correlation[0], made)


def _size(run: TrialRun) -> Worked:
    """The root mean square of the slopes."""
    places, nets = len(run.result.places), plural(run.result.nets, "net")
    made = f"the root of the mean of the squares of {places * run.result.nets:,} slopes: {nets}, {places} places"
    return worked(run.result.rms, made)


def _said(run: TrialRun) -> Sentence:
    """What the slopes of a net are like."""
    alike = say(f"**{run.job.name}**: neighbouring slopes correlate by ", _neighbours(run))
    return say(alike, ", and are ", _size(run), " large (root mean square).")


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    more = (
        "At 0 the slope at one place says nothing about that beside it. A toy in one dimension, with BatchNorm over "
        "the line."
    )
    return points([_said(run) for run in runs if run.result], more)


def _rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    return [
        {"net": run.job.name, "seed": run.job.seed, "x": x, "slope": slope}
        for run in runs
        if run.result
        for x, slope in zip(run.result.places, run.result.slopes, strict=True)
    ]


_LOOK = "Each slope, divided by the root mean square of all: one scale for the three nets."
_COLUMNS = {"slope": "df/dx = {slope} at x = {x}, by one backward pass through the first of the nets"}


SHATTERED = Experiment(
    name="shattered",
    part="direction",
    title="Shattered gradients",
    asks="Does the slope at one place tell of the slope beside it?",
    look="The slope df/dx of three random nets that take one number and give one.",
    choices=Choices,
    jobs=_jobs,
    question=Prediction(
        text="In a plain net of 24 layers with BatchNorm, how much do slopes at neighbouring places correlate?",
        answers=("not at all (below 0.05)", "somewhat (0.05 to 0.5)", "strongly"),
        judge=_judge,
    ),
    charts=(
        Chart(
            name="correlation",
            title="Correlation",
            look="How alike are the slopes at two places, against how far apart these are? Mean over "
            "ten nets of each kind.",
            draw=_correlations,
        ),
        *(Chart(name=name, title=name, look=_LOOK, draw=functools.partial(_slopes, name), abreast=3) for name in NETS),
    ),
    read=_reading,
    sketch=lambda _: _BLANK,
    rows=_rows,
    columns=_COLUMNS,
    source=f"Random weights, 200 units a layer, 256 places from -2 to 2; no data. BatchNorm over the line, its "
    f"statistics held fixed while the slope is taken. After Figure 1 of {nets.BALDUZZI}: there the plain net's layers "
    "are mean-centred alone, and the residual net has 50 layers and branches scaled by 0.1; here both have BatchNorm, "
    "and branches are added as they are.",
    tolerance=None,
)
