"""The picture of the front door: a recorded race of a plain and a residual net, and the net with its shortcuts."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from resnet_explorer.analysis import arithmetic
from resnet_explorer.analysis.sentence import Sentence, say
from resnet_explorer.diagrams import layout, strip
from resnet_explorer.diagrams.columns import columns
from resnet_explorer.experiments import PAIRS
from resnet_explorer.experiments.against import higher
from resnet_explorer.experiments.recorded import recorded
from resnet_explorer.experiments.words import final
from resnet_explorer.figures.numbers import number
from resnet_explorer.spec import PRESETS, title
from resnet_explorer.tasks.train import TAIL
from resnet_explorer.ui import canvas
from resnet_explorer.ui.view import cached

if TYPE_CHECKING:
    from resnet_explorer.experiments.experiment import TrialRun
    from resnet_explorer.experiments.recorded import Recorded
    from resnet_explorer.tasks.train import TrainConfig

HEIGHT = 280
DEEPEST = PRESETS["resnet152"]


def run() -> Recorded:
    """The race that is shown: the one that the Gradients page opens with."""
    found = recorded(next(iter(PAIRS)))
    if found is None:
        raise LookupError("the recorded race of the front door is not there")
    return found


def config(each: TrialRun) -> TrainConfig:
    """What was trained."""
    return cast("TrainConfig", each.job.config)


def question() -> str:
    """The title."""
    return f"Why can a network be {cached.report(DEEPEST.spec).depth} layers deep?"


def answer(race: Recorded) -> Sentence:
    """What the race shows."""
    plain, residual = race.runs
    layers, steps = cached.report(config(residual).net).depth, len(residual.steps)
    a, b = final(plain), final(residual)
    if higher(a, b) != 0:
        return say(f"{layers} layers with their shortcuts, and without them: their training losses over {steps} steps.")
    factor = arithmetic.ratio(a, b).said("{:.0f} times")
    away = f"Take the shortcuts away, and after {steps} steps the same {layers} layers stand at "
    return say(away, factor, " the loss.")


def show(race: Recorded) -> None:
    """The picture."""
    canvas.figure("door", _data(race), key="door", height=HEIGHT)


def source(race: Recorded) -> str:
    """Where its numbers are from."""
    trained = config(race.runs[1])
    return (
        f"**Recorded**, not drawn: measured on {race.date} ({race.processor}, PyTorch {race.torch}), seed "
        f"{trained.seed}, mini-batches of {trained.batch} handwritten digits; `python -m resnet_explorer rerun "
        f"{race.name}` measures it again."
    )


def rows(race: Recorded) -> list[dict[str, Any]]:
    """Its numbers, a row a step."""
    names = [_name(each) for each in race.runs]
    return [
        {"step": step.step + 1}
        | {f"{name}, loss": each.steps[i].loss for name, each in zip(names, race.runs, strict=True)}
        for i, step in enumerate(race.runs[0].steps)
    ]


def table(race: Recorded) -> None:
    """The table behind it, made when somebody opens it."""
    box = st.popover("Table", key="door_table", on_change="rerun", type="tertiary", icon=":material/table:")
    if box.open:
        with box:
            st.dataframe(rows(race), hide_index=True)


@functools.lru_cache(maxsize=4)
def _data(race: Recorded) -> dict[str, Any]:
    plain, residual = race.runs
    net = config(residual).net
    drawn, spans = columns(cached.report(net))
    scale = layout.bars(drawn)
    ends = " and ".join(f"{_name(each)} with {number(final(each))}" for each in (plain, residual))
    words = f"Training losses of a recorded run over {len(residual.steps)} steps."
    return {
        "title": question(),
        "look": str(answer(race)),
        "words": f"{words} The mean of the last {TAIL}: {ends}.",
        "axis": f"training loss, nats (log): mean of {TAIL} steps; pale: each",
        "tail": TAIL,
        "nets": [_line(each) for each in (plain, residual)],
        "chance": math.log(net.classes),
        "bars": [[scale.part(column.layer.side), strip.shade(column)] for column in drawn],
        "arcs": [[span.first, span.last] for span in spans],
    }


def _name(each: TrialRun) -> str:
    return "with shortcuts" if each.job.residual else "without"


def _line(each: TrialRun) -> dict[str, Any]:
    loss = [round(step.loss, 4) if math.isfinite(step.loss) else None for step in each.steps]
    return {"title": title(config(each).net), "name": _name(each), "residual": bool(each.job.residual), "loss": loss}
