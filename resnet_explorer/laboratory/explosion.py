"""Explosion: shortcuts without BatchNorm, at He's initialisation."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.figures.numbers import number
from resnet_explorer.laboratory import nets, racing
from resnet_explorer.laboratory.choices import Trained
from resnet_explorer.laboratory.experiment import Experiment, Job, Question, Run, Verdict
from resnet_explorer.laboratory.words import LOSS, final, of_final, over, points
from resnet_explorer.laboratory.workings import worked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.records import Step

LEARNED = 0.5
"""Of the loss of chance: below it, a net has learned."""


def _jobs(choices: Trained) -> tuple[Job, ...]:
    jobs = racing.jobs((20, 56), choices.seeds, {"norm": "none"}, init="he", steps=choices.steps)
    return tuple(job for job in jobs if job.residual)


def _diverged(run: Run) -> int | None:
    """The number of the step, from 1, at which the loss was no longer finite."""
    return run.steps[-1].step + 1 if run.result and run.result.status == "diverged" else None


def _judge(runs: Sequence[Run]) -> Verdict | None:
    deep = [run for run in runs if run.job.name == "ResNet-56"]
    if not deep or not all(map(over, deep)):
        return None
    at = _diverged(deep[0])
    if at is None:
        learned = final(deep[0]) < LEARNED * racing.CHANCE
        return Verdict(0 if learned else 2, f"ResNet-56 begins at {_first(deep[0])} and ends at {_last(deep[0])}")
    return Verdict(1, f"ResNet-56's loss is no longer a finite number at step {at}")


def _first(run: Run) -> str:
    return _loss(run.steps[0])


def _loss(step: Step) -> str:
    return worked(number(step.loss), LOSS if math.isfinite(step.loss) else "")


def _last(run: Run) -> str:
    return worked(number(final(run)), of_final(run))


def _reading(runs: Sequence[Run]) -> str:
    said = []
    for run in runs:
        at = _diverged(run)
        seed = f" (seed {run.job.seed})" if len(runs) > 2 else ""
        if at is not None:
            losses = ", ".join(_loss(step) for step in run.steps[:4])
            said.append(f"**{run.job.name}{seed} diverges at step {at}**: losses {losses}.")
        elif run.steps:
            begun = f"begins at a loss of {_first(run)} (chance: ln 10 = {racing.CHANCE:.3f})"
            said.append(f"**{run.job.name}{seed}** {begun} and stays finite; its loss is now {_last(run)}.")
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
    question=Question(
        text="BatchNorm off, He's initialisation: what becomes of ResNet-56?",
        answers=("it trains", "it diverges", "it stays finite, and learns nothing"),
        judge=_judge,
    ),
    charts=(racing.LOSSES, racing.RATIOS),
    read=_reading,
    rows=racing.rows,
    columns=racing.COLUMNS,
    source=f"{nets.DIGITS} Why BatchNorm prevents it: {nets.DE_SMITH}.",
    replays=True,
    tracks=racing.TRACKS,
)
