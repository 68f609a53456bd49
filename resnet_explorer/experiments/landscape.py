"""A mini loss landscape: the loss on planes through a net that was just trained, by either kind of statistics."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.sentence import Sentence, joined, listed, say
from resnet_explorer.experiments import nets, training, verdicts
from resnet_explorer.experiments.choices import Once
from resnet_explorer.experiments.experiment import Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.planes import BLANK, DEPTHS, charts, done, height, planes
from resnet_explorer.experiments.words import points
from resnet_explorer.experiments.workings import percent, quotient, times, worked
from resnet_explorer.tasks.landscape import STATISTICS, LandscapeConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.tasks.landscape import Plane

PLAIN, RESIDUAL = "plain-56", "ResNet-56"
POINTS, IMAGES = 11, 128
LEARNED = 0.9
"""Of the loss of chance: below it at the middle, a net has learned."""
CLEARLY = 1.1
"""So many times another height is another one."""
APART = 0.1
"""Losses at the middle that differ by less, in nats, are not told apart."""
TOWERS = 5.0
"""So many times the height by the mini-batch's statistics, most of a height comes of the statistics."""
STAYS, EARLY = 0.9, 0.1
"""Of BatchNorm's running statistics, what a step leaves as it was; and from which share on the start still counts."""
BY = {"running": "by running statistics", "batch": "by the mini-batch's"}
ANSWERS = {
    ("plain", "plain"): "around the plain one, by either",
    ("plain", "residual"): "around the plain one by running statistics, around the residual one by the mini-batch's",
    ("residual", "plain"): "around the residual one by running statistics, around the plain one by the mini-batch's",
    ("residual", "residual"): "around the residual one, by either",
    (): "that depends on the directions that are drawn",
}


def _jobs(choices: Once) -> tuple[Trial, ...]:
    settings: dict[str, Any] = {"seed": choices.seed, "steps": choices.steps, "images": IMAGES, "points": POINTS}
    return tuple(
        Trial(
            name=nets.name(depth, residual=residual),
            config=LandscapeConfig(net=nets.cifar(depth, residual=residual), **settings),
            residual=residual,
            weight=nets.weight(depth, DEPTHS[-1]),
        )
        for depth in DEPTHS
        for residual in (False, True)
    )


def _higher(pair: Sequence[TrialRun], by: str) -> list[str]:
    """Which of the plain and the residual nets has the higher plane, in each draw of directions for each seed."""
    plain, residual = (
        [height(plane) for run in pair if run.job.name == name for plane in planes(run, by)]
        for name in (PLAIN, RESIDUAL)
    )
    heights = zip(plain, residual, strict=True)
    return [
        "plain" if one > CLEARLY * other else "residual" if other > CLEARLY * one else "neither"
        for one, other in heights
    ]


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    pair = [run for name in (PLAIN, RESIDUAL) for run in verdicts.ended(runs, name)]
    if {run.job.name for run in pair} != {PLAIN, RESIDUAL}:
        return None
    untaught = [_untaught(run) for run in pair if _untaught(run)]
    if untaught:
        return Verdict(None, say(listed(untaught), ": their planes say nothing of trained nets"))
    words = joined("; ", (_compared(pair, by) for by in STATISTICS))
    found = [set(_higher(pair, by)) for by in STATISTICS]
    answer = tuple(map(min, found)) if all(len(each) == 1 for each in found) else ()
    if answer not in ANSWERS:
        alike = listed(BY[by] for by, each in zip(STATISTICS, found, strict=True) if each == {"neither"})
        return Verdict(None, say(alike, " neither lies higher by more than a tenth in any draw; ", words))
    return Verdict(list(ANSWERS).index(answer), words)


def _untaught(run: TrialRun) -> Sentence:
    """Why a net cannot stand for trained ones; nothing where it can."""
    if run not in done([run]):
        return say(f"the loss of {run.job.name} is no longer a finite number")
    middle = planes(run, "batch")[0].middle
    if middle < LEARNED * training.CHANCE:
        return Sentence()
    where = f" at the middle (chance: {training.CHANCE:.3f})"
    return say(f"{run.job.name} has hardly learned, with ", _loss(run, middle), where)


def _compared(pair: Sequence[TrialRun], by: str) -> Sentence:
    """How high both nets' planes are, and in how many draws the plain one's is the higher."""
    draws = _higher(pair, by)
    plain, residual = (listed(_heights(run, by) for run in pair if run.job.name == name) for name in (PLAIN, RESIDUAL))
    count = f"the plain one's is higher by more than a tenth in {draws.count('plain')} of {len(draws)} draws"
    above = say(f"{BY[by]} half of {PLAIN}'s plane lies above ", plain, f", half of {RESIDUAL}'s above ", residual)
    return say(above, f": {count}")


def _heights(run: TrialRun, by: str) -> Sentence:
    """The height of each of a net's planes."""
    return listed(worked(height(plane), _of_height(plane)) for plane in planes(run, by))


def _of_height(plane: Plane) -> str:
    places = len(plane.values)
    found = f"no. {places // 2 + 1} of {places} losses in order, draw {plane.draw + 1}"
    return found if math.isfinite(height(plane)) else ""


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    said = [
        say(f"**{run.job.name}**: ", joined("; ", (_told(run, by) for by in STATISTICS)), ".") for run in done(runs)
    ]
    more = (
        "Each plane is two random directions of very many, with the same random numbers for a plain net and its "
        "residual one, around one training of each: a picture, not the loss as a whole."
    )
    lost = verdicts.left_out(runs)
    return points(said, _lifted(runs), *map(_lag, done(runs)), more, lost) or say(lost)


