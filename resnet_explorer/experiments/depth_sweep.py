"""Depth sweep: the first/last ratio against depth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.analysis.frozen import outer
from resnet_explorer.analysis.sentence import Part, Sentence, listed, say
from resnet_explorer.experiments import blanks, nets, training, verdicts
from resnet_explorer.experiments.choices import SETTINGS, Sweep
from resnet_explorer.experiments.experiment import Chart, Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.words import ENDS, REGIMES, geometric, overflowed, points, regime, shared
from resnet_explorer.experiments.workings import fine, quotient, root, worked
from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.plot import Line, Plot, Rule
from resnet_explorer.figures.scale import Axis
from resnet_explorer.tasks.gradients import GradientsConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.experiments.columns import Column, Row

DEPTHS = (8, 20, 32, 44, 56, 110)
WORKING = "%{customdata[0]} = %{y:.3g}"
LOUD = 100.0
"""A loss in nats at the start that no fair guess has."""
BOUNDS = (100, 10_000, 1_000_000)
ANSWERS = ("below 1, or there is none", "1 to 100", "100 to 10,000", "10,000 to a million", "more than a million")
DEEP = f"plain-{DEPTHS[-1]}"


def _jobs(choices: Sweep) -> tuple[Trial, ...]:
    _, norm, init = SETTINGS[choices.setting]
    return tuple(
        Trial(
            name=nets.name(depth, residual=residual),
            config=GradientsConfig(
                net=nets.cifar(depth, residual=residual, image=32, width=16, norm=norm), init=init, seed=seed
            ),
            residual=residual,
            weight=nets.weight(depth, DEPTHS[-1]),
        )
        for seed in choices.seeds
        for depth in DEPTHS
        for residual in (False, True)
    )


class _Point(NamedTuple):
    """A net of one depth: the geometric mean of its ratios over the seeds, and what each of them means."""

    ratio: Worked
    regime: str


def _points(runs: Sequence[TrialRun], *, residual: bool) -> dict[int, _Point]:
    """Each depth that was measured; where the loss or a gradient overflowed with one seed, there is no ratio."""
    found: dict[int, list[TrialRun]] = {}
    for run in runs:
        if run.result and run.job.residual is residual:
            found.setdefault(int(run.job.name.split("-")[1]), []).append(run)
    return {depth: _point(group) for depth, group in sorted(found.items())}


def _point(group: Sequence[TrialRun]) -> _Point:
    ratio = math.nan if any(map(_lost, group)) else geometric([run.result.ratio for run in group])
    return _Point(worked(ratio, _working(group, ratio)), shared(map(_regime, group)))


def _working(group: Sequence[TrialRun], ratio: float) -> str:
    """The root of the product of the seeds' ratios; of one seed the quotient of its norms, where they are known."""
    if len(group) > 1:
        return root([run.result.ratio for run in group], "the first/last ratio of each seed", number(ratio))
    return quotient(*_ends(group[0]), ENDS)


def _ends(run: TrialRun) -> tuple[float, float]:
    """The norms of the first and of the last convolution of the main path, where they are known."""
    first, last = outer(run.job.config.net)  # type: ignore[attr-defined]
    norms = run.result.norms
    return (norms[first], norms[last]) if len(norms) > last else (math.nan, math.nan)


def _lost(run: TrialRun) -> str:
    """What overflowed in it, if anything did."""
    return overflowed(run.result.loss, run.result.norms)


def _regime(run: TrialRun) -> str:
    return _lost(run) or regime(run.result.ratio)


_RATIO = Axis("first / last gradient norm (log)", log=True, ends=(1e-9, 1e9))
_BLANK = blanks.depth(DEPTHS, _RATIO, "plain", Rule(1.0, "balanced"))


def _chart(runs: Sequence[TrialRun]) -> Plot | None:
    lines = []
    for residual, name in ((False, "plain"), (True, "ResNet")):
        found = _points(runs, residual=residual)
        if found:
            y = tuple(point.ratio.value for point in found.values())
            workings = tuple(point.ratio.working.partition(" = ")[0] for point in found.values())
            parts = (workings,) if all(workings) else ()
            line = Line(name=name, x=tuple(found), y=y, residual=residual, marked=True, working=WORKING, parts=parts)
            lines.append(line)
    how = "quotient of two measured norms" + ("" if _single(runs) else "; of several seeds the geometric mean")
    return Plot(lines=tuple(lines), x=_BLANK.x, y=_BLANK.y, rules=_BLANK.rules, how=how) if lines else None


def _single(runs: Sequence[TrialRun]) -> bool:
    return len({run.job.seed for run in runs}) < 2


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    point = _points(runs, residual=False).get(DEPTHS[-1])
    if point is None:
        return None
    deep = [run for run in runs if run.result and run.job.name == DEEP]
    found = {run.job.seed: _answer(math.nan if _lost(run) else run.result.ratio) for run in deep}
    known = (f"{DEEP}'s first / last is ", point.ratio)
    words = known if math.isfinite(point.ratio.value) else (f"{DEEP} has no such ratio ({point.regime})",)
    return verdicts.agreed(found, ANSWERS, say(*words))


