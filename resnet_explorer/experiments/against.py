"""What a plain net and a residual one show that were trained side by side, in words made from their numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.analysis.frozen import trains
from resnet_explorer.analysis.sentence import Part, Sentence, joined, say
from resnet_explorer.experiments import words
from resnet_explorer.experiments.training import ends
from resnet_explorer.experiments.workings import quotient, worked
from resnet_explorer.figures.numbers import number
from resnet_explorer.tasks.train import TAIL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.experiments.experiment import TrialRun
    from resnet_explorer.spec import NetSpec

LEARNED = 0.9
"""A net has learned something if its loss is below this part of that of pure chance."""
ALIKE = 1.5
"""Losses within this factor are alike."""
MANY, MOST = 1e3, 1e12
BACK = "norms of the weight gradient in the last and in the first convolution of the main path"
MEANS = "means of the last steps"


def higher(plain: float, residual: float) -> int | None:
    """Which of two losses is the higher one, 0 or 1; None where they are alike, or one is no number."""
    if not (math.isfinite(plain) and math.isfinite(residual)) or max(plain, residual) <= ALIKE * min(plain, residual):
        return None
    return 0 if plain > residual else 1


def read(runs: Sequence[TrialRun]) -> Sentence:
    """What is to be seen, from the numbers so far; how they ended, where every run came to its end."""
    began = [run for run in runs if run.steps]
    sentences: list[Part] = [_start(run) for run in began]
    if all(run.result and run.result.status == "done" for run in runs):
        sentences += [*map(_end, began), _verdict(began)]
    return joined(" ", sentences)


def _net(run: TrialRun) -> NetSpec:
    return run.job.config.net  # type: ignore[attr-defined, no-any-return]


def _freeze(run: TrialRun) -> str:
    return run.job.config.freeze  # type: ignore[attr-defined, no-any-return]


def _start(run: TrialRun) -> Sentence:
    return say(f"At the start, the gradient of **{run.job.name}** ", _lean(run), ".")


def _lean(run: TrialRun) -> Part:
    first, step = ends(run, 0), run.steps[0]
    if words.overflowed(step.loss, step.norms):
        return "is not finite: the signal has grown beyond what a float can hold"
    if not trains(_net(run), _freeze(run)):
        return "is not computed: all its convolutions are frozen"
    if 0.0 in first:
        where = "the first or the last" if first == (0.0, 0.0) else "the last" if first[1] == 0.0 else "the first"
        return f"does not reach {where} convolution at all: it is exactly 0 there"
    ratio, regime = step.ratio, words.regime(step.ratio)
    if ratio < words.VANISHING:
        less = _whole(first[1], first[0], BACK)
        return say("**vanishes** towards the input: ", less, " times smaller in the first than the last convolution")
    if ratio > words.GROWING:
        more, verb = _whole(*first, words.ENDS), "explodes" if regime == "exploding" else "grows"
        where = " times as large in the first as in the last convolution"
        return say(f"**{verb}** towards the input: ", more, where)
    near = _times(*first, words.ENDS, number(ratio))
    silent = "" if _net(run).graph.normed else "; without normalisation that tells little of the signal"
    where = f"is **{regime}** in the first and the last convolution, within a factor of ten"
    return say(where, " (first / last ", near, f"){silent}")


def _end(run: TrialRun) -> Sentence:
    count, told = words.made(run), len(run.steps)
    ratio = _times(*ends(run, -1), words.ENDS, number(run.steps[-1].ratio))
    name, trained = run.job.name, trains(_net(run), _freeze(run))
    lean = say("first / last is ", ratio, f" for {name}, its") if trained else f"{name} has the"
    of = f" (mean of the last {min(TAIL, told)}{' reported' if told < count else ''})" if told > 1 else ""
    return say(f"After {plural(count, 'step')}, ", lean, " loss ", words.ending(run), f"{of}.")


def _verdict(runs: Sequence[TrialRun]) -> Part:
    """How the two ended, where they can be compared: both ran as long, and at least one has learned."""
    losses = {run.job.residual: words.final(run) for run in runs}
    if len(losses) < 2 or len({words.made(run) for run in runs}) > 1:
        return ""
    plain, residual = losses[False], losses[True]
    if not all(map(math.isfinite, (plain, residual))):
        return ""
    chance = math.log(_net(runs[0]).classes)
    if min(plain, residual) > LEARNED * chance:
        near = "both losses are near that of pure chance"
        far = f"neither loss is below that of pure chance, {chance:.3g}, by a tenth"
        return f"Neither has learned yet: {near if max(plain, residual) * LEARNED < chance else far}."
    setting = "" if _net(runs[0]).graph.normed else " This net has no BatchNorm; that is not the setting of the paper."
    which = higher(plain, residual)
    if which == 0:
        loss = (
            " times the training loss of the residual one.** This is training loss, so it is not overfitting: here, "
            f"with this seed, the same layers train worse without shortcuts.{setting}"
        )
        return say("**The plain net ends with ", _more(plain, residual), loss)
    if which == 1:
        more = _more(residual, plain)
        return say("With this seed the residual net ends with ", more, " times the loss of the plain one.")
    return f"With this seed the two end alike, within a factor of {ALIKE:g}.{setting}"


def _more(one: float, other: float) -> Worked:
    """How many times one loss is the other."""
    if other * MOST < one:
        made = f"{number(one)} against {number(other)}, {MEANS}"
        return worked(one / other if other else math.inf, made, "more than 10¹²")
    said = f"{one / other:.1f}" if one / other < MANY else number(one / other)
    return _times(one, other, MEANS, said)


def _times(one: float, other: float, of: str, said: str) -> Worked:
    """How many times one is the other, in these words."""
    return worked(one / other if other else math.nan, quotient(one, other, of, said), said)


def _whole(one: float, other: float, of: str) -> Worked:
    said = f"{one / other:,.0f}" if one / other < 1e5 else number(one / other)
    return _times(one, other, of, said)
