"""What a run showed, in words made from its numbers, and its numbers to take away."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

import pyarrow as pa

from resnet_explorer.analysis import arithmetic
from resnet_explorer.analysis.conventions import plural
from resnet_explorer.experiments import moving, pairs, words, workings
from resnet_explorer.figures.numbers import number
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.train import TAIL
from resnet_explorer.ui.parts import cells
from resnet_explorer.ui.parts import text as parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.figures.runs import Curve
    from resnet_explorer.tasks.train import TrainConfig

LEARNED = 0.9
"""A net has learned something if its loss is below this part of that of pure chance."""
TAKEN = "norms of what the step takes from the layer's weights, and of these weights"
MANY, MOST = 1e3, 1e12


def reading(curves: Sequence[Curve], *, finished: bool) -> str:
    """What is to be seen, from the numbers so far; `finished`: every run came to its end."""
    began = [curve for curve in curves if curve.steps]
    sentences = [_start(curve) for curve in began]
    if finished:
        sentences += [*map(_end, began), _verdict(began)]
    return " ".join(each for each in sentences if each)


def moves(curves: Sequence[Curve], configs: Sequence[TrainConfig]) -> str:
    """What became of the gradient of each net, and how far its layers move."""
    told = [moving.told(curve.title, config, [curve.steps]) for curve, config in zip(curves, configs, strict=True)]
    return workings.shown(words.points(list(filter(None, told))), parts.inline)


def _start(curve: Curve) -> str:
    return f"At the start, the gradient of **{curve.title}** {_lean(curve)}."


def _lean(curve: Curve) -> str:
    first, step = curve.ends(0), curve.steps[0]
    if words.overflowed(step.loss, step.norms):
        return "is not finite: the signal has grown beyond what a float can hold"
    if 0.0 in first:
        where = "anywhere in the branches" if first == (0.0, 0.0) else "the last" if first[1] == 0.0 else "the first"
        return f"does not reach {where}{'' if first == (0.0, 0.0) else ' convolution'} at all: it is exactly 0 there"
    ratio, regime = step.ratio, words.regime(step.ratio)
    if ratio < words.VANISHING:
        times = parts.inline(_quotient(*first, inverse=True).said(f"{_times(1 / ratio)} times"))
        return f"**vanishes** towards the input: {times} smaller in the first than the last convolution"
    if ratio > words.GROWING:
        times = parts.inline(_quotient(*first).said(f"{_times(ratio)} times"))
        verb = "explodes" if regime == "exploding" else "grows"
        return f"**{verb}** towards the input: {times} as large in the first as in the last convolution"
    near = parts.inline(_quotient(*first).said(f"{ratio:.2g}"))
    silent = "" if curve.normed else "; without normalisation that tells little of the signal"
    return f"is **{regime}** from end to end, within a factor of ten (first / last {near}){silent}"


def _end(curve: Curve) -> str:
    last, count = curve.steps[-1], len(curve.steps)
    ends = curve.ends(-1)
    ratio = number(last.ratio)
    if math.isfinite(last.ratio) and ends[1]:
        ratio = parts.inline(_quotient(*ends).said(ratio))
    return (
        f"After {plural(count, 'step')}, first / last is {ratio} for {curve.title}, "
        f"its loss {_loss(curve)} (mean of the last {min(TAIL, count)})."
    )


def _loss(curve: Curve) -> str:
    """Its loss at the end."""
    made, said = words.of_final(curve), number(words.final(curve))
    return parts.inline(said, made) if made else said


def _quotient(first: float, last: float, *, inverse: bool = False) -> Worked:
    """The ratio of two norms, or its inverse, and whose they are."""
    if inverse:
        return arithmetic.ratio(last, first).of("norms of the gradient in the last and in the first convolution")
    return arithmetic.ratio(first, last).of("norms of the gradient in the first and in the last convolution")


def _verdict(curves: Sequence[Curve]) -> str:
    """How the two ended, where they can be compared: both ran as long, and at least one has learned."""
    ends = {curve.residual: words.final(curve) for curve in curves}
    if len(ends) < 2 or len({len(curve.steps) for curve in curves}) > 1:
        return ""
    plain, residual = ends[False], ends[True]
    if not all(map(math.isfinite, (plain, residual))):
        return ""
    if min(plain, residual) > LEARNED * math.log(curves[0].spec.classes):
        return "Neither has learned yet: both losses are near that of pure chance."
    setting = "" if curves[0].normed else " This net has no BatchNorm; that is not the setting of the paper."
    higher = pairs.higher(plain, residual)
    if higher == 0:
        return (
            f"**The plain net ends with {_more(plain, residual)} times the training loss of the residual one.** This "
            "is training loss, so it is not overfitting: the same layers are harder to train without shortcuts."
            f"{setting}"
        )
    if higher == 1:
        return f"Here the residual net ends with {_more(residual, plain)} times the loss of the plain one."
    return f"In this run the two end alike.{setting}"


def _more(one: float, other: float) -> str:
    """How many times one loss is the other."""
    if other * MOST < one:
        return parts.inline("more than 10¹²", f"{number(one)} against {number(other)}, means of the last steps")
    times = one / other
    said = f"{times:.1f}" if times < MANY else _times(times)
    return parts.inline(arithmetic.ratio(one, other).of("means of the last steps").said(said))


def alt_losses(curves: Sequence[Curve]) -> str:
    """The loss chart in words."""
    ends = (f"{c.title} from {number(c.steps[0].loss)} to {number(c.steps[-1].loss)}" for c in curves if c.steps)
    return f"Training loss in nats over the steps: {'; '.join(ends)}."


def alt_ratios(curves: Sequence[Curve]) -> str:
    """The ratio chart in words."""
    ends = (f"{c.title} from {number(c.steps[0].ratio)} to {number(c.steps[-1].ratio)}" for c in curves if c.steps)
    return f"First over last gradient norm over the steps: {'; '.join(ends)}."


def table(config: TrainConfig, curves: Sequence[Curve]) -> None:
    """Every number of the run, to look at and to take away."""
    cells.behind(
        "The numbers of this run",
        lambda: pa.Table.from_pandas(frame_of(curves), preserve_index=False),
        functools.partial(_explained, curves),
        key="run_table",
        of=key(config),
    )
    parts.download("All numbers as CSV", lambda: frame_of(curves), f"gradients-seed{config.seed}.csv")


def frame_of(curves: Sequence[Curve]) -> pd.DataFrame:
    """One row for each net and step: loss, ratio, the norm of each layer, and how far it moves.

    Non-finite numbers are left empty.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only tables need it

    rows = [
        {"net": curve.title, "step": step.step + 1, "loss": step.loss, "first/last": step.ratio}
        | dict(zip(curve.paths, step.norms, strict=True))
        | dict(zip(map(_share, curve.paths), step.moves, strict=True))
        for curve in curves
        for step in curve.steps
    ]
    frame = pd.DataFrame(rows)
    return frame.mask(frame.isin([math.inf, -math.inf]))


