"""What could cure a plain net? One change at a time to the training of plain-56."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.analysis.conventions import capital
from resnet_explorer.analysis.sentence import Sentence, joined, listed, say
from resnet_explorer.experiments import blanks, grid, nets, training, verdicts
from resnet_explorer.experiments.choices import Trained
from resnet_explorer.experiments.experiment import Chart, Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.tracks import TRACKS
from resnet_explorer.experiments.words import comparable, final, finals, named, over, points, seeded, told
from resnet_explorer.figures.dots import Dot, Dots
from resnet_explorer.figures.plot import Rule
from resnet_explorer.tasks.train import TAIL

if TYPE_CHECKING:
    from collections.abc import Sequence

DEPTH = 56
CURED = 0.5
"""A cure is what lets the net learn, and brings its loss below this share of the untreated one's, with each seed."""


class Treatment(NamedTuple):
    """A name, and what it changes of the training."""

    name: str
    settings: dict[str, Any]
    residual: bool = False


NONE = "plain-56 as it is"
REFERENCE = "ResNet-56"
IDENTITY = "near the identity"
TREATMENTS = (
    Treatment(NONE, {}),
    Treatment("gradient clipped to 1", {"clip": "global", "clip_at": 1.0}),
    Treatment("each layer clipped to 0.1 ‖W‖", {"clip": "layer", "clip_at": 0.1}),
    Treatment("warm-up over 60 steps", {"warmup": 60}),
    Treatment("Adam, 0.001", {"optimiser": "adam", "lr": 0.001}),
    Treatment("learning rate 0.1", {"lr": 0.1}),
    Treatment("learning rate 0.005", {"lr": 0.005}),
    Treatment(IDENTITY, {"init": "near_identity", "eps": 0.1}),
    Treatment(REFERENCE, {}, residual=True),
)
WEIGHTS = {NONE: 0.3, IDENTITY: 1.0, REFERENCE: 1.0}
"""The lines that stand out over the steps, and how heavy they are."""
STRONG = "Pale dashes: the other treatments."
ANSWERS = ("smaller gradients: clipping", "a gentler start: warm-up", "Adam", "another learning rate", IDENTITY)
TREATMENT_KINDS = (TREATMENTS[1:3], TREATMENTS[3:4], TREATMENTS[4:5], TREATMENTS[5:7], TREATMENTS[7:8])


def _jobs(choices: Trained) -> tuple[Trial, ...]:
    return tuple(
        Trial(
            name=each.name,
            config=training.train(
                nets.cifar(DEPTH, residual=each.residual), seed, **{"steps": choices.steps, **each.settings}
            ),
            residual=each.residual,
            weight=1.0 if each.name in {NONE, REFERENCE} else 0.3,
        )
        for seed in choices.seeds
        for each in TREATMENTS
    )


def _chart(runs: Sequence[TrialRun]) -> Dots | None:
    dots = tuple(
        Dot(name, each.mean, each.low, each.high, residual=name == REFERENCE)
        for name, each in finals(runs).items()
        if each.seeds
    )
    rules = tuple(Rule(dot.value, "untreated") for dot in dots if dot.name == NONE)
    return Dots(dots=dots, x=blanks.END, how=f"mean of the last {TAIL} mini-batches", rules=rules) if dots else None


def _singled(chart: Chart) -> Chart:
    """A chart over the steps in which the start near the identity stands before the other treatments."""

    def draw(runs: Sequence[TrialRun]) -> Any:
        plot: Any = chart.draw(runs)
        if plot is None:
            return None
        lines = [
            dataclasses.replace(line, weight=WEIGHTS.get(line.name, 0.0), faint=line.name not in WEIGHTS)
            for line in plot.lines
        ]
        return dataclasses.replace(plot, lines=tuple(sorted(lines, key=lambda line: not line.faint)))

    return dataclasses.replace(chart, draw=draw, look=f"{chart.look} {STRONG}")


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    if not all(map(over, runs)):
        return None
    ends = finals(runs)
    ranked = {seed: _ranked({run.job.name: run for run in each}) for seed, each in seeded(runs).items()}
    found = {seed: best for seed, (best, *_) in ranked.items()}
    names = dict.fromkeys(run.job.name for run in found.values())
    lowest = listed(say(f"{name} ends lowest, at ", told(ends[name])) for name in names)
    words = say(lowest, "; untreated ", told(ends[NONE]))
    if idle := verdicts.idle(list(found.values())):
        return Verdict(None, say(f"{idle}: ", words))
    if any(final(run) >= grid.APART * final(bare) for run, bare in zip(found.values(), named(runs)[NONE], strict=True)):
        return Verdict(None, say("not with every seed is it lower than untreated by a fifth: ", words))
    for seed, (best, second, *_) in ranked.items():
        if not final(best) < grid.APART * _loss(second):
            alike = f"{best.job.name} and {second.job.name} end within a fifth of each other with seed {seed}"
            return Verdict(None, say(f"{alike}: ", words))
    return verdicts.agreed({seed: _family(run.job.name) for seed, run in found.items()}, ANSWERS, words)