def _answer(ratio: float) -> int:
    """Which answer a ratio gives."""
    return sum(ratio > bound for bound in BOUNDS) + 1 if 1 <= ratio < math.inf else 0


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    said = []
    for residual, name in ((False, "plain"), (True, "ResNet")):
        found = _points(runs, residual=residual)
        if found:
            each = listed(
                say(point.ratio if math.isfinite(point.ratio.value) else "no ratio", f" at {depth} ({point.regime})")
                for depth, point in found.items()
            )
            said.append(say(f"**{name}**: ", each, ".", _factor(found)))
    return points(said, *_beware([run for run in runs if run.result]))


def _homogeneous(run: TrialRun) -> bool:
    """Whether the loss is homogeneous in each layer's weights: without normalisation and without biases."""
    config = run.job.config
    return isinstance(config, GradientsConfig) and (config.net.options.norm, config.init) == ("none", "he")


def _beware(done: Sequence[TrialRun]) -> list[Part]:
    """What this ratio does not show without BatchNorm."""
    said: list[Part] = []
    if done and done[0].job.config.net.options.norm == "none":  # type: ignore[attr-defined]
        loudest = max(done, key=lambda run: run.result.loss if math.isfinite(run.result.loss) else 0.0)
        if math.isfinite(loudest.result.loss) and loudest.result.loss >= LOUD:
            but = say(
                f"But {loudest.job.name} begins at a loss of ",
                worked(loudest.result.loss, _MADE),
                ": its signal explodes on the way forward, which this ratio does not show.",
            )
            said.append(but)
        if _homogeneous(done[0]):
            said.append(
                "Without BatchNorm and biases ⟨W, ∂L/∂W⟩ is the same number in each layer of a plain net, so that its "
                "weight gradients can look even whatever becomes of the signal: At the start has the activation "
                "gradient."
            )
    return said


def _factor(found: dict[int, _Point]) -> Sentence:
    """What a ratio comes to for each layer between the first and the last convolution of the deepest net."""
    depth = max(found)
    ratio = found[depth].ratio.value
    if not math.isfinite(ratio) or ratio <= 0:
        return Sentence()
    factor = ratio ** (1 / (depth - 2))
    made = f"{fine(ratio)} to the power 1 ÷ ({depth} − 2) = {factor:.3f}"
    each = worked(factor, made, f"{factor:.3f}")
    return say(f" At {depth} layers that is × ", each, " per layer towards the input.")


def _rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    return [
        {"net": run.job.name, "seed": run.job.seed, "first_last_ratio": run.result.ratio, "loss": run.result.loss}
        | {"regime": _regime(run)}
        | dict(zip(("first_norm", "last_norm"), _ends(run), strict=True))
        for run in runs
        if run.result
    ]


def _named(rows: Sequence[Row], at: int) -> str:
    """By what a regime is called so, where it is called by its ratio."""
    ratio = rows[at]["first_last_ratio"]
    if rows[at]["regime"] != regime(ratio) or not math.isfinite(ratio):
        return ""
    return f"first/last ratio {fine(ratio)}: {REGIMES}"


_MADE = "measured: the cross-entropy of one mini-batch of 32, its mean in nats"
_COLUMNS: dict[str, Column] = {
    **{name: training.COLUMNS[name] for name in ("first_last_ratio", "first_norm", "last_norm")},
    "loss": _MADE,
    "regime": _named,
}


DEPTH_SWEEP = Experiment(
    name="depth_sweep",
    part="size",
    title="Depth sweep",
    asks="How does the first layer's gradient change with depth?",
    look="Each point is one net before its first step. On the log axis a straight line means that each further layer "
    "multiplies the gradient by the same number: watch where each line lies, and which way it goes.",
    choices=Sweep,
    jobs=_jobs,
    question=Prediction(
        text="In the chosen setting, what is the first/last ratio of a plain net of 110 layers?",
        answers=ANSWERS,
        judge=_judge,
    ),
    charts=(
        Chart(
            name="ratios",
            title="First against last layer",
            look="Above the dotted line the gradient grows towards the input, below it fades; crosses are exact zeros.",
            draw=_chart,
        ),
    ),
    read=_reading,
    sketch=lambda _: _BLANK,
    rows=_rows,
    columns=_COLUMNS,
    source=f"{nets.DIGITS} Nets of Section 4.2 of {nets.HE} at full width (16, 32, 64 filters), option A, digits "
    f"scaled to 32 × 32, one mini-batch of 32 at initialisation. Growth with BatchNorm: {nets.YANG}.",
)
