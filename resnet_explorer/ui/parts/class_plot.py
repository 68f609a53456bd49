"""What the class of a room has measured: its plot, what is to be read off it, and its numbers."""

from __future__ import annotations

import functools
import math
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from resnet_explorer.analysis.conventions import listed, plural
from resnet_explorer.experiments import against
from resnet_explorer.figures import room as figure
from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.scale import Axis
from resnet_explorer.jobs.job import together
from resnet_explorer.jobs.room import DEPTH, DEPTHS, RATE, RATES, SEED
from resnet_explorer.options import write
from resnet_explorer.spec import title, to_query
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.train import TAIL
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached

if TYPE_CHECKING:
    from resnet_explorer.jobs.gathered import Gathered, Ran, SeatRuns
    from resnet_explorer.jobs.room import Question
    from resnet_explorer.tasks.train import TrainConfig

CHOICES = {SEED: "seed", DEPTH: "depth", RATE: "learning rate"}
KINDS = ("plain", "residual")
LEAST = 0.05
"""The loss down to which the plot has room before anything is drawn."""

BROKEN = {"failed": "failed", "stopped": "stopped", "gone": "no longer kept"}


def opened(pair: tuple[TrainConfig, TrainConfig]) -> dict[str, str]:
    """The texts of a link to a pair of runs on Gradients."""
    net = {f"g_{name}": text for name, text in parse_qsl(to_query(pair[1].net))}
    return {**net, **write(pair[1]), "run": together(map(key, pair))}


def href(pair: tuple[TrainConfig, TrainConfig]) -> str:
    """The same as an address, from the front door."""
    return f"gradients?{urlencode(opened(pair), safe=',')}"


class SeatPosition(NamedTuple):
    """What a seat has that others have not: its place on the axis, and in words."""

    value: float
    words: str


@functools.lru_cache(maxsize=1024)
def choice(question: Question, seat: int) -> SeatPosition:
    """What the browser on that seat runs."""
    residual = question.pair(seat)[1]
    if question.varies == DEPTH:
        depth = cached.report(residual.net).depth
        return SeatPosition(depth, f"{depth} weighted layers, seed {residual.seed}")
    if question.varies == RATE:
        return SeatPosition(residual.lr, f"learning rate {residual.lr:g}, seed {residual.seed}")
    return SeatPosition(residual.seed, f"seed {residual.seed}")


def show(now: Gathered) -> None:
    """The plot, what is to be seen on it, and the table behind it."""
    st.html(_plot(now, dark=parts.dark()))
    parts.meaning(reading(now))
    parts.source(_source(now))
    expander = st.expander("The class's numbers", key="class_numbers", on_change="rerun")
    if expander.open:
        with expander:
            st.dataframe(
                _rows(now),
                hide_index=True,
                placeholder=parts.MISSING,
                column_config={"run": st.column_config.LinkColumn("Run", display_text="open")},
            )


