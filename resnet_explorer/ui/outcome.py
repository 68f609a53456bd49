"""What a run showed, in words made from its numbers, and its numbers to take away."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.ui import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from resnet_explorer.figures.runs import Curve
    from resnet_explorer.records import TrainConfig

TAIL = 20
BALANCED = (0.1, 10.0)


def reading(curves: Sequence[Curve], *, finished: bool) -> str:
    """What is to be seen, from the numbers so far."""
    sentences = [_start(curve) for curve in curves if curve.steps]
    if finished:
        sentences += [_end(curve) for curve in curves if curve.steps]
        sentences.append(_verdict(curves))
    return " ".join(each for each in sentences if each)


def _start(curve: Curve) -> str:
    ratio = curve.steps[0].ratio
    return f"At the start, the gradient of **{curve.title}** {_lean(ratio)}."


def _lean(ratio: float) -> str:
    if not math.isfinite(ratio):
        return "cannot be compared from end to end: one of them is not a number"
    if ratio == 0:
        return "does not reach the first layer at all: it is exactly 0 there"
    if ratio > BALANCED[1]:
        return f"**explodes** towards the input: {_times(ratio)} times as large in the first as in the last convolution"
    if ratio < BALANCED[0]:
        return (
            f"**vanishes** towards the input: {_times(1 / ratio)} times smaller in the first convolution than the last"
        )
    return f"is of like size from end to end (first / last {ratio:.2g})"


def _end(curve: Curve) -> str:
    last = curve.steps[-1]
    return (
        f"After {last.step + 1} steps, first / last is {_number(last.ratio)} for {curve.title}, "
        f"its loss {_number(final_loss(curve))} (mean of the last {min(TAIL, len(curve.steps))} steps)."
    )


def _verdict(curves: Sequence[Curve]) -> str:
    ends = {curve.residual: final_loss(curve) for curve in curves if curve.steps}
    if len(ends) < 2 or not all(math.isfinite(value) for value in ends.values()):
        return ""
    plain, residual = ends[False], ends[True]
    if plain > 1.5 * residual:
        return (
            f"**The plain net ends with {plain / max(residual, 1e-12):.1f} times the training loss of the residual "
            "one**: it is not overfitting, it is harder to train. That is the degradation problem."
        )
    if residual > 1.5 * plain:
        return f"Here the residual net ends with {residual / max(plain, 1e-12):.1f} times the loss of the plain one."
    return "Here the two end alike: at this depth the shortcut is not needed."


def final_loss(curve: Curve) -> float:
    """The mean loss of the last 20 steps, in nats."""
    tail = [step.loss for step in curve.steps[-TAIL:]]
    return sum(tail) / len(tail)


def alt_losses(curves: Sequence[Curve]) -> str:
    """The loss chart in words."""
    ends = (f"{c.title} from {_number(c.steps[0].loss)} to {_number(c.steps[-1].loss)}" for c in curves if c.steps)
    return f"Training loss in nats over the steps: {'; '.join(ends)}."


def alt_ratios(curves: Sequence[Curve]) -> str:
    """The ratio chart in words."""
    ends = (f"{c.title} from {_number(c.steps[0].ratio)} to {_number(c.steps[-1].ratio)}" for c in curves if c.steps)
    return f"First over last gradient norm over the steps: {'; '.join(ends)}."


def table(config: TrainConfig, curves: Sequence[Curve], paths: Sequence[tuple[str, ...]]) -> None:
    """Every number of the run, to look at and to take away."""
    parts.behind("The numbers of this run", lambda: frame_of(curves, paths), key="run_table")
    parts.download("All numbers as CSV", lambda: frame_of(curves, paths), f"gradients-seed{config.seed}.csv")


def frame_of(curves: Sequence[Curve], paths: Sequence[tuple[str, ...]]) -> pd.DataFrame:
    """One row for each net and step: loss, ratio, and the norm of each layer. Non-finite numbers are left empty."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only tables need it

    rows = [
        {"net": curve.title, "step": step.step, "loss": step.loss, "first/last": step.ratio}
        | dict(zip(names, step.norms, strict=False))
        for curve, names in zip(curves, paths, strict=True)
        for step in curve.steps
    ]
    frame = pd.DataFrame(rows)
    return frame.mask(frame.isin([math.inf, -math.inf]))


def _times(value: float) -> str:
    return f"{value:,.0f}" if value < 1e5 else f"{value:.1e}"


def _number(value: float) -> str:
    return f"{value:.3g}" if math.isfinite(value) else "not a finite number"
