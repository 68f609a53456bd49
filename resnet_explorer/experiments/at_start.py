"""At the start: what a net's gradient is before the first step, layer by layer."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.conventions import noun
from resnet_explorer.analysis.growth import growth
from resnet_explorer.analysis.sentence import Sentence, listed, say
from resnet_explorer.experiments import nets, theory
from resnet_explorer.experiments.choices import AtStart
from resnet_explorer.experiments.experiment import Experiment, Prediction, Track, Trial, TrialRun, Verdict
from resnet_explorer.experiments.words import GROWING, VANISHING, overflowed, points, regime
from resnet_explorer.experiments.workings import quotient, slope, worked
from resnet_explorer.spec.ops import WEIGHTED
from resnet_explorer.tasks.ends import ratio
from resnet_explorer.tasks.profile import ProfileConfig
from resnet_explorer.tasks.train import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.spec import Graph
    from resnet_explorer.tasks.profile import Profile

KINDS = {
    "weight_gradient": ("weight gradient", "‖∂L/∂W‖", "gradient", "What a step of SGD is made of."),
    "activation_gradient": (
        "activation gradient",
        "‖∂L/∂z‖",
        "activation",
        (
            "What comes back through the layers. In a plain net without normalisation and biases each layer's "
            "⟨W, ∂L/∂W⟩ is the same number (with shortcuts, each layer's of one branch), so the weight gradients can "
            "look even where signals die: this one shows it."
        ),
    ),
    "relative_gradient": (
        "relative gradient",
        "‖∂L/∂W‖ / ‖W‖",
        "relative",
        (
            "With BatchNorm the loss does not depend on the scale of the weights, so the gradient is large where "
            "weights are small: its share of them says how far a step turns a layer."
        ),
    ),
    "weight": ("weight norm", "‖W‖", "weights", "What the gradient is to be compared with."),
}
ENDS = "norms of the gradient in the first and in the last convolution of the main path"
LEVEL, WIDE = 0.4, 20.0
"""A row is level that has less than this share of another's slope, and whose ends are within this factor."""


def _jobs(choices: AtStart) -> tuple[Trial, ...]:
    """Each chosen net with its counterpart, plain ones first; then the others, each once."""
    pairs = [
        nets.preset(choices.net, residual=residual, norm=choices.norm, zero_gamma=choices.zero_gamma)
        for residual in (False, True)
    ]
    more = [
        nets.named(each, norm=choices.norm, zero_gamma=choices.zero_gamma)
        for each in (choices.third, choices.fourth)
        if each
    ]
    chosen = tuple(dict.fromkeys([*pairs, *more]))
    return tuple(
        Trial(
            name=name,
            config=ProfileConfig(net=net, init=choices.init, eps=choices.eps, seed=choices.seed),
            residual=bool(getattr(net.options, "residual", False)),
        )
        for name, net in zip(nets.distinct(chosen), chosen, strict=True)
    )


def _profile(probe: str, run: TrialRun) -> tuple[Step, ...]:
    """What a probe read of a run, as the one step there is."""
    if not run.result or not isinstance(run.job.config, ProfileConfig):
        return ()
    return (read_off(run.result, probe, run.job.config.net.graph),)


def read_off(found: Profile, probe: str, graph: Graph) -> Step:
    """What a probe read, as a step; a layer that it does not read has no number."""
    series = found.of(probe)
    values = dict(zip(series.paths, series.values, strict=True))
    read = tuple(values.get(node.path, math.nan) for node in graph if node.op.kind in WEIGHTED)
    return Step(0, found.loss, read, found.ratio)


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    plain = next((run for run in runs if not run.job.residual), None)
    if plain is None or not plain.result:
        return None
    kind = _judged(plain)
    found, gone = ratio(*_outer(plain.result, kind)), lost(plain.result, kind)
    if not found or not math.isfinite(found) or gone:
        return Verdict(3, say(f"{plain.job.name}: {gone or regime(found)}"))
    right = 0 if found < VANISHING else 2 if found > GROWING else 1
    return Verdict(right, say("first / last ", _said(plain.result, kind), f" in {plain.job.name}"))


def judged(graph: Graph) -> str:
    """The gradient by which a net is judged.

    Without normalisation that of what layers give: the weights' may be even whatever becomes of the signal.
    """
    return "weight_gradient" if graph.normed else "activation_gradient"


def _judged(run: TrialRun) -> str:
    return judged(run.job.config.net.graph)  # type: ignore[attr-defined]


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    done = [run for run in runs if run.result]
    said = [say(f"**{run.job.name}**: ", ends(run.result, _judged(run)), _fitted(run), ".") for run in done]
    expected = " ".join(theory.of([run.job.config for run in done]))  # type: ignore[misc]
    return points(said, say(_zeros(done), _even(done), expected))


def ends(found: Profile, kind: str) -> Sentence:
    """The first convolution's gradient of that kind against the last, and what that means."""
    between, gone = ratio(*_outer(found, kind)), lost(found, kind)
    told = say("first / last ", _said(found, kind), ", ") if math.isfinite(between) and not gone else ""
    return say(told, f"**{gone or regime(between)}**")


