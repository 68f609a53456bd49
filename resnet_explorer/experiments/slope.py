"""The factor per layer: fifty wide layers, for which theory gives the slope."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.growth import BATCH_NORM, PYTORCH
from resnet_explorer.analysis.sentence import Sentence, say
from resnet_explorer.experiments import nets, verdicts
from resnet_explorer.experiments.choices import Repeated
from resnet_explorer.experiments.columns import alike
from resnet_explorer.experiments.experiment import Chart, Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.sketch import Sketch
from resnet_explorer.experiments.words import Spread, geometric, named, points, spread
from resnet_explorer.experiments.workings import fine, quotient, root, slope, worked
from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.plot import Line, Plot
from resnet_explorer.figures.scale import Axis
from resnet_explorer.tasks.dense import DenseConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.experiments.columns import Column, Row

NORMED = "BatchNorm"
DEFAULT = "'s default"
"""What a name does without at the end of its line."""
SETTINGS: dict[str, tuple[dict[str, Any], float, str]] = {
    NORMED: ({"norm": True}, BATCH_NORM, "√(π ÷ (π − 1))"),
    f"no BatchNorm, PyTorch{DEFAULT}": ({"norm": False, "init": "pytorch"}, PYTORCH, "√(1/3 · 1/2)"),
    "no BatchNorm, He": ({"norm": False}, 1.0, "√(2 · 1/2)"),
}
"""Each with what theory says, and its working: without BatchNorm, variance and number of weights, and half for ReLU."""
ANSWERS = (0.41, 1.0, 1.21, 2.0)
SAID = tuple(f"about {answer}" for answer in ANSWERS)
LAYERS = DenseConfig().layers
FITTED = (
    f"Fitted to layers 2 to {LAYERS}: what enters the first was not rectified, so that with BatchNorm it obeys another "
    "factor."
)
LAST_STEP = math.sqrt(0.5)
"""The factor of the step to the first layer with BatchNorm: one over the deviation of what it gives, which is √2."""


def _jobs(choices: Repeated) -> tuple[Trial, ...]:
    return tuple(
        Trial(name=name, config=DenseConfig(seed=seed, **settings), residual=False, weight=index / 2)
        for seed in choices.seeds
        for index, (name, (settings, *_)) in enumerate(SETTINGS.items())
    )


def _factors(runs: Sequence[TrialRun]) -> dict[str, Spread]:
    groups = {
        name: [run.result for run in group if run.result and math.isfinite(run.result.factor)]
        for name, group in named(runs).items()
    }
    return {
        name: spread(
            [each.factor for each in found],
            [slope(each.factor, each.norms[1:], f"{each.factor:.4f}") for each in found],
        )
        for name, found in groups.items()
        if found
    }


_BLANK = Sketch(
    x=Axis("layers gone back from the last", ends=(0.0, 50.0), ticks=(0, 10, 20, 30, 40, 50)),
    y=Axis("gradient at the layer's output (log)", log=True, ends=(1e-18, 1e9)),
)


def _norms(runs: Sequence[TrialRun]) -> Plot | None:
    done = [group[0] for group in named([run for run in runs if run.result]).values()]
    lines = tuple(
        Line(
            name=f"{run.job.name.removesuffix(DEFAULT)}: ×\u00a0{run.result.factor:.3f}",
            x=tuple(range(len(run.result.norms))),
            y=run.result.norms[::-1],
            residual=False,
            weight=0.6,
            marked=True,
        )
        for run in done
    )
    return Plot(lines=lines, x=_BLANK.x, y=_BLANK.y) if lines else None


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    found = _factors(runs).get(NORMED)
    if not found:
        return None
    words = say("the fitted factor per layer is ", _said(found), "; theory says ", _theory(NORMED))
    seeds = [run.job.seed for run in named(runs)[NORMED] if run.result and math.isfinite(run.result.factor)]
    return verdicts.agreed(dict(zip(seeds, map(_nearest, found.values), strict=True)), SAID, words)


def _nearest(factor: float) -> int:
    return min(range(len(ANSWERS)), key=lambda index: abs(ANSWERS[index] - factor))


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    said = [_fitted(name, found) for name, found in _factors(runs).items()]
    whole = _whole(runs)
    return points(said, whole, (whole and _last_step(runs)) or FITTED)


def _fitted(name: str, factors: Spread) -> Sentence:
    """The factor of a setting, against the one of theory."""
    fitted = say(f"**{name}**: × ", _said(factors), " per layer towards the input")
    return say(fitted, "; theory ", _theory(name), ", off by ", _off(factors.mean, SETTINGS[name][1]), ".")


def _said(factors: Spread) -> Worked:
    """The factor, in four decimals: the fitted one, or the mean of those of several seeds."""
    said = f"{factors.mean:.4f}"
    return worked(factors.mean, factors.worked_as(said), said)


def _theory(name: str) -> Worked:
    _, factor, made = SETTINGS[name]
    return worked(factor, f"{made} = {factor:.4f}", f"{factor:.4f}")


def _off(one: float, other: float) -> Worked:
    apart = abs(one - other)
    return worked(apart, f"{max(one, other):.8f} − {min(one, other):.8f} = {number(apart)}")


def _whole(runs: Sequence[TrialRun]) -> Sentence:
    """What it comes to from the last layer to the first."""
    grown = _between(runs, -1)
    if not math.isfinite(grown.value):
        return Sentence()
    times = say("With BatchNorm the gradient grows ", grown, " times on the way to the first layer")
    return say(times, ": it is BatchNorm itself that makes it explode.") if grown.value > 100 else say(times, ".")


def _last_step(runs: Sequence[TrialRun]) -> Sentence:
    """The step to the first layer, which is another one: its input has a variance of 1, that of others 1/2 - 1/(2π)."""
    last = _between(runs, 1)
    if not abs(last.value - LAST_STEP) < LAST_STEP / 10:
        return Sentence()
    return say(
        "Its last step alone is × ",
        last,
        " (theory 1/√2 = 0.707): what enters the first layer was not rectified and varies more, so that BatchNorm "
        f"divides by more. Fitted to layers 2 to {LAYERS}, without that step.",
    )


def _between(runs: Sequence[TrialRun], place: int) -> Worked:
    """How many times the gradient at that place the one at the first layer is, over the seeds."""
    rows = [run.result.norms for run in runs if run.result and run.job.name == NORMED]
    norms = [(row[0], row[place]) for row in rows if len(row) > 1 and row[place]]
    found = [one / other for one, other in norms]
    times = geometric(found)
    said, of = number(times), f"norms of the gradient at layer 1 and at {'the last' if place < 0 else 'layer 2'}"
    single = quotient(*norms[0], of) if norms else ""
    return worked(times, root(found, f"of each seed the quotient of {of}", said) if len(found) > 1 else single)


def _rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    return [
        {"setting": run.job.name, "seed": run.job.seed, "layer": index, "norm": norm}
        | {"factor": run.result.factor, "theory": SETTINGS[run.job.name][1]}
        for run in runs
        if run.result
        for index, norm in enumerate(run.result.norms, 1)
    ]


def _fit(rows: Sequence[Row], at: int) -> str:
    """How a factor was fitted: to the norms of all layers of its net but the first."""
    factor, norms = rows[at]["factor"], [row["norm"] for row in alike(rows, at, "setting", "seed")]
    return slope(factor, norms[1:], fine(factor))


_COLUMNS: dict[str, Column] = {
    "norm": "{norm}: the root of the sum of the squares of the gradient by all that the layer gives for the mini-batch",
    "factor": _fit,
    "theory": lambda rows, at: f"{SETTINGS[rows[at]['setting']][2]} = {fine(rows[at]['theory'])}",
}


SLOPE = Experiment(
    name="slope",
    part="size",
    title="The factor per layer",
    asks="By how much does one layer multiply the gradient, and does theory know?",
    look="Fifty fully connected layers of 1,000 units, 256 random vectors: a straight line on the log axis means that "
    "each layer multiplies the gradient by the same number.",
    choices=Repeated,
    jobs=_jobs,
    question=Prediction(
        text="By what does a wide layer with BatchNorm and ReLU multiply the gradient on its way back?",
        answers=SAID,
        judge=_judge,
    ),
    charts=(
        Chart(
            name="norms",
            title="The gradient, layer by layer",
            look="The gradient starts at the last layer, on the left. How steep is each line?",
            draw=_norms,
        ),
    ),
    read=_reading,
    sketch=lambda _: _BLANK,
    rows=_rows,
    columns=_COLUMNS,
    source=f"Random vectors, random weights, a random gradient at the end: no data. Theory, for layers and "
    f"mini-batches without end, where these have 1,000 units and 256 vectors: {nets.YANG}: "
    "√(π/(π−1)) = 1.2112 with BatchNorm; √(1/6) = 0.4082 at PyTorch's default without.",
)