def _ranked(runs: dict[str, TrialRun]) -> list[TrialRun]:
    """Of each answer the net that ends lowest, the lowest of all first."""
    return sorted((min((runs[each.name] for each in family), key=_loss) for family in TREATMENT_KINDS), key=_loss)


def _loss(run: TrialRun) -> float:
    """Its loss at the end; without bound where it diverged."""
    return comparable(final(run))


def _family(name: str) -> int:
    """The answer to which a treatment belongs."""
    return next(index for index, family in enumerate(TREATMENT_KINDS) if name in {each.name for each in family})


def _cured(run: TrialRun, bare: TrialRun) -> bool:
    """Whether a net learns, and ends with less than half of the loss of the untreated one."""
    return verdicts.learned(run) and final(run) < CURED * final(bare)


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    bare = {run.job.seed: run for run in runs if run.job.name == NONE and over(run)}
    ended = [run for run in runs if over(run) and run.job.seed in bare]
    done = {name: each for name, each in finals(ended).items() if each.seeds}
    if NONE not in done:
        return Sentence()
    cured = {name for name, group in named(ended).items() if all(_cured(run, bare[run.job.seed]) for run in group)}
    treated = {name: told(each) for name, each in done.items() if name not in {NONE, REFERENCE}}
    lost = verdicts.lost(runs)
    compared = math.isfinite(done[NONE].mean)
    finite = {name: text for name, text in treated.items() if compared and math.isfinite(done[name].mean)}
    helped = [say(f"{name}: ", text) for name, text in finite.items() if name in cured]
    others = [say(f"{name}: ", text) for name, text in finite.items() if name not in cured]
    learned = say("to below ", verdicts.bar(ended[0]), ", with every seed")
    not_so = "Not so" if helped else say("Not halved ", learned, ",")
    reference = done.get(REFERENCE)
    holds = (
        f"This holds {verdicts.within(runs)} and with these settings only: no claim that no optimiser can. The start "
        "near the identity changes norms and agreement at once, so it does not tell which of them matters."
    )
    said = [
        say("**plain-56** as it is ends at ", told(done[NONE]), ".") if compared else "",
        say("**Halved or better** by ", listed(helped), "; ", learned, ".") if helped else "",
        say(not_so, " by ", listed(others), ".") if others else "",
        say("ResNet-56 ends at ", told(reference), ".") if reference and math.isfinite(reference.mean) else "",
        f"{capital(lost)}." if lost else "",
        holds,
    ]
    return joined("\n\n", [joined(" ", said), points(training.moves(runs, (NONE, IDENTITY, REFERENCE)))])


CURES = Experiment(
    name="cures",
    part="size",
    title="What could cure a plain net",
    asks="Do clipping, warm-up, Adam or other learning rates cure a plain net?",
    look="One change at a time to the training of plain-56, against the same net untreated and against ResNet-56. If "
    "the size of the gradient were the trouble, clipping should help.",
    choices=Trained,
    jobs=_jobs,
    question=Prediction(
        text="Which of these brings plain-56's training loss down most, within these steps?",
        answers=ANSWERS,
        judge=_judge,
    ),
    charts=(
        Chart(
            name="ends",
            title="Loss at the end",
            look="Further left is better; the bar spans the seeds where there are some.",
            draw=_chart,
        ),
        _singled(training.LOSSES),
        _singled(training.RATIOS),
    ),
    read=_reading,
    sketch=blanks.rows,
    rows=training.rows,
    columns=training.COLUMNS,
    source=f"{nets.DIGITS} Identity as a good point of reference: a hypothesis of Section 3.1 of {nets.HE}; plain nets "
    "kept near it: Zagoruyko & Komodakis 2017, [arXiv:1706.00388](https://arxiv.org/abs/1706.00388); begun so that "
    "signals pass undistorted: Xiao et al. 2018, [arXiv:1806.05393](https://arxiv.org/abs/1806.05393).",
    replays=True,
    tracks=tuple(TRACKS),
)
