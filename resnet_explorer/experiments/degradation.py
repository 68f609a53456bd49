"""Degradation: deeper plain nets train worse, deeper residual ones do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis.sentence import Sentence, joined, say
from resnet_explorer.experiments import blanks, nets, training, verdicts
from resnet_explorer.experiments.choices import Race
from resnet_explorer.experiments.experiment import Chart, Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.tracks import TRACKS
from resnet_explorer.experiments.words import (
    ended,
    final,
    finals,
    middle,
    named,
    over,
    over_seeds,
    points,
    seeded,
    told,
)
from resnet_explorer.experiments.workings import quotient, times, worked
from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.plot import Line, Plot, Rule
from resnet_explorer.spec import PRESETS
from resnet_explorer.tasks.train import TAIL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.experiments.sketch import Sketch

ALIKE = 1.2
"""Losses within this factor are alike."""
ANSWERS = ("the deepest", "both alike", "the shallowest")
DEPTHS = {"four": (20, 56), "figure6": (8, 20, 32, 44, 56), "demo34": (18, 34)}


def _jobs(choices: Race) -> tuple[Trial, ...]:
    depths = DEPTHS[choices.race]
    settings = {"steps": choices.steps, "lr": choices.lr}
    if choices.race != "demo34":
        return training.jobs(depths, choices.seeds, {}, **settings)
    return tuple(
        Trial(
            name=nets.name(depth, residual=residual),
            config=training.train(PRESETS[f"demo_{kind}{depth}"].spec, seed, **settings),
            residual=residual,
            weight=nets.weight(depth, max(depths)),
        )
        for seed in choices.seeds
        for depth in depths
        for residual, kind in ((False, "plain"), (True, "resnet"))
    )


def _by_depth(runs: Sequence[TrialRun]) -> Plot | None:
    """The mini Figure 6: the loss at the end against depth."""
    ends = {name: each for name, each in finals(runs).items() if each.seeds}
    lines = []
    for residual, kind in ((False, "plain"), (True, "ResNet")):
        found = {int(name.split("-")[1]): each for name, each in ends.items() if name.startswith(kind)}
        several = any(each.seeds > 1 for each in found.values())
        if found:
            lines.append(
                Line(
                    name=kind,
                    x=tuple(found),
                    y=tuple(each.mean for each in found.values()),
                    residual=residual,
                    low=tuple(each.low for each in found.values()) if several else (),
                    high=tuple(each.high for each in found.values()) if several else (),
                    marked=True,
                )
            )
    seeds = over_seeds(max((each.seeds for each in ends.values()), default=0))
    blank, how = _sketch([run.job for run in runs]), f"mean of the last {TAIL} mini-batches{seeds}"
    return Plot(lines=tuple(lines), x=blank.x, y=blank.y, rules=blank.rules, how=how) if lines else None


def _sketch(jobs: Sequence[Trial]) -> Sketch:
    chance = Rule(training.CHANCE, f"chance, ln 10 = {training.CHANCE:.3f}")
    return blanks.depth({int(job.name.split("-")[1]) for job in jobs}, blanks.END, "plain", chance)


def _outcome(runs: Sequence[TrialRun], *, residual: bool) -> Verdict:
    """Which of the shallowest and the deepest net of a kind trains better: an answer, or why it cannot be told."""
    groups = {name: group for name, group in named(runs).items() if group[0].job.residual is residual}
    shallow, deep = next(iter(groups)), list(groups)[-1]
    pair = [*groups[shallow], *groups[deep]]
    ends = finals(pair)
    words = say(f"{deep} ends at ", middle(ends[deep]), f", {shallow} at ", middle(ends[shallow]))
    if gone := verdicts.lost(pair):
        return Verdict(None, say(f"{gone}, which tells of the learning rate and not of depth"))
    if idle := verdicts.idle(pair):
        return Verdict(None, say(f"{idle}: ", words))
    return verdicts.agreed({seed: _order(*map(final, each)) for seed, each in seeded(pair).items()}, ANSWERS, words)


def _order(shallow: float, deep: float) -> int:
    """Which answer two losses give."""
    return 1 if max(shallow, deep) <= ALIKE * min(shallow, deep) else 2 if deep > shallow else 0


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    return _outcome(runs, residual=False) if all(map(over, runs)) else None


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    ends = finals(runs)
    said = [say(f"{name} ", told(each)) for name, each in ends.items() if each.seeds]
    if not said:
        return Sentence()
    text = say(f"{ended(runs)}: ", joined(", ", said), ".")
    if not all(map(over, runs)):
        return text
    depths = [_of_depth(runs, residual=kind) for kind in (False, True)]
    return joined("\n\n", [joined(" ", [text, *depths, _beside(runs)]), _moves(runs)])


def _beside(runs: Sequence[TrialRun]) -> Sentence:
    """The deepest plain net against the deepest residual one; nothing where neither has learned with some seed."""
    plain, residual = [*named(runs)][-2:]
    pair = [run for run in runs if run.job.name in {plain, residual}]
    one, other = finals(pair).values()
    against = _times(one.mean, other.mean, residual)
    return say(f"{plain} ends with ", against, ".") if against and not verdicts.idle(pair) else Sentence()


def _of_depth(runs: Sequence[TrialRun], *, residual: bool) -> Sentence:
    """What the final losses say of depth, in nets of a kind."""
    kind, outcome = "residual" if residual else "plain", _outcome(runs, residual=residual)
    if outcome.right is None:
        return say(f"Whether the deeper {kind} net trains worse cannot be told: ", outcome.words, ".")
    if outcome.right == 1:
        names = list(dict.fromkeys(run.job.name for run in runs if run.job.residual is residual))
        return say(f"Here {names[0]} and {names[-1]} end alike, within a factor of {number(ALIKE)}.")
    if outcome.right == 0:
        return say(f"Here the deeper {kind} net trains better.")
    ends = [each.mean for name, each in finals(runs).items() if name.startswith("ResNet" if residual else "plain")]
    against = _times(ends[-1], ends[0], "the shallow one")
    more = say(" (", against, ")") if against else ""
    if residual:
        too = ", too" if _outcome(runs, residual=False).right == 2 else ""
        return say(f"The deeper residual net ends higher{too}", more, ".")
    return say("**Here the deeper plain net trains worse**", more, ": not overfitting, for this is the training loss.")


def _times(one: float, other: float, whose: str) -> Sentence:
    """How many times the other loss it is; nothing where that is no number."""
    made = quotient(one, other, "losses at the end")
    return say(times(worked(one / other, made)), f" the loss of {whose}") if made else Sentence()


def _moves(runs: Sequence[TrialRun]) -> Sentence:
    """What becomes of the gradient and of the outer layers, in the plain nets that are judged and a residual one."""
    groups = named(runs)
    plain = [name for name, group in groups.items() if not group[0].job.residual]
    return points(training.moves(runs, dict.fromkeys((plain[0], plain[-1], list(groups)[-1]))))


DEGRADATION = Experiment(
    name="degradation",
    part="trouble",
    title="Degradation",
    asks="Does a deeper plain net train worse, and a deeper residual one not?",
    look="The race: plain nets dashed, residual ones solid, deeper ones heavier. All start from the same weights where "
    "they share layers, and see the same data in the same order.",
    choices=Race,
    jobs=_jobs,
    question=Prediction(
        text="Which plain net will have the lower training loss at the end, the shallowest or the deepest?",
        answers=ANSWERS,
        judge=_judge,
    ),
    charts=(
        Chart(
            name="by_depth",
            title="Loss against depth",
            look="The paper's Figure 6 in small: which line rises with depth, and how fast?",
            draw=_by_depth,
        ),
        training.LOSSES,
        training.RATIOS,
        training.WEIGHTS,
    ),
    read=_reading,
    sketch=_sketch,
    rows=training.rows,
    columns=training.COLUMNS,
    source=f"{nets.DIGITS} SGD, momentum 0.9, weight decay 1e-4, mini-batches of 64, He initialisation, BatchNorm. "
    f"Compare Figures 1 and 6 of {nets.HE}.",
    replays=True,
    tracks=tuple(TRACKS),
)
