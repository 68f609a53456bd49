"""At the start: what a net's gradient is before the first step, layer by layer."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.growth import BATCH_NORM, PYTORCH, growth
from resnet_explorer.laboratory import nets
from resnet_explorer.laboratory.choices import AtStart
from resnet_explorer.laboratory.experiment import Experiment, Job, Question, Run, Track, Verdict
from resnet_explorer.laboratory.words import listed, number, regime
from resnet_explorer.records import ProfileConfig, Step
from resnet_explorer.spec import title

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = {
    "weight_gradient": ("weight gradient", "‖∂L/∂W‖", "gradient", "What a step of SGD is made of."),
    "activation_gradient": (
        "activation gradient",
        "‖∂L/∂z‖",
        "activation",
        (
            "What comes back through the layers. Without BatchNorm and without biases each layer's ⟨W, ∂L/∂W⟩ is the "
            "same number, so the weight gradients look even where signals die: this one shows it."
        ),
    ),
    "relative_gradient": (
        "relative gradient",
        "‖∂L/∂W‖ / ‖W‖",
        "relative",
        (
            "With BatchNorm the loss does not depend on the scale of the weights, so the gradient is large where "
            "weights are small: only its share of them compares layers."
        ),
    ),
    "weight": ("weight norm", "‖W‖", "weights", "What the gradient is to be compared with."),
}


def _jobs(choices: AtStart) -> tuple[Job, ...]:
    found = []
    for residual in (False, True):
        net = nets.preset(choices.net, residual=residual, norm=choices.norm, zero_gamma=choices.zero_gamma)
        config = ProfileConfig(net=net, init=choices.init, eps=choices.eps, seed=choices.seed)
        found.append(Job(name=title(net), config=config, residual=residual))
    return tuple(found)


def _profile(probe: str, run: Run) -> tuple[Step, ...]:
    """What a probe read, as the one step there is; a layer that it does not read has no number."""
    if not run.result or not isinstance(run.job.config, ProfileConfig):
        return ()
    found = run.result.of(probe)
    values = dict(zip(found.paths, found.values, strict=True))
    nodes = (node for node in run.job.config.net.graph if node.op.kind in {"conv", "fc"})
    read = tuple(values.get(node.path, math.nan) for node in nodes)
    return (Step(0, run.result.loss, read, run.result.ratio),)


def _judge(runs: Sequence[Run]) -> Verdict | None:
    plain = next((run.result for run in runs if run.result and not run.job.residual), None)
    if plain is None:
        return None
    ratio = plain.ratio
    right = 0 if ratio < 0.1 else 2 if ratio > 10 else 1
    return Verdict(right, f"first / last is {number(ratio)} in the plain net")


def _reading(runs: Sequence[Run]) -> str:
    done = [run for run in runs if run.result]
    if not done:
        return ""
    said = [
        f"**{run.job.name}**: first / last {number(run.result.ratio)}, **{regime(run.result.ratio)}**; per layer "
        f"towards the input × {number(growth(run.result.along('activation_gradient')))} (activation gradient, fitted)"
        for run in done
    ]
    theory = (
        f"Theory for wide layers: × {BATCH_NORM:.4f} = √(π/(π−1)) with BatchNorm, × {PYTORCH:.4f} = 1/√6 without it at "
        "PyTorch's default initialisation; a net of stages and projections is near it, not on it."
    )
    return f"{listed(said)}. {_zeros(done)}{theory}"


def _zeros(done: Sequence[Run]) -> str:
    zero = {run.job.name: sum(value == 0 for value in run.result.along("weight_gradient")) for run in done}
    told = [f"{count} convolutions of {name}" for name, count in zero.items() if count]
    return f"Exactly nothing reaches {listed(told)}: rings at the foot of the row. " if told else ""


def _rows(runs: Sequence[Run]) -> list[dict[str, Any]]:
    return [
        {"net": run.job.name, "seed": run.job.seed, "layer": path, "main_path": path in run.result.main}
        | {name: run.result.of(name).values[index] for name in KINDS}
        for run in runs
        if run.result
        for index, path in enumerate(run.result.series[0].paths)
    ]


AT_START = Experiment(
    name="at_start",
    title="At the start",
    look="Every point is one convolution, from the image on the left. Watch which way the two lines lean.",
    choices=AtStart,
    jobs=_jobs,
    question=Question(
        text="Before the first step, how large is the gradient in the plain net's first layer against its last?",
        answers=("ten times smaller or less: it vanishes", "of like size", "ten times larger or more: it explodes"),
        judge=_judge,
    ),
    charts=(),
    tracks=tuple(Track(name, *words, functools.partial(_profile, name), still=True) for name, words in KINDS.items()),
    reading=_reading,
    rows=_rows,
    source=f"{nets.DIGITS} Theory: {nets.YANG}. That neither signal nor gradient vanishes in the paper's plain nets: "
    f"Section 4.1 of {nets.HE}.",
)
