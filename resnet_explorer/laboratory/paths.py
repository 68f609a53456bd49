"""Path lengths: through how many branches does the gradient come?"""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Any

from resnet_explorer.figures.numbers import number, raised
from resnet_explorer.figures.plot import Line, Plot
from resnet_explorer.figures.scale import Axis
from resnet_explorer.laboratory import lesion, nets
from resnet_explorer.laboratory.choices import Trained
from resnet_explorer.laboratory.columns import alike
from resnet_explorer.laboratory.experiment import Chart, Experiment, Job, Question, Run, Verdict
from resnet_explorer.laboratory.words import points
from resnet_explorer.laboratory.workings import quotient, worked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.laboratory.columns import Column, Row
    from resnet_explorer.records import Through

DEEP = "ResNet-56"
OF_PATHS = "%{customdata[0]:,} ÷ %{customdata[1]:,} = %{y:.3g}"
OF_GRADIENT = "%{customdata[0]:,} × %{customdata[1]:.3g}<br>÷ %{customdata[2]:.3g} = %{y:.3g}"
"""The shares of a length: of the number of paths, and of the gradient that came along them."""


def _jobs(choices: Trained) -> tuple[Job, ...]:
    """The residual nets of the lesion study: whoever ran one has the other."""
    return tuple(job for job in lesion.jobs(choices) if job.residual)


def shares(through: Sequence[Through], *, weighted: bool) -> list[float]:
    """The share of each length among all paths, or, `weighted`, in the gradient that came along them."""
    parts = [each.paths * (each.norm if weighted else 1.0) for each in through]
    return [part / sum(parts) for part in parts] if sum(parts) else []


def mean_length(through: Sequence[Through], *, weighted: bool) -> float:
    """Branches on a path, mean over all paths or over the gradient."""
    return sum(each.branches * share for each, share in zip(through, shares(through, weighted=weighted), strict=False))


def _mean(through: Sequence[Through], *, weighted: bool) -> str:
    """That mean in words, with its sums."""
    found = mean_length(through, weighted=weighted)
    parts = [each.paths * (each.norm if weighted else 1) for each in through]
    of = (
        "the gradient along all paths times their lengths, by that gradient"
        if weighted
        else "branches on all paths, by the number of paths"
    )
    whole = sum(each.branches * part for each, part in zip(through, parts, strict=True))
    return worked(number(found), quotient(whole, sum(parts), of))


def _norm(through: Sequence[Through], place: int) -> str:
    """The gradient through so many branches, in words."""
    each = through[place]
    return worked(number(each.norm), _measured(each.branches, len(through) - 1) if math.isfinite(each.norm) else "")


def _measured(branches: int, blocks: int) -> str:
    """How the gradient through so many branches was measured: but for none and all of them with two choices."""
    choices = ", mean of two random choices of them" if 0 < branches < blocks else ""
    return f"measured: the norm of the gradient at the stem's output through {branches} of {blocks} branches{choices}"


def _lengths(runs: Sequence[Run]) -> Plot | None:
    lines: list[Line] = []
    for run in (each for each in lesion.done(runs) if each.job.name == DEEP):
        through = run.result.through
        x = tuple(float(each.branches) for each in through)
        counts, norms = tuple(each.paths for each in through), tuple(each.norm for each in through)
        if not lines:
            y = tuple(shares(through, weighted=False))
            every = (sum(counts),) * len(counts)
            lines.append(Line(name="all paths", x=x, y=y, residual=None, working=OF_PATHS, parts=(counts, every)))
        y = tuple(shares(through, weighted=True))
        whole = (sum(map(operator.mul, counts, norms)),) * len(counts)
        parts, name = (counts, norms, whole), f"gradient of {lesion.called(run, runs)}"
        lines.append(Line(name=name, x=x, y=y, residual=True, marked=True, working=OF_GRADIENT, parts=parts))
    how, axis = "of all paths, or of the gradient through all", Axis("branches on the path")
    return Plot(lines=tuple(lines), x=axis, y=Axis("share"), how=how) if lines else None


