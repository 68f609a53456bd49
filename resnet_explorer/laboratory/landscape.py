"""A mini loss landscape: the loss on a plane through a net that was just trained."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.scale import Axis, reach
from resnet_explorer.figures.surface import Surface
from resnet_explorer.laboratory import nets, racing
from resnet_explorer.laboratory.choices import Once
from resnet_explorer.laboratory.experiment import Chart, Experiment, Job, Question, Run, Verdict
from resnet_explorer.laboratory.words import points
from resnet_explorer.laboratory.workings import worked
from resnet_explorer.records import LandscapeConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

DEPTHS = (20, 56)
LOOKS = {
    "surface": "How deep and how wide is the valley? Heights are one scale for all nets.",
    "contours": "The same from above: how far from the middle does the loss stay low?",
}


def _jobs(choices: Once) -> tuple[Job, ...]:
    return tuple(
        Job(
            name=nets.name(depth, residual=residual),
            config=LandscapeConfig(net=nets.cifar(depth, residual=residual), seed=choices.seed, steps=choices.steps),
            residual=residual,
            weight=nets.weight(depth, DEPTHS[-1]),
        )
        for depth in DEPTHS
        for residual in (False, True)
    )


def _done(runs: Sequence[Run]) -> list[Run]:
    """Those whose plane was looked at to its end."""
    return [run for run in runs if run.result and run.result.status == "done"]


def _surface(name: str, runs: Sequence[Run], *, solid: bool) -> Surface | None:
    done = {run.job.name: run.result for run in _done(runs)}
    if name not in done:
        return None
    values = [value for found in done.values() for row in found.rows for value in row]
    ends = reach(values, Axis("loss", log=True), foot=False)
    return Surface(name=name, places=done[name].places, rows=done[name].rows, ends=ends, solid=solid)


def inside(run: Run) -> float:
    """The share of the plane on which the net still does better than chance."""
    values = _values(run)
    return _lower(values) / len(values)


def _values(run: Run) -> list[float]:
    return [value for row in run.result.rows for value in row]


def _lower(values: Sequence[float]) -> int:
    """At how many of the places the loss is below that of chance."""
    return sum(value < racing.CHANCE for value in values)


def _inside(run: Run) -> str:
    """That share in words."""
    values, said = _values(run), f"{100 * inside(run):.0f}"
    made = f"{_lower(values)} of {len(values)} places have a loss below ln 10 = {racing.CHANCE:.3f}: {said} %"
    return f"{worked(said, made)} %"


def _judge(runs: Sequence[Run]) -> Verdict | None:
    found = {run.job.name: run for run in _done(runs)}
    if not {"plain-56", "ResNet-56"} <= set(found):
        return None
    plain, residual = inside(found["plain-56"]), inside(found["ResNet-56"])
    right = 0 if residual > 1.2 * plain else 2 if plain > 1.2 * residual else 1
    return Verdict(
        right,
        f"better than chance on {_inside(found['ResNet-56'])} of ResNet-56's plane, {_inside(found['plain-56'])} of "
        "plain-56's",
    )


def _reading(runs: Sequence[Run]) -> str:
    said = [
        f"**{run.job.name}**: loss {worked(number(run.result.centre), _loss(run))} at the middle, up to "
        f"{_highest(run)}, better than chance on {_inside(run)} of it."
        for run in _done(runs)
    ]
    more = (
        "Two random directions of very many: a picture of one plane, not of the loss. Surfaces of different nets are "
        "compared in filter norms; where a net was not trained to its end, the middle is no minimum."
    )
    return points(said, more)


def _highest(run: Run) -> str:
    """The largest loss of the plane, and at how many of its places there is no finite one."""
    values = _values(run)
    finite = [value for value in values if math.isfinite(value)]
    lost = f" (at {len(values) - len(finite)} of {len(values)} places it is not a finite number)"
    most = worked(number(max(finite, default=math.nan)), f"the largest of {len(finite)} losses" if finite else "")
    return f"{most}{lost if len(finite) < len(values) else ''}"


def _loss(run: Run) -> str:
    """How a loss of the plane is made."""
    images = run.job.config.images  # type: ignore[attr-defined]
    return f"measured: the cross-entropy of {images} training digits, their mean in nats"


def _rows(runs: Sequence[Run]) -> list[dict[str, Any]]:
    return [
        {"net": run.job.name, "seed": run.job.seed, "direction_1": run.result.places[j]}
        | {"direction_2": run.result.places[i], "loss": value}
        for run in _done(runs)
        for i, row in enumerate(run.result.rows)
        for j, value in enumerate(row)
    ]


_COLUMNS = {
    "loss": "{loss}: the cross-entropy of some training digits, its mean in nats, with the weights moved by "
    "{direction_1} and {direction_2} of the two directions"
}


LANDSCAPE = Experiment(
    name="landscape",
    part="shortcut",
    title="Mini loss landscape",
    asks="What does the loss look like around a trained net?",
    look="The training loss on a plane through where each net ended, along two random directions that are, filter by "
    "filter, as long as the filters themselves.",
    choices=Once,
    jobs=_jobs,
    question=Question(
        text="Around which net of 56 layers is the region in which it beats chance larger?",
        answers=("the residual one", "both alike", "the plain one"),
        judge=_judge,
    ),
    charts=tuple(
        Chart(
            name=f"{nets.name(depth, residual=residual)} {kind}",
            title=f"{nets.name(depth, residual=residual)}: {kind}",
            look=LOOKS[kind],
            draw=functools.partial(_surface, nets.name(depth, residual=residual), solid=kind == "surface"),
        )
        for depth in reversed(DEPTHS)
        for kind in LOOKS
        for residual in (False, True)
    ),
    read=_reading,
    read_after=2,
    rows=_rows,
    columns=_COLUMNS,
    source=f"{nets.DIGITS} 15 × 15 places, loss over 256 training digits, BatchNorm with their statistics; its scales "
    "and all biases stay as they are. After Li et al. 2018, [arXiv:1712.09913](https://arxiv.org/abs/1712.09913).",
)
