"""Planes of losses: what is read off them, and the charts that show the same."""

from __future__ import annotations

import functools
import math
import statistics
from typing import TYPE_CHECKING

from resnet_explorer.experiments import nets, training
from resnet_explorer.experiments.experiment import Chart, TrialRun
from resnet_explorer.experiments.sketch import Sketch
from resnet_explorer.figures.dots import Dot, Dots
from resnet_explorer.figures.plot import Line, Plot, Rule
from resnet_explorer.figures.scale import Axis, reach
from resnet_explorer.figures.surface import Surface
from resnet_explorer.tasks.landscape import STATISTICS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.tasks.landscape import Plane

DEPTHS = (20, 56)
TITLES = {"running": "running statistics", "batch": "batch statistics"}
FOLDED = f"As surfaces, and the nets of {DEPTHS[0]} layers"
KINDS = {
    "surface": "How deep and how wide is the valley, and what stands around it?",
    "contours": "From above: how far from the middle does the loss stay low?",
}


def done(runs: Sequence[TrialRun]) -> list[TrialRun]:
    """Those whose planes were gone over to their end."""
    return [run for run in runs if run.result and run.result.status == "done"]


def planes(run: TrialRun, by: str) -> list[Plane]:
    """Its planes by one kind of statistics, one for each draw of directions."""
    return [plane for plane in run.result.planes if plane.statistics == by]


def ordered(plane: Plane) -> list[float]:
    """Its losses, the lowest first; what is no number is above all others."""
    return sorted(math.inf if math.isnan(value) else value for value in plane.values)


def height(plane: Plane) -> float:
    """The loss above which half of the plane lies."""
    return statistics.median(ordered(plane))


CHANCE = Rule(training.CHANCE, f"chance, ln 10 = {training.CHANCE:.3f}")
NAMED = {
    (nets.name(DEPTHS[-1], residual=residual), by): f"{nets.name(DEPTHS[-1], residual=residual)}, {TITLES[by]}"
    for by in STATISTICS
    for residual in (False, True)
}
"""The planes that are compared: of the deep nets, by either kind of statistics."""
BLANK = Sketch(
    x=Axis("median loss of a plane, nats (log)", log=True, ends=(1.0, 1e3)),
    y=Axis(""),
    rows=tuple((words, name.startswith("ResNet")) for (name, _), words in NAMED.items()),
)
PLACES = Axis("places with a lower loss, %", ends=(0.0, 100.0), ticks=(0, 25, 50, 75, 100))
LOSS = {"running": Axis("loss, nats (log)", log=True), "batch": Axis("loss, nats")}


def _halves(runs: Sequence[TrialRun]) -> Dots | None:
    """The loss above which half of each plane lies: the middle one of the draws, from the lowest to the highest."""
    found = {(run.job.name, by): [*map(height, planes(run, by))] for run in done(runs) for by in STATISTICS}
    dots = tuple(
        Dot(words, statistics.median(found[which]), min(found[which]), max(found[which]), residual=residual)
        for (which, words), (_, residual) in zip(NAMED.items(), BLANK.rows, strict=True)
        if which in found
    )
    how = "of the draws of directions the middle one, and from the lowest to the highest"
    return Dots(dots=dots, x=BLANK.x, how=how, rules=(CHANCE,)) if dots else None


def _heights(by: str, runs: Sequence[TrialRun]) -> Plot | None:
    """The losses of each plane in order: at each share of the places, the loss below which these lie."""
    lines = []
    for run in done(runs):
        ranks = list(zip(*map(ordered, planes(run, by)), strict=True))
        lines.append(
            Line(
                name=run.job.name,
                x=tuple(100 * place / (len(ranks) - 1) for place in range(len(ranks))),
                y=tuple(map(statistics.median, ranks)),
                residual=run.job.residual,
                weight=run.job.weight,
                low=tuple(map(min, ranks)),
                high=tuple(map(max, ranks)),
            )
        )
    how = "of the draws of directions the middle one, from the lowest to the highest"
    if not lines:
        return None
    return Plot(lines=tuple(lines), x=PLACES, y=LOSS[by], rules=(CHANCE,), how=how, upright=(50.0,))


def _surface(name: str, by: str, runs: Sequence[TrialRun], *, solid: bool) -> Surface | None:
    """The first plane of a net, on one scale for all nets by these statistics."""
    first = {run.job.name: (run.result.places, planes(run, by)[0]) for run in done(runs)}
    if name not in first:
        return None
    ends = reach((value for _, plane in first.values() for value in plane.values), Axis("loss", log=True), foot=False)
    places, plane = first[name]
    return Surface(name=f"{name} by {TITLES[by]}", places=places, rows=plane.rows, ends=ends, solid=solid)


def charts() -> tuple[Chart, ...]:
    """What is asked for, all heights, and the first plane of each net: from above; of the deep ones as surfaces too."""
    drawn = [(56, "contours", ""), (56, "surface", FOLDED), (20, "contours", FOLDED)]
    return (
        Chart(
            name="halves",
            title="The loss above which half of each plane lies",
            look="Further right is higher; a bar spans the draws of directions.",
            draw=_halves,
        ),
        *(
            Chart(
                name=f"heights {by}",
                title=f"How high, by {TITLES[by]}",
                look="At 50 % stands the loss above which half of the plane lies, at 100 % its highest peak; where a "
                "line crosses chance, how much of the plane is better.",
                draw=functools.partial(_heights, by),
            )
            for by in STATISTICS
        ),
        *(
            Chart(
                name=f"{nets.name(depth, residual=residual)} {kind} {by}",
                title=f"{nets.name(depth, residual=residual)}, {TITLES[by]}",
                look=KINDS[kind],
                draw=functools.partial(_surface, nets.name(depth, residual=residual), by, solid=kind == "surface"),
                abreast=2,
                folded=folded,
            )
            for depth, kind, folded in drawn
            for by in STATISTICS
            for residual in (False, True)
        ),
    )