def _norms(runs: Sequence[Run]) -> Plot | None:
    lines = tuple(
        Line(
            name=lesion.called(run, runs),
            x=tuple(float(each.branches) for each in run.result.through),
            y=tuple(each.norm for each in run.result.through),
            residual=True,
            weight=run.job.weight,
            marked=True,
        )
        for run in lesion.done(runs)
    )
    y = Axis("gradient along one such path (log)", log=True)
    return Plot(lines=lines, x=Axis("branches on the path"), y=y) if lines else None


def _deep(runs: Sequence[Run]) -> Sequence[Through] | None:
    """What came through each number of branches in the deep net."""
    return next((run.result.through for run in lesion.done(runs) if run.job.name == DEEP), None)


def _judge(runs: Sequence[Run]) -> Verdict | None:
    found = _deep(runs)
    if found is None:
        return None
    gradient, everything = (mean_length(found, weighted=weighted) for weighted in (True, False))
    right = 0 if gradient < 0.85 * everything else 2 if gradient > 1.15 * everything else 1
    said, every = (_mean(found, weighted=weighted) for weighted in (True, False))
    return Verdict(right, f"the gradient's paths have {said} branches in the mean, all paths {every}")


def _reading(runs: Sequence[Run]) -> str:
    said = []
    for run in lesion.done(runs):
        through = run.result.through
        blocks = len(through) - 1
        said.append(
            f"**{lesion.called(run, runs)}**: {blocks} blocks make {_number(blocks)} paths, with "
            f"{_mean(through, weighted=False)} branches in the mean; weighted by their gradient "
            f"{_mean(through, weighted=True)}. Without any branch the gradient is {_norm(through, 0)}, through all "
            f"{_norm(through, -1)}."
        )
    return points(said)


def _rows(runs: Sequence[Run]) -> list[dict[str, Any]]:
    return [
        {"net": run.job.name, "seed": run.job.seed, "branches": each.branches, "paths": each.paths, "norm": each.norm}
        for run in lesion.done(runs)
        for each in run.result.through
    ]


def _number(blocks: int) -> str:
    said = f"2{raised(blocks)}"
    return worked(said, f"{said} = {2**blocks:,}: two ways through each of {blocks} blocks")


def _choices(rows: Sequence[Row], at: int) -> str:
    """How many ways there are to choose so many branches of all."""
    some, blocks = rows[at]["branches"], _blocks(rows, at)
    made = f"{blocks}! ÷ ({some}! · {blocks - some}!) = {rows[at]['paths']:,}"
    return f"{made}: ways to choose {some} of {blocks} branches"


def _blocks(rows: Sequence[Row], at: int) -> int:
    """How many blocks the net of that row has."""
    return int(max(row["branches"] for row in alike(rows, at, "net", "seed")))


_COLUMNS: dict[str, Column] = {
    "paths": _choices,
    "norm": lambda rows, at: _measured(rows[at]["branches"], _blocks(rows, at)),
}


PATHS = Experiment(
    name="paths",
    part="shortcut",
    title="Path lengths",
    asks="Through how many blocks does the gradient come?",
    look="A residual net is a sum over all ways through it: by each block's branch or its shortcut. Dotted, how many "
    "ways have that length; solid, how much of the gradient came along them.",
    choices=Trained,
    jobs=_jobs,
    question=Question(
        text="In a trained ResNet-56, are the paths that carry the gradient shorter than the mean path?",
        answers=("shorter", "alike", "longer"),
        judge=_judge,
    ),
    charts=(
        Chart(
            name="lengths",
            title="Paths and gradient",
            look="How far left does the solid line lie? Each of its points rests on two random choices of blocks, so "
            "one that stands out may be chance.",
            draw=_lengths,
        ),
        Chart(
            name="norms",
            title="One path's gradient",
            look="A straight line means that each further branch costs a factor.",
            draw=_norms,
        ),
    ),
    read=_reading,
    rows=_rows,
    columns=_COLUMNS,
    source=f"{nets.DIGITS} Forward pass whole; backward through exactly so many branches, two random choices of each "
    f"number, on 64 test digits, in eval mode. After {nets.VEIT}.",
)