@functools.lru_cache(maxsize=16)
def _plot(now: Gathered, *, dark: bool) -> str:
    """Written once for a whole class."""
    question = now.room.question
    tracks = [track for entry in now.entries for track in _tracks(question, entry)]
    chance = math.log(question.config.net.classes)
    by_step = question.varies == SEED
    last = question.config.steps
    steps = tuple(float(at) for at in sorted({1, *range(last // 4, last + 1, max(1, last // 4))}) if at)
    x = Axis("step of training", ends=(1, max(2, last)), ticks=steps) if by_step else _across(question)
    y = Axis(
        "training loss (nats, log)" if by_step else "final training loss (nats, log)", log=True, ends=(LEAST, chance)
    )
    return figure.drawing(tracks, x, y, f"{x.title}; {y.title}. {_plain_words(now)}", dark=dark)


def _across(question: Question) -> Axis:
    count = len(DEPTHS if question.varies == DEPTH else RATES)
    values = sorted({choice(question, seat).value for seat in range(count)})
    rate = question.varies == RATE
    name = "learning rate (log)" if rate else "weighted layers"
    room = 0.0 if rate else 1.0
    return Axis(name, log=rate, ends=(values[0] - room, values[-1] + room), ticks=tuple(values))


@functools.lru_cache(maxsize=1024)
def _tracks(question: Question, entry: SeatRuns) -> tuple[figure.RunCurve, ...]:
    """A browser's two runs as they are drawn: made once where they are over."""
    pair = question.pair(entry.seat)
    told = choice(question, entry.seat)
    made = []
    for config, ran, residual in zip(pair, entry.pair, (False, True), strict=True):
        if question.varies == SEED:
            x, y = tuple(place + 1.0 for place in ran.places), ran.losses
        else:
            x, y = ((told.value,), (ran.final,)) if ran.state == "done" else ((), ())
        name = f"Run {entry.seat + 1}, {title(config.net)}, {told.words}: {state(ran)}"
        made.append(
            figure.RunCurve(residual=residual, x=x, y=y, href=href(pair), name=name, counted=ran.state == "done")
        )
    return tuple(made)


def state(ran: Ran) -> str:
    """How a run is, in words."""
    if ran.state == "done":
        return f"final loss {number(ran.final)}"
    return f"{ran.state} at step {ran.steps}" if ran.steps else ran.state


@functools.lru_cache(maxsize=16)
def reading(now: Gathered) -> str:
    """What is to be seen, from the runs so far; what is in no mean is told."""
    if not now.entries:
        return "Nobody has pressed Run yet. Each run is drawn here as it goes on."
    done = [entry for entry in now.entries if entry.done]
    said = [f"**{len(done)} of {plural(len(now.entries), 'pair')} done.**"]
    if done:
        ends = Counter(against.higher(entry.plain.final, entry.residual.final) for entry in done)
        said.append(
            f"The plain net ended with the higher loss in {ends[0]}, the residual one in {ends[1]}; in {ends[None]} "
            f"they ended alike (within a factor of {against.ALIKE:g})."
        )
    said += [_mean(now, kind) for kind in KINDS] if now.room.question.varies == SEED else []
    return " ".join(filter(None, [*said, *_left_out(now)]))


def _mean(now: Gathered, kind: str) -> str:
    """The mean of one kind's final losses, with the number of runs and the band."""
    finals = [ran.final for entry in now.entries if (ran := getattr(entry, kind)).state == "done"]
    if not finals:
        return ""
    mean = math.fsum(finals) / len(finals)
    reach = f", from {number(min(finals))} to {number(max(finals))}" if len(finals) > 1 else ""
    return f"Final loss, {kind}: {number(mean)} in the mean of {plural(len(finals), 'run')}{reach}."


def _left_out(now: Gathered) -> list[str]:
    """What is in no mean, and what was measured otherwise."""
    runs = [ran for entry in now.entries for ran in entry.pair]
    said = []
    diverged = [sum(getattr(entry, kind).state == "diverged" for entry in now.entries) for kind in KINDS]
    if any(diverged):
        each = [
            f"{plural(count, 'run')} of the {kind} net" for count, kind in zip(diverged, KINDS, strict=True) if count
        ]
        ends = " Such a line ends where the loss was finite last." * (now.room.question.varies == SEED)
        said.append(f"**Diverged, and in no mean: {listed(each)}.**{ends}")
    states = Counter(ran.state for ran in runs)
    broken = [f"{states[state]} {words}" for state, words in BROKEN.items() if states[state]]
    if broken:
        said.append(f"Of {plural(len(runs), 'run')}, {listed(broken)}: in no mean either.")
    if other := sum(ran.other for ran in runs):
        said.append(f"{plural(other, 'run')} came from the store, made by other code, PyTorch or processor than now.")
    return said


def _plain_words(now: Gathered) -> str:
    return reading(now).replace("**", "")


def _source(now: Gathered) -> str:
    of = "mean over the class at each step" if now.room.question.varies == SEED else "mean of each choice"
    return (
        f"Measured by this class. Thin lines and points: one run each; a click opens it. Thick: the {of} of the runs "
        f"that came to their end; shade: from the lowest to the highest. Blue, round: with shortcuts; vermilion, "
        f"square, its mean dashed: without. A final loss is the mean of the last {TAIL} reported losses."
    )


def _rows(now: Gathered) -> list[dict[str, Any]]:
    """A row for each browser."""
    question = now.room.question
    rows = []
    for entry in now.entries:
        pair = question.pair(entry.seat)
        row: dict[str, Any] = {"number": entry.seat + 1, "what": choice(question, entry.seat).words}
        for kind, ran in zip(KINDS, entry.pair, strict=True):
            row |= {f"{kind}, final loss": ran.final if ran.state == "done" else None, kind: ran.state}
        rows.append(row | {"run": href(pair)})
    return rows
