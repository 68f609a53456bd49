"""True vanishing: without BatchNorm, at PyTorch's default initialisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis.growth import PYTORCH
from resnet_explorer.analysis.sentence import Sentence, joined, say
from resnet_explorer.experiments import blanks, nets, training, verdicts
from resnet_explorer.experiments.choices import Trained
from resnet_explorer.experiments.experiment import Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.tracks import TRACKS
from resnet_explorer.experiments.words import (
    finals,
    geometric,
    named,
    over,
    overflowed,
    points,
    regime,
    seeded,
    shared,
    told,
)
from resnet_explorer.experiments.workings import root, worked
from resnet_explorer.figures.numbers import number

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS_BACK = 54
"""Layers between the first and the last convolution of a net of 56."""
ANSWERS = ("plain and residual", "only residual ones", "only plain ones", "none")


def _jobs(choices: Trained) -> tuple[Trial, ...]:
    return training.jobs((20, 56), choices.seeds, {"norm": "none"}, init="pytorch", steps=choices.steps)


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    if not all(map(over, runs)):
        return None
    ends = joined(", ", (say(f"{name} ends at ", told(each)) for name, each in finals(runs).items()))
    words = say(ends, "; to learn is to end below ", verdicts.bar(runs[0]))
    found, few = {seed: _who(each) for seed, each in seeded(runs).items()}, verdicts.short(runs)
    if any(found.values()) and few:
        return Verdict(None, say(f"{few}. ", words))
    return verdicts.agreed(found, ANSWERS, words)


def _who(runs: Sequence[TrialRun]) -> int:
    """Which answer the runs of one seed give: of which kinds there is a net that has learned."""
    plain, residual = (any(verdicts.learned(run) for run in runs if run.job.residual is kind) for kind in (False, True))
    return {(True, True): 0, (False, True): 1, (True, False): 2, (False, False): 3}[plain, residual]


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    said = []
    for name, group in named(runs).items():
        begun = [run for run in group if run.steps]
        if begun:
            loss = finals(begun)[name]
            stuck = " (chance)" if all(abs(each - training.CHANCE) < 0.02 for each in loss.values) else ""
            start = say(f"**{name}**: first / last at the start ", _start(begun))
            said.append(say(start, "; loss ", told(loss), f"{stuck}."))
    end = "This is **not the setting of the paper**, whose nets all have BatchNorm."
    return joined("\n\n", [points(said, end), points(training.moves(runs, ["plain-56", "ResNet-56"]))])


def _start(begun: Sequence[TrialRun]) -> Sentence:
    """The ratio of the first step over the seeds, and what it means."""
    firsts = [run.steps[0] for run in begun]
    found = [step.ratio for step in firsts]
    ratio = geometric(found)
    words = shared(overflowed(step.loss, step.norms) or regime(step.ratio) for step in firsts)
    made = root(found, "the ratio of each seed", number(ratio))
    return say(worked(ratio, made) if len(found) > 1 else training.ratios(begun[0], [0])[0], f", **{words}**")


VANISHING = Experiment(
    name="vanishing",
    part="size",
    title="True vanishing",
    asks="When does the gradient really vanish?",
    look="The race of Degradation once more, without BatchNorm and at PyTorch's default initialisation, which is not "
    "the paper's setting. Watch which lines leave chance, and where the gradient stands before the first step.",
    choices=Trained,
    jobs=_jobs,
    question=Prediction(
        text="BatchNorm off, PyTorch's default initialisation: which nets learn, that is, end below half of the "
        "loss of chance?",
        answers=ANSWERS,
        judge=_judge,
    ),
    charts=(training.LOSSES, training.RATIOS),
    read=_reading,
    sketch=blanks.steps("plain-56"),
    rows=training.rows,
    columns=training.COLUMNS,
    source=f"{nets.DIGITS} Not the setting of {nets.HE}: there, BatchNorm is everywhere. The factor per layer is near "
    f"1/√6 = {PYTORCH:.3f}; {STEPS_BACK} times, from the last convolution of plain-56 to the first, that is "
    f"{number(PYTORCH**STEPS_BACK)}: not 0, since 32 bits hold numbers down to 10⁻⁴⁵, but too little to learn by.",
    replays=True,
    tracks=tuple(TRACKS),
)
