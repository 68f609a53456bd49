"""Degradation: deeper plain nets train worse, deeper residual ones do not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.plot import Line, Plot
from resnet_explorer.figures.scale import Axis
from resnet_explorer.laboratory import nets, racing
from resnet_explorer.laboratory.choices import Race
from resnet_explorer.laboratory.experiment import Chart, Experiment, Job, Question, Run, Verdict
from resnet_explorer.laboratory.words import ended, finals, middle, over, over_seeds, told
from resnet_explorer.laboratory.workings import quotient, worked
from resnet_explorer.records import TAIL
from resnet_explorer.spec import PRESETS

if TYPE_CHECKING:
    from collections.abc import Sequence

ALIKE = 1.2
"""Losses within this factor are alike."""
LATER = 50
"""Steps after which the first layer is looked at again."""
GROWN = 2.0
DEPTHS = {"four": (20, 56), "figure6": (8, 20, 32, 44, 56), "demo34": (18, 34)}


def _jobs(choices: Race) -> tuple[Job, ...]:
    depths = DEPTHS[choices.race]
    settings = {"steps": choices.steps, "lr": choices.lr}
    if choices.race != "demo34":
        return racing.jobs(depths, choices.seeds, {}, **settings)
    return tuple(
        Job(
            name=nets.name(depth, residual=residual),
            config=racing.train(PRESETS[f"demo_{kind}{depth}"].spec, seed, **settings),
            residual=residual,
            weight=nets.weight(depth, max(depths)),
        )
        for seed in choices.seeds
        for depth in depths
        for residual, kind in ((False, "plain"), (True, "resnet"))
    )


def _by_depth(runs: Sequence[Run]) -> Plot | None:
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
    ticks = tuple(sorted({x for line in lines for x in line.x}))
    axis = Axis("training loss at the end, nats (log)", log=True)
    seeds = over_seeds(max((each.seeds for each in ends.values()), default=0))
    x, how = Axis("weighted layers", ticks=ticks), f"mean of the last {TAIL} mini-batches{seeds}"
    return Plot(lines=tuple(lines), x=x, y=axis, how=how) if lines else None


def _ends(runs: Sequence[Run]) -> tuple[float, float, str] | None:
    """The final losses of the shallowest and of the deepest plain net, and their names."""
    if not all(map(over, runs)):
        return None
    plain = [(name, each) for name, each in finals(runs).items() if name.startswith("plain")]
    (shallow, one), (deep, other) = plain[0], plain[-1]
    return one.mean, other.mean, f"{deep} ends at {middle(other)}, {shallow} at {middle(one)}"


def _worse(shallow: float, deep: float) -> bool | None:
    """Whether the deeper net trains worse; None where neither does. Who diverges is worse than who does not."""
    one, other = (each if math.isfinite(each) else math.inf for each in (shallow, deep))
    if one == other == math.inf or max(one, other) <= ALIKE * min(one, other):
        return None
    return other > one


def _judge(runs: Sequence[Run]) -> Verdict | None:
    found = _ends(runs)
    if found is None:
        return None
    shallow, deep, words = found
    return Verdict({False: 0, None: 1, True: 2}[_worse(shallow, deep)], words)


def _reading(runs: Sequence[Run]) -> str:
    ends = finals(runs)
    said = [f"{name} {told(each)}" for name, each in ends.items() if each.seeds]
    if not said:
        return ""
    text = f"{ended(runs)}: {', '.join(said)}."
    found = _ends(runs)
    if found is None:
        return text
    deep = max(int(name.split("-")[1]) for name in ends)
    plain, residual = ends[f"plain-{deep}"].mean, ends[f"ResNet-{deep}"].mean
    against = _times(plain, residual)
    beside = f" At {deep} layers the plain net ends with {against} times the residual net's loss." if against else ""
    return f"{text} {_outcome(*found[:2])}{beside}{_frozen(runs, deep)}"


def _outcome(shallow: float, deep: float) -> str:
    """What the two final losses say of depth, in a plain net."""
    worse = _worse(shallow, deep)
    if worse:
        times = _times(deep, shallow)
        much = f" ({times} times the loss of the shallow one)" if times else ""
        return f"**The deeper plain net trains worse**{much}: not overfitting, for this is the training loss."
    if worse is False:
        return "Here the deeper plain net trains better."
    if not math.isfinite(deep):
        return "Here both plain nets diverge."
    return f"Here both plain nets end alike, within a factor of {number(ALIKE)}."


def _times(one: float, other: float) -> str:
    """How many times the other it is; nothing where that is no number."""
    made = quotient(one, other, "losses at the end")
    return worked(number(one / other), made) if made else ""


def _frozen(runs: Sequence[Run], deep: int) -> str:
    """What becomes of the first layer of the deep plain net: its gradient at first and later, and its weights."""
    run = next(run for run in runs if run.job.name == f"plain-{deep}")
    steps = run.steps
    if len(steps) <= LATER or not (steps[0].weights and steps[LATER].weights):
        return ""
    at, later = steps[0], steps[LATER]
    grown = later.weights[0] / at.weights[0]
    if not (at.ratio > 1 > later.ratio and grown > GROWN):
        return ""
    first, then = racing.ratios(run, (0, LATER))
    times = quotient(later.weights[0], at.weights[0], "norms of its weights")
    return (
        f" Its gradient **explodes, then freezes**: first / last is {first} at step 1 and {then} at step {LATER + 1}, "
        f"when the first layer's weights have grown {worked(number(grown), times)} times."
    )


DEGRADATION = Experiment(
    name="degradation",
    part="trouble",
    title="Degradation",
    asks="Does a deeper plain net train worse, and a deeper residual one not?",
    look="The race: plain nets dashed, residual ones solid, deeper ones heavier. All start from the same weights where "
    "they share layers, and see the same data in the same order.",
    choices=Race,
    jobs=_jobs,
    question=Question(
        text="Which plain net will have the lower training loss at the end, the shallowest or the deepest?",
        answers=("the deepest", "both alike", "the shallowest"),
        judge=_judge,
    ),
    charts=(
        racing.LOSSES,
        Chart(
            name="by_depth",
            title="Loss against depth",
            look="The paper's Figure 6 in small: which line rises with depth, and how fast?",
            draw=_by_depth,
        ),
        racing.RATIOS,
        racing.WEIGHTS,
    ),
    read=_reading,
    rows=racing.rows,
    columns=racing.COLUMNS,
    source=f"{nets.DIGITS} SGD, momentum 0.9, weight decay 1e-4, mini-batches of 64, He initialisation, BatchNorm. "
    f"Compare Figures 1 and 6 of {nets.HE}.",
    replays=True,
    tracks=racing.TRACKS,
)
