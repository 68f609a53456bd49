"""Gradient agreement: do different mini-batches ask for the same step?"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.sentence import Sentence, say
from resnet_explorer.experiments import blanks, nets, verdicts
from resnet_explorer.experiments.choices import Repeated
from resnet_explorer.experiments.experiment import Chart, Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.words import Spread, named, points, spread, told
from resnet_explorer.experiments.workings import mean
from resnet_explorer.figures.plot import Line, Plot, Rule
from resnet_explorer.figures.scale import Axis
from resnet_explorer.tasks.agreement import AgreementConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.experiments.columns import Column, Row

DEPTHS = (8, 20, 32, 56)
BATCHES = 6
IDENTITY = "plain-56 near the identity"
BOUNDS = (0.05, 0.2, 0.7)
ANSWERS = ("hardly (below 0.05)", "a little (0.05 to 0.2)", "well (0.2 to 0.7)", "nearly wholly (above 0.7)")


def _config(depth: int, seed: int, *, residual: bool, **settings: Any) -> AgreementConfig:
    return AgreementConfig(net=nets.cifar(depth, residual=residual), batch=128, batches=BATCHES, seed=seed, **settings)


def _jobs(choices: Repeated) -> tuple[Trial, ...]:
    ordinary = [
        Trial(
            name=nets.name(depth, residual=residual),
            config=_config(depth, seed, residual=residual),
            residual=residual,
            weight=nets.weight(depth, DEPTHS[-1]),
        )
        for seed in choices.seeds
        for depth in DEPTHS
        for residual in (False, True)
    ]
    identity = [
        Trial(name=IDENTITY, config=_config(56, seed, residual=False, init="near_identity"), residual=False, weight=0.3)
        for seed in choices.seeds
    ]
    return (*ordinary, *identity)


def _means(runs: Sequence[TrialRun]) -> dict[str, Spread]:
    groups = {name: [run.result for run in group if run.result] for name, group in named(runs).items()}
    return {
        name: spread([each.mean for each in found], [_made(each.cosines) for each in found])
        for name, found in groups.items()
        if found
    }


def _made(cosines: Sequence[float]) -> str:
    """How a mean cosine is made."""
    return mean(cosines, f"cosines {_COSINE} of two mini-batches' gradients")


def _cosines(runs: Sequence[TrialRun]) -> dict[str, tuple[float, float]]:
    """The least and the largest cosine of each net, over all pairs of mini-batches and all seeds."""
    groups = {
        name: [cosine for run in group if run.result for cosine in run.result.cosines]
        for name, group in named(runs).items()
    }
    return {name: (min(found), max(found)) for name, found in groups.items() if found}


_COSINES = Axis("mean cosine between gradients", ends=(-0.1, 1.0), ticks=(0.0, 0.25, 0.5, 0.75, 1.0))
_BLANK = blanks.depth(DEPTHS, _COSINES, "plain", Rule(0.0, "no agreement"))


def _chart(runs: Sequence[TrialRun]) -> Plot | None:
    found, pairs = _means(runs), _cosines(runs)
    lines = []
    for residual, kind in ((False, "plain"), (True, "ResNet")):
        points = {depth: found.get(nets.name(depth, residual=residual)) for depth in DEPTHS}
        known = {depth: each.mean for depth, each in points.items() if each}
        if known:
            ends = tuple(zip(*(pairs[nets.name(depth, residual=residual)] for depth in known), strict=True))
            y = tuple(known.values())
            lines.append(Line(name=kind, x=tuple(known), y=y, residual=residual, marked=True, parts=ends))
    if IDENTITY in found:
        y, ends = (found[IDENTITY].mean,), tuple((end,) for end in pairs[IDENTITY])
        lines.append(Line(name=IDENTITY, x=(56.0,), y=y, residual=False, weight=0.3, marked=True, parts=ends))
    how = "over all pairs, from the least to the largest"
    return Plot(lines=tuple(lines), rules=_BLANK.rules, x=_BLANK.x, y=_BLANK.y, how=how) if lines else None


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    found = _means(runs).get("plain-56")
    if not found:
        return None
    deep = [run for run in runs if run.job.name == "plain-56" and run.result]
    each = {run.job.seed: sum(run.result.mean > bound for bound in BOUNDS) for run in deep}
    return verdicts.agreed(each, ANSWERS, say("plain-56's mean cosine is ", told(found)))


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    said = [say(f"**{name}**: ", told(found)) for name, found in _means(runs).items()]
    more = (
        "At 0, every mini-batch pulls in a direction of its own and steps cancel out. That is consistent with the "
        "direction being the trouble and not the size, but does not show it: the start near the identity, which agrees "
        "more, changes both. A correlate, not a threshold: some nets begin near 0 and train all the same."
    )
    what = "Mean cosine between the gradients of different mini-batches:\n\n"
    return say(what, points(said, more)) if said else Sentence()


def _rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    return [
        {"net": run.job.name, "seed": run.job.seed, "mean_cosine": run.result.mean, "loss": run.result.loss}
        | dict.fromkeys(_PAIRS)
        | dict(zip(_pairs(_batches(len(run.result.cosines))), run.result.cosines, strict=True))
        for run in runs
        if run.result
    ]


def _pairs(batches: int) -> dict[str, tuple[int, int]]:
    """The columns of the pairs of so many mini-batches, in order, each with its two."""
    return {f"cosine_{one}_{other}": (one, other) for one, other in itertools.combinations(range(1, batches + 1), 2)}


def _batches(pairs: int) -> int:
    """How many mini-batches have so many pairs: fewer than asked for where a run was stopped."""
    return (1 + math.isqrt(1 + 8 * pairs)) // 2


def _found(row: Row) -> list[float]:
    return [row[name] for name in _PAIRS if row[name] is not None]


def _loss(rows: Sequence[Row], at: int) -> str:
    return f"measured: the cross-entropy, in nats, mean over {_batches(len(_found(rows[at])))} mini-batches"


_COSINE = "⟨g₁, g₂⟩ ÷ (‖g₁‖ · ‖g₂‖)"
_PAIRS = _pairs(BATCHES)
_COLUMNS: dict[str, Column] = {
    "mean_cosine": lambda rows, at: _made(_found(rows[at])),
    "loss": _loss,
    **{
        name: f"{_COSINE} = {{{name}}}: the whole weight gradients of mini-batches {one} and {other}"
        for name, (one, other) in _PAIRS.items()
    },
}


AGREEMENT = Experiment(
    name="agreement",
    part="direction",
    title="Gradient agreement",
    asks="Do different mini-batches ask for the same step?",
    look="The whole weight gradient of six mini-batches of 128, before the first step: 1 means that all ask for the "
    "same step, 0 that they have nothing in common.",
    choices=Repeated,
    jobs=_jobs,
    question=Prediction(
        text="How far do the gradients of different mini-batches agree in plain-56, as a mean cosine?",
        answers=ANSWERS,
        judge=_judge,
    ),
    charts=(
        Chart(
            name="cosines",
            title="Agreement against depth",
            look="The higher a point, the more do mini-batches ask for the same step.",
            draw=_chart,
        ),
    ),
    read=_reading,
    sketch=lambda _: _BLANK,
    rows=_rows,
    columns=_COLUMNS,
    source=f"{nets.DIGITS} The mean cosine between gradients by the weights of convolutions and fc is a measure of our "
    "own. Related: gradient confusion, how far gradients of different samples point against each other (Sankararaman "
    "et al. 2020, [arXiv:1904.06963](https://arxiv.org/abs/1904.06963)); gradients by the input that resemble noise "
    f"({nets.BALDUZZI}).",
)
