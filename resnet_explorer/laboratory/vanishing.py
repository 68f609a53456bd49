"""True vanishing: without BatchNorm, at PyTorch's default initialisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.figures.numbers import number
from resnet_explorer.laboratory import nets, racing
from resnet_explorer.laboratory.choices import Trained
from resnet_explorer.laboratory.experiment import Experiment, Job, Question, Run, Verdict
from resnet_explorer.laboratory.words import final, finals, geometric, named, over, overflowed, points, regime, told
from resnet_explorer.laboratory.workings import root, worked

if TYPE_CHECKING:
    from collections.abc import Sequence

LEARNED = 0.5
"""Of the loss of chance: below it, a net has learned."""


def _jobs(choices: Trained) -> tuple[Job, ...]:
    return racing.jobs((20, 56), choices.seeds, {"norm": "none"}, init="pytorch", steps=choices.steps)


def _judge(runs: Sequence[Run]) -> Verdict | None:
    if not all(map(over, runs)):
        return None
    learned = {
        kind: any(final(run) < LEARNED * racing.CHANCE for run in runs if run.job.residual is kind)
        for kind in (False, True)
    }
    words = ", ".join(f"{name} ends at {told(each)}" for name, each in finals(runs).items())
    return Verdict({(True, True): 0, (False, True): 1, (True, False): 2}.get((learned[False], learned[True]), 3), words)


def _reading(runs: Sequence[Run]) -> str:
    said = []
    for name, group in named(runs).items():
        begun = [run for run in group if run.steps]
        if begun:
            loss = finals(begun)[name]
            stuck = " (chance)" if abs(loss.mean - racing.CHANCE) < 0.02 else ""
            said.append(f"**{name}**: first / last at the start {_start(begun)}; loss {told(loss)}{stuck}.")
    return points(said, "This is **not the setting of the paper**, whose nets all have BatchNorm.")


def _start(begun: Sequence[Run]) -> str:
    """The ratio of the first step over the seeds, and what it means."""
    firsts = [run.steps[0] for run in begun]
    found = [step.ratio for step in firsts]
    ratio = geometric(found)
    words = next(filter(None, (overflowed(step.loss, step.norms) for step in firsts)), "") or regime(ratio)
    said = number(ratio)
    made = root(found, "the ratio of each seed", said)
    told = worked(said, made) if len(found) > 1 else racing.ratios(begun[0], [0])[0]
    return f"{told}, **{words}**"


VANISHING = Experiment(
    name="vanishing",
    part="size",
    title="True vanishing",
    asks="When does the gradient really vanish?",
    look="The race of Degradation once more, without BatchNorm and at PyTorch's default initialisation, which is not "
    "the paper's setting. Watch which lines leave chance, and where the gradient stands before the first step.",
    choices=Trained,
    jobs=_jobs,
    question=Question(
        text="BatchNorm off, PyTorch's default initialisation: which nets learn at all?",
        answers=("plain and residual", "only residual ones", "only plain ones", "none"),
        judge=_judge,
    ),
    charts=(racing.LOSSES, racing.RATIOS),
    read=_reading,
    rows=racing.rows,
    columns=racing.COLUMNS,
    source=f"{nets.DIGITS} Not the setting of {nets.HE}: there, BatchNorm is everywhere. The factor per layer is near "
    "1/√6 = 0.408, so 56 layers pass below what a 32-bit number can hold.",
    replays=True,
    tracks=racing.TRACKS,
)
