"""What experiments that train nets share: their jobs, the charts over the steps, and the table."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.frozen import outer
from resnet_explorer.experiments import moving, nets
from resnet_explorer.experiments.columns import alike
from resnet_explorer.experiments.courses import Working, over_steps, running_mean
from resnet_explorer.experiments.experiment import Chart, Trial, TrialRun
from resnet_explorer.experiments.words import ENDS, LOSS, final, named, of_losses, over_seeds
from resnet_explorer.experiments.workings import quotient, worked
from resnet_explorer.figures.plot import Line, Plot, Rule
from resnet_explorer.figures.scale import Axis
from resnet_explorer.tasks.train import TAIL, Step, TrainConfig, relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resnet_explorer.analysis.sentence import Sentence
    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.experiments.columns import Column, Row
    from resnet_explorer.spec import NetSpec

CHANCE = math.log(10)
STEP = Axis("step")
QUOTIENT = "%{customdata[0]:.3g} ÷ %{customdata[1]:.3g} = %{y:.3g}"
"""A ratio as the quotient of two norms."""
MANY = 1000
"""A longer run has powers of ten alone beneath its early steps."""


def train(net: NetSpec, seed: int, **settings: Any) -> TrainConfig:
    """The training of a net, by the settings of the degradation preset unless others are given."""
    return TrainConfig(net=net, seed=seed, **{"lr": 0.02, "batch": 64, "steps": 240, **settings})


def jobs(depths: Iterable[int], seeds: Iterable[int], net: dict[str, Any], **settings: Any) -> tuple[Trial, ...]:
    """Plain and residual nets of those depths, each with each seed; `net` are options of all of them."""
    depths = tuple(depths)
    return tuple(
        Trial(
            name=nets.name(depth, residual=residual),
            config=train(nets.cifar(depth, residual=residual, **net), seed, **settings),
            residual=residual,
            weight=nets.weight(depth, max(depths)),
        )
        for seed in seeds
        for depth in depths
        for residual in (False, True)
    )


def _seeds(runs: Sequence[TrialRun]) -> str:
    return over_seeds(len({run.job.seed for run in runs if run.steps}))


def _outer(run: TrialRun) -> tuple[int, int]:
    """The places of the two layers whose norms are compared."""
    config = run.job.config
    return outer(config.net, config.freeze)  # type: ignore[attr-defined]


def ends(run: TrialRun, at: int) -> tuple[float, float]:
    """The norms of these two at one of its steps."""
    first, last = _outer(run)
    norms = run.steps[at].norms
    return norms[first], norms[last]


def _norms(run: TrialRun) -> tuple[tuple[float, ...], ...]:
    """The norms whose quotient is the ratio, at each step; nothing where a run has not told those of every layer."""
    first, last = _outer(run)
    if any(len(step.norms) <= last for step in run.steps):
        return ()
    return tuple(tuple(step.norms[place] for step in run.steps) for place in (first, last))


def ratios(run: TrialRun, places: Sequence[int]) -> list[Worked]:
    """The first/last ratio at some of its steps, in words; with its working where the norms are known."""
    norms = _norms(run)
    return [worked(run.steps[at].ratio, quotient(norms[0][at], norms[1][at], ENDS) if norms else "") for at in places]


def moves(runs: Sequence[TrialRun], names: Iterable[str]) -> list[Sentence]:
    """Of each of these nets what becomes of its gradient and how far its layers move, by its own numbers."""
    groups = named([run for run in runs if run.steps])
    configs = {name: groups[name][0].job.config for name in names if name in groups}
    said = [moving.told(name, config, [run.steps for run in groups[name]]) for name, config in configs.items()]  # type: ignore[arg-type]
    return [each for each in said if each]


def early(lines: Sequence[Line]) -> Axis:
    """The axis on which the first steps have the most room, with ticks as far as the lines go."""
    last = max((line.x[-1] for line in lines if line.x), default=1.0)
    digits = (1, 2, 5) if last <= MANY else (1,)
    decades = range(math.ceil(math.log10(max(last, 10.0))) + 1)
    return Axis("step (log)", log=True, ticks=tuple(digit * 10.0**power for power in decades for digit in digits))


def _losses(runs: Sequence[TrialRun]) -> Plot | None:
    lines = over_steps(runs, lambda run: running_mean([step.loss for step in run.steps]))
    classes = next((run.job.config.net.classes for run in runs if isinstance(run.job.config, TrainConfig)), 10)
    chance = Rule(math.log(classes), f"chance, ln {classes} = {math.log(classes):.3f}")
    how, y = f"mean of up to {TAIL} reported steps{_seeds(runs)}", Axis("training loss, nats (log)", log=True)
    return Plot(lines=lines, x=STEP, y=y, rules=(chance,), how=how) if lines else None


def _ratios(runs: Sequence[TrialRun]) -> Plot | None:
    made = over_steps(runs, lambda run: [step.ratio for step in run.steps], Working(QUOTIENT, _norms))
    lines = tuple(dataclasses.replace(line, smooth=True) for line in made)
    even = Rule(1.0, "balanced")
    axis = Axis("first / last gradient norm (log)", log=True)
    how = f"quotient of two measured norms{_seeds(runs)}"
    return Plot(lines=lines, x=early(lines), y=axis, rules=(even,), how=how) if lines else None


def _weights(runs: Sequence[TrialRun]) -> Plot | None:
    lines = over_steps(runs, lambda run: [step.weights[0] if step.weights else math.nan for step in run.steps])
    axis = Axis("norm of the first layer's weights (log)", log=True)
    return Plot(lines=lines, x=early(lines), y=axis, how=f"measured{_seeds(runs)}") if lines else None


LOSSES = Chart(
    name="losses",
    title="Training loss",
    look=f"Lower is better; mean of the last {TAIL} reported steps, with the band of the seeds where there are any.",
    draw=_losses,
)
RATIOS = Chart(
    name="ratios",
    title="First against last layer",
    look="Above 1 the gradient leans to the input, below 1 away from it. Watch the first steps. Pale is each step; "
    "a line is the median of those within a tenth of its number.",
    draw=_ratios,
)
WEIGHTS = Chart(
    name="weights",
    title="The first layer's weights",
    look="With BatchNorm behind it, a layer of twice the weights has half the gradient, and moves by a quarter as a "
    "share of them: the row “update / weights” shows it.",
    draw=_weights,
)


def rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    """One row for each net, seed and step."""
    return [
        {
            "net": run.job.name,
            "seed": run.job.seed,
            "step": step.step + 1,
            "loss": step.loss,
            "first_last_ratio": step.ratio,
            "first_norm": norms[0],
            "last_norm": norms[1],
            **cells,
            "final_loss": final(run) if step is run.steps[-1] else math.nan,
        }
        for run in runs
        for step, norms, cells in zip(run.steps, _each(run), _moved(run), strict=True)
    ]


def _moved(run: TrialRun) -> list[dict[str, float]]:
    """How far the first and the last convolution move in each step, and what that is made of, where it is known."""
    places = _outer(run)
    return [{**_cells("first", step, places[0]), **_cells("last", step, places[1])} for step in run.steps]


def _cells(which: str, step: Step, place: int) -> dict[str, float]:
    weight = step.weights[place] if len(step.weights) > place else math.nan
    update = step.updates[place] if len(step.updates) > place else math.nan
    (share,) = relative([update], [weight])
    return {f"{which}_weight_norm": weight, f"{which}_update_norm": update, f"{which}_update_ratio": share}


def _each(run: TrialRun) -> Sequence[tuple[float, ...]]:
    """The norms whose quotient is the ratio, step by step, where they are known."""
    found = _norms(run)
    return tuple(zip(*found, strict=True)) if found else ((math.nan, math.nan),) * len(run.steps)


def _ratio(rows: Sequence[Row], at: int) -> str:
    """The ratio of a row's norms, where they are known."""
    row = rows[at]
    return quotient(row["first_norm"], row["last_norm"], ENDS)


def _final(rows: Sequence[Row], at: int) -> str:
    """The sum of the last losses, of which that row is the last, by their number."""
    losses = [row["loss"] for row in alike(rows, at, "net", "seed")]
    return of_losses(losses[-TAIL:], "losses at the end of this run")


def _columns(which: str) -> dict[str, Column]:
    weight, update, share = (f"{{{which}_{what}}}" for what in ("weight_norm", "update_norm", "update_ratio"))
    return {
        f"{which}_weight_norm": f"{weight}: the root of the sum of the squares of the {which} convolution's weights",
        f"{which}_update_norm": f"{update}: the same of what the step takes from these weights",
        f"{which}_update_ratio": f"‖ΔW‖ ÷ ‖W‖ = {update} ÷ {weight} = {share}",
    }


COLUMNS: dict[str, Column] = {
    "loss": LOSS,
    "first_last_ratio": _ratio,
    "first_norm": "{first_norm}: the root of the sum of the squares of the first convolution's weight gradient",
    "last_norm": "{last_norm}: the root of the sum of the squares of the weight gradient of the main path's last "
    "convolution",
    **_columns("first"),
    **_columns("last"),
    "final_loss": _final,
}
"""How the numbers of these rows are made."""