def _told(run: TrialRun, by: str) -> Sentence:
    """What the planes of a net are like."""
    middle = say(_loss(run, planes(run, by)[0].middle), " at the middle, half of each plane above ", _heights(run, by))
    inside = say("better than chance on ", _inside(run, by), " of the places")
    return say(f"{BY[by]} ", middle, ", up to ", _highest(run, by), ", ", inside)


def _lifted(runs: Sequence[TrialRun]) -> Sentence:
    """How many times as high as the mini-batch's statistics the running ones make the planes of the deep nets."""
    said, ratios = [], []
    for run in (each for each in done(runs) if each.job.name in {PLAIN, RESIDUAL} and not _untaught(each)):
        pairs = zip(*([height(plane) for plane in planes(run, by)] for by in STATISTICS), strict=True)
        found = sorted((fixed / anew, quotient(fixed, anew, "both heights")) for fixed, anew in pairs)
        ratios += [ratio for ratio, _ in found]
        low, high = worked(*found[0]), worked(*found[-1])
        many = times(high) if low.text == high.text else say(low, " to ", high, " times")
        said.append(say(many, f" as high around {run.job.name}"))
    if len(said) < 2 or not all(map(math.isfinite, ratios)):
        return Sentence()
    how = "Against the mini-batch's statistics, measured anew at each place, fixed ones put half of a plane"
    why = "most of what towers there comes of a normalisation that does not follow the weights"
    return say(f"{how} ", listed(said), f": {why}." if min(ratios) > TOWERS else ".")


def _lag(run: TrialRun) -> Sentence:
    """Where both kinds differ for the net itself, why they do."""
    fixed, anew = (planes(run, by)[0].middle for by in STATISTICS)
    if not abs(fixed - anew) > APART:
        return Sentence()
    what = f"For {run.job.name} itself, at the middle, the two kinds already differ, "
    why = say("the running ones are a mean over about ten mini-batches, during which the weights still moved")
    steps = run.job.config.steps  # type: ignore[attr-defined]
    if STAYS**steps > EARLY:
        said = f"{100 * STAYS**steps:.0f}"
        made = f"{STAYS} to the power {steps}, the steps that were made = {said} %"
        left = worked(100 * STAYS**steps, made, said)
        why = say(left, " % of each of the running ones is still what it began as, 0 or 1")
    return say(what, _loss(run, fixed), " and ", _loss(run, anew), ": ", why, ".")


def _highest(run: TrialRun, by: str) -> Sentence:
    """The largest loss of its planes, and at how many of their places there is no finite one."""
    values = _values(run, by)
    finite = [value for value in values if math.isfinite(value)]
    lost = f" (at {len(values) - len(finite)} of {len(values)} places it is not a finite number)"
    most = worked(max(finite, default=math.nan), f"the largest of {len(finite)} losses" if finite else "")
    return say(most, lost if len(finite) < len(values) else "")


def _inside(run: TrialRun, by: str) -> Worked:
    """The share of its planes on which the net does better than chance."""
    values = _values(run, by)
    lower = sum(value < training.CHANCE for value in values)
    said = percent(lower / len(values))
    made = f"{lower} of {len(values)} places have a loss below ln 10 = {training.CHANCE:.3f}: {said}"
    return worked(100 * lower / len(values), made, said)


def _values(run: TrialRun, by: str) -> list[float]:
    return [value for plane in planes(run, by) for value in plane.values]


def _loss(run: TrialRun, value: float) -> Worked:
    """A loss, and how it is made."""
    images = run.job.config.images  # type: ignore[attr-defined]
    made = f"measured: the cross-entropy of {images} training digits, their mean in nats"
    return worked(value, made if math.isfinite(value) else "")


def _rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    return [
        {"net": run.job.name, "seed": run.job.seed, "draw": plane.draw + 1, "statistics": plane.statistics}
        | {"direction_1": run.result.places[i], "direction_2": run.result.places[j], "loss": value}
        for run in done(runs)
        for plane in run.result.planes
        for i, row in enumerate(plane.rows)
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
    look="The training loss on planes through where each net ended, along random directions that are, filter by "
    "filter, as long as the filters themselves. Each plane is measured twice: with the statistics that BatchNorm kept "
    "in training held fixed, as in the well-known pictures, and with those of the mini-batch, as in training.",
    choices=Once,
    jobs=_jobs,
    question=Prediction(
        text="Two nets of 56 layers are trained, then their weights are moved at random. The loss is measured with "
        "BatchNorm's running statistics, and again with the mini-batch's: around which net is it higher?",
        answers=tuple(ANSWERS.values()),
        judge=_judge,
    ),
    charts=charts(),
    read=_reading,
    sketch=lambda _: BLANK,
    rows=_rows,
    columns=_COLUMNS,
    source=f"{nets.DIGITS} Three draws of two directions, {POINTS} × {POINTS} places of each plane, loss over {IMAGES} "
    "training digits; surfaces and contours show the first draw. After Li et al. 2018, "
    "[arXiv:1712.09913](https://arxiv.org/abs/1712.09913): as in their code by running statistics, along directions of "
    "the filters' norms, biases and BatchNorm's scales as they are. Theirs are nets with projections (option B), "
    "trained for 300 epochs on CIFAR-10, 51 × 51 places, the loss over all training images. The mini-batch's "
    "statistics are ours.",
)
