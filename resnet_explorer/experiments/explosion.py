"""Explosion: shortcuts without BatchNorm, at He's initialisation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.analysis.sentence import Sentence, joined, listed, say
from resnet_explorer.experiments import blanks, nets, training, verdicts
from resnet_explorer.experiments.choices import Trained
from resnet_explorer.experiments.experiment import Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.tracks import TRACKS
from resnet_explorer.experiments.words import LOSS, ending, over, points
from resnet_explorer.experiments.workings import worked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.tasks.train import Step

LAST = 4
"""Losses that are told of a net that diverged: those before it did, and that one."""
ANSWERS = ("it trains", "it diverges", "it stays finite, and ends above that")


def _jobs(choices: Trained) -> tuple[Trial, ...]:
    jobs = training.jobs((20, 56), choices.seeds, {"norm": "none"}, init="he", steps=choices.steps)
    return tuple(job for job in jobs if job.residual)


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    deep = [run for run in runs if run.job.name == "ResNet-56"]
    if not deep or not all(map(over, deep)):
        return None
    found = {run.job.seed: 1 if verdicts.diverged(run) else 0 if verdicts.learned(run) else 2 for run in deep}
    words = listed(_fate(run, deep) for run in deep)
    few = verdicts.short(deep)
    if 2 in found.values() and few:
        return Verdict(None, say(f"{few}. ", words))
    return verdicts.agreed(found, ANSWERS, words)


def _fate(run: TrialRun, runs: Sequence[TrialRun]) -> Sentence:
    """What became of a net, in words."""
    seed = f" with seed {run.job.seed}" if len(runs) > 1 else ""
    if at := verdicts.diverged(run):
        return say(f"{run.job.name}'s loss{seed} is no longer a finite number at step {at:,}")
    ends = say(f"{run.job.name}{seed} begins at ", _loss(run.steps[0]), " and ends at ", ending(run))
    return say(ends, f", {'' if verdicts.learned(run) else 'not '}below ", verdicts.bar(run))


def _loss(step: Step) -> Worked:
    return worked(step.loss, LOSS if math.isfinite(step.loss) else "")


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    said = []
    for run in runs:
        at = verdicts.diverged(run)
        seed = f" (seed {run.job.seed})" if len(runs) > 2 else ""
        if at is not None:
            losses = joined(", ", map(_loss, run.steps[-LAST:]))
            which = "its last losses" if len(run.steps) > LAST else "losses"
            said.append(say(f"**{run.job.name}{seed} diverges at step {at:,}**: {which} ", losses, "."))
        elif run.steps:
            first, chance = _loss(run.steps[0]), f" (chance: ln 10 = {training.CHANCE:.3f})"
            begun = say(f"**{run.job.name}{seed}** begins at a loss of ", first, chance)
            said.append(say(begun, " and stays finite; its loss is now ", ending(run), "."))
    more = (
        "Each block adds its branch to the signal, so the signal grows by about a constant factor a block; BatchNorm "
        "keeps each branch at unit variance, so that it grows by a constant amount. **Not the setting of the paper.**"
    )
    return points(said, more)


EXPLOSION = Experiment(
    name="explosion",
    part="size",
    title="Explosion",
    asks="Can shortcuts alone do it, without BatchNorm?",
    look="Two residual nets without BatchNorm, at He's initialisation, which is not the paper's setting. Watch the "
    "loss of the first steps; a run ends early if its loss is no longer a finite number.",
    choices=Trained,
    jobs=_jobs,
    question=Prediction(
        text="BatchNorm off, He's initialisation: does ResNet-56 train, that is, end below half of the loss of chance?",
        answers=ANSWERS,
        judge=_judge,
    ),
    charts=(training.LOSSES, training.RATIOS),
    read=_reading,
    sketch=blanks.steps("ResNet-56", (1e-9, 1e9), residual=True),
    rows=training.rows,
    columns=training.COLUMNS,
    source=f"{nets.DIGITS} Why BatchNorm prevents it: {nets.DE_SMITH}.",
    replays=True,
    tracks=tuple(TRACKS),
)