def _outer(found: Profile, kind: str) -> tuple[float, float]:
    """The norms of the first and of the last, which are one where there is one."""
    norms = found.along(kind)
    return norms[0], norms[-1]


def _said(found: Profile, kind: str) -> Sentence:
    """Their ratio, and of which gradient it is."""
    outer = _outer(found, kind)
    which = f" ({KINDS[kind][0]})" if kind != "weight_gradient" else ""
    return say(worked(ratio(*outer), quotient(*outer, f"{ENDS}, {KINDS[kind][1]}")), which)


def lost(found: Profile, kind: str) -> str:
    """What became of a pass whose loss or gradients, these among them, are not finite; nothing where all are."""
    return overflowed(found.loss, (*found.of("weight_gradient").values, *found.of(kind).values))


def _fitted(run: TrialRun) -> Sentence:
    """The factors per layer, where there is something to fit."""
    found = [(KINDS[kind][0], kind, _factor(run, kind)) for kind in ("activation_gradient", "weight_gradient")]
    said = [
        say(f"the {name} × ", worked(factor, slope(factor, run.result.along(kind), f"{factor:.3f}"), f"{factor:.3f}"))
        for name, kind, factor in found
        if math.isfinite(factor)
    ]
    return say("; fitted per layer on the way back, ", listed(said)) if said else Sentence()


def _factor(run: TrialRun, kind: str) -> float:
    return growth(run.result.along(kind))


def _deceives(run: TrialRun) -> bool:
    """Whether, without normalisation, weight gradients are even from end to end and what comes back is not."""
    if run.job.config.net.options.norm != "none":  # type: ignore[attr-defined]
        return False
    back, weights = (abs(math.log(_factor(run, kind))) for kind in ("activation_gradient", "weight_gradient"))
    first, *_, last = run.result.along("activation_gradient")
    level = weights < LEVEL * back and 1 / WIDE <= run.result.ratio <= WIDE
    return level and not VANISHING * last <= first <= GROWING * last


def _even(done: Sequence[TrialRun]) -> Sentence:
    """Where the weight gradients are even, and those of the activations are not."""
    found = [run.job.name for run in done if _deceives(run)]
    but = " the weight gradients look even while what comes back through the layers does not: "
    return say("In ", listed(found), but, "choose the activation gradient. ") if found else Sentence()


def _zeros(done: Sequence[TrialRun]) -> Sentence:
    zero = {run.job.name: [value == 0 for value in run.result.along("weight_gradient")] for run in done}
    told = [
        say(_count(each), f" {noun(sum(each), 'convolution')} of {name}") for name, each in zero.items() if any(each)
    ]
    return say("Exactly nothing reaches ", listed(told), ": rings at the foot of the row. ") if told else Sentence()


def _count(zero: Sequence[bool]) -> Worked:
    """How many of its norms are exactly 0."""
    return worked(sum(zero), f"norms that are exactly 0, of {len(zero)}", f"{sum(zero)}")


def _rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    return [
        {"net": run.job.name, "seed": run.job.seed} | row for run in runs if run.result for row in layers(run.result)
    ]


def layers(found: Profile) -> list[dict[str, Any]]:
    """What the probes read, a row for each layer."""
    return [
        {"layer": path, "main_path": path in found.main} | {name: found.of(name).values[index] for name in KINDS}
        for index, path in enumerate(found.series[0].paths)
    ]


_COLUMNS = {
    "weight_gradient": "‖∂L/∂W‖ = {weight_gradient}: the root of the sum of the squares over all weights of the layer",
    "activation_gradient": (
        "‖∂L/∂z‖ = {activation_gradient}: the root of the sum of the squares over all that the layer gives for the "
        "mini-batch, before BatchNorm"
    ),
    "relative_gradient": "‖∂L/∂W‖ ÷ ‖W‖ = {weight_gradient} ÷ {weight} = {relative_gradient}",
    "weight": "‖W‖ = {weight}: the root of the sum of the squares of all weights of the layer",
}


AT_START = Experiment(
    name="at_start",
    part="size",
    title="At the start",
    asks="Which way does the gradient lean, layer by layer, before the first step?",
    look="Every point is one layer, from the image on the left to the classes on the right. Watch which way the two "
    "lines lean. The answer goes by the weight gradient, in nets without normalisation by the activation gradient.",
    choices=AtStart,
    jobs=_jobs,
    question=Prediction(
        text="Before the first step, how large is the gradient in the plain net's first convolution, against its last?",
        answers=(
            "ten times smaller or less: it vanishes on the way back",
            "of like size",
            "ten times larger or more: it grows on the way back",
            "neither: an end has none at all, or the numbers overflow",
        ),
        judge=_judge,
    ),
    charts=(),
    tracks=tuple(Track(name, *words, functools.partial(_profile, name), still=True) for name, words in KINDS.items()),
    read=_reading,
    rows=_rows,
    columns=_COLUMNS,
    source=f"{nets.DIGITS} Theory: {nets.YANG}. That neither signal nor gradient vanishes in the paper's plain nets: "
    f"Section 4.1 of {nets.HE}.",
)
