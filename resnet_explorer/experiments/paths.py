"""Path lengths: through how many branches does the gradient come?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.sentence import Sentence, joined, say
from resnet_explorer.experiments import lesion, nets, verdicts
from resnet_explorer.experiments.choices import Trained
from resnet_explorer.experiments.columns import alike
from resnet_explorer.experiments.deleted import DEEP, done
from resnet_explorer.experiments.experiment import Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.lengths import BLANK, WHEN, charts, gradient, ratio
from resnet_explorer.experiments.words import named, points, spread, told
from resnet_explorer.experiments.workings import quotient, worked
from resnet_explorer.figures.numbers import number, raised

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.experiments.columns import Column, Row
    from resnet_explorer.tasks.lesion import Lengths

ANSWERS = ("shorter", "alike", "longer")
SHORTER, LONGER = 0.85, 1.15
UNTAUGHT = ("", f", and below {100 * lesion.LEARNED:.0f} % it does not stand for nets that have learned")


def _jobs(choices: Trained) -> tuple[Trial, ...]:
    """The residual nets of the lesion study: whoever ran one has the other."""
    return tuple(job for job in lesion.jobs(choices) if job.residual)


def _length(runs: Sequence[TrialRun], when: str) -> Sentence:
    """Branches on a path, in the mean of the shares."""
    how = "measured: the sum of branches × share over all lengths; a share is the projection on the whole, by the whole"
    return _over_seeds(runs, when, lambda each: (each.mean, how if math.isfinite(each.mean) else ""))


def _by_size(runs: Sequence[TrialRun], when: str) -> Sentence:
    """Branches on a path, in the mean of the sizes."""
    of = "the sizes of all parts times their branches, by those sizes"
    return _over_seeds(
        runs, when, lambda each: (each.mean_by_size, quotient(each.mean_by_size * each.sizes, each.sizes, of))
    )


def _cancelling(runs: Sequence[TrialRun], when: str) -> Sentence:
    """How many times the whole the sizes add up to."""
    of = "the sizes of all parts, by the whole's"
    return _over_seeds(runs, when, lambda each: (ratio(each.sizes, each.whole), quotient(each.sizes, each.whole, of)))


def _over_seeds(runs: Sequence[TrialRun], when: str, value: Callable[[Lengths], tuple[float, str]]) -> Sentence:
    """A number of the nets of one name with its working: their mean and its ends."""
    values, workings = zip(*(value(gradient(run, when)) for run in runs), strict=True)
    return told(spread(values, workings))


def _judge(found: Sequence[TrialRun], deep: Sequence[TrialRun]) -> Verdict:
    lost = verdicts.lost(deep)
    come = say(f"the gradient of the trained {DEEP} has come through ", _length(found, "trained"))
    sizes = say(_by_size(found, "trained"), " if by its size; the average of all paths is ", _every(found))
    words = say(come, " branches on average if each length counts by its share, ", sizes, lost and f"; {lost}")
    right = {run.job.seed: _right(gradient(run, "trained")) for run in found}
    if not all(len(each) == 1 for each in right.values()):
        return Verdict(None, say("by shares and by sizes the answers differ; ", words))
    return verdicts.agreed({seed: min(each) for seed, each in right.items()}, ANSWERS, words)


def _right(found: Lengths) -> set[int]:
    """The answers by shares and by sizes."""
    every = found.blocks / 2
    return {
        0 if length < SHORTER * every else 2 if length > LONGER * every else 1
        for length in (found.mean, found.mean_by_size)
    }


def _every(runs: Sequence[TrialRun]) -> Worked:
    """Branches in the mean of all paths."""
    blocks = gradient(runs[0], "trained").blocks
    return worked(blocks / 2, f"{blocks} ÷ 2 = {number(blocks / 2)}: half of all paths go through a block's branch")


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    said = []
    for name, group in named(done(runs)).items():
        blocks = gradient(group[0], "trained").blocks
        every, count = _every(group), _number(blocks)
        paths = say(f"**{name}**: {blocks} blocks make ", count, " paths, with ", every, " branches in the mean.")
        said.append(joined(" ", [paths, *(_come(group, when) for when in WHEN)]))
    more = "Sizes that add up to more than the whole say that parts of different lengths cancel each other in part."
    return points(said, more, verdicts.left_out(runs)) or say(verdicts.left_out(runs))


def _come(group: Sequence[TrialRun], when: str) -> Sentence:
    """Through how many branches the gradient of the nets of one name has come."""
    shares = say(f"{when.capitalize()}, by shares the gradient has come through ", _length(group, when))
    sizes = say("by sizes through ", _by_size(group, when), "; sizes add up to ", _cancelling(group, when))
    return say(shares, " branches on average, ", sizes, " times the whole.")


def _rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    return [
        {"net": run.job.name, "seed": run.job.seed, "when": when, "branches": each.branches, "paths": each.paths}
        | {"gradient_norm": each.norm, "share": each.share}
        for run in done(runs)
        for when in WHEN
        for each in gradient(run, when).through
    ]


def _number(blocks: int) -> Worked:
    count, said = 2**blocks, f"2{raised(blocks)}"
    return worked(count, f"{said} = {count:,}: two ways through each of {blocks} blocks", said)


def _choices(rows: Sequence[Row], at: int) -> str:
    """How many ways there are to choose so many branches of all."""
    some, blocks = rows[at]["branches"], _blocks(rows, at)
    made = f"{blocks}! ÷ ({some}! · {blocks - some}!) = {rows[at]['paths']:,}"
    return f"{made}: ways to choose {some} of {blocks} branches"


def _blocks(rows: Sequence[Row], at: int) -> int:
    """How many blocks the net of that row has."""
    return int(max(row["branches"] for row in alike(rows, at, "net", "seed")))


_PART = "of the gradient at the stem's output that came through {branches} branches, summed over {paths} paths"
_COLUMNS: dict[str, Column] = {
    "paths": _choices,
    "gradient_norm": f"{{gradient_norm}}: measured, the norm of the part {_PART}",
    "share": f"{{share}}: measured, the part {_PART}, multiplied with the whole and divided by the whole's square",
}


PATHS = Experiment(
    name="paths",
    part="shortcut",
    title="Path lengths",
    asks="Through how many blocks does the gradient come?",
    look="A residual net is a sum over all ways through it, by each block's branch or its shortcut, and so is its "
    "gradient. Dotted, how many ways have that length; solid, what share of the gradient came along all of them.",
    choices=Trained,
    jobs=_jobs,
    question=Prediction(
        text="In a trained ResNet-56, are the paths that carry the gradient shorter than the mean path?",
        answers=ANSWERS,
        judge=lambda runs: lesion.deepest(runs, _judge, UNTAUGHT),
    ),
    charts=charts(),
    read=_reading,
    sketch=lambda _: BLANK,
    rows=_rows,
    columns=_COLUMNS,
    source=f"{nets.DIGITS} The gradient of the first mini-batch, of 64, by BatchNorm's statistics of that mini-batch, "
    "at the stem's output; all paths of a length are summed, in double precision, with one gradient for each number of "
    f"branches carried backwards. {nets.VEIT}, sample single paths instead, and multiply their mean size by their "
    "number: that leaves out what cancels.",
)