def _explained(curves: Sequence[Curve], row: int, column: str) -> str:
    """What a number of that table is of, and how it is made."""
    curve, at = [(curve, at) for curve in curves for at in range(len(curve.steps))][row]
    where = f"{curve.title}, step {at + 1}"
    if column == "loss":
        return cells.working(where, column, words.LOSS)
    if column == "first/last":
        ends, finite = curve.ends(at), math.isfinite(curve.steps[at].ratio)
        return cells.working(where, column, _quotient(*ends).working) if finite and ends[1] else ""
    shares = {_share(path): place for place, path in enumerate(curve.paths)}
    if column in shares:
        step, place = curve.steps[at], shares[column]
        made = workings.quotient(step.updates[place], step.weights[place], TAKEN) if step.updates else ""
        return made and cells.working(where, f"`{column}`", made)
    shape = next((dict(node.op.weights)["weight"] for node in curve.spec.graph if node.path == column), None)
    made = f"√ of the sum of the squares of the gradients of its {math.prod(shape):,} weights" if shape else ""
    return made and cells.working(where, f"`{column}`", made)


def _share(path: str) -> str:
    """The column that says how far a layer moves."""
    return f"{path}: update / weights"


def _times(value: float) -> str:
    return f"{value:,.0f}" if value < 1e5 else number(value)
