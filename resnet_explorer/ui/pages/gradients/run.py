"""The run of the Gradients page: its choices, its buttons, and how it is watched."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from resnet_explorer import jobs as service
from resnet_explorer.errors import ExplorerError
from resnet_explorer.experiments.tracks import TRACKS
from resnet_explorer.figures.runs import Curve, ratios
from resnet_explorer.figures.still import Still
from resnet_explorer.jobs.job import together
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.options import options_of
from resnet_explorer.spec import title
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui import canvas
from resnet_explorer.ui.pages.gradients import picture
from resnet_explorer.ui.pages.gradients import reading as outcome
from resnet_explorer.ui.pages.laboratory import archive
from resnet_explorer.ui.parts import live, recent, rows
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import link
from resnet_explorer.ui.view.views import GradientsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.experiments.recorded import Recorded

STATUS = {
    "running": "Running.",
    "partial": "Not run to its end.",
    "complete": "Done; ▶ plays it again. Change the seed to see others.",
}
REFUSED = "Cannot be run; why is said below."


OF_OWN_RUNS = ("data", "weight_decay", "schedule", "start_lr", "augment", "test", "freeze")
ELSEWHERE = {each.field: each.default for each in options_of(TrainConfig) if each.field in OF_OWN_RUNS}
"""What is chosen in the Laboratory alone, as it is by default: a link may carry it from there."""


class Pair(NamedTuple):
    """The two runs, plain first; of a net without shortcuts they are one and the same."""

    plain: TrainConfig
    residual: TrainConfig

    @property
    def configs(self) -> tuple[TrainConfig, ...]:
        """What is to run, each once."""
        return tuple(dict.fromkeys(self))

    @property
    def keys(self) -> tuple[str, ...]:
        """Their jobs' keys."""
        return tuple(map(key, self.configs))

    @property
    def run(self) -> str:
        """One name for both, for the link."""
        return together(self.keys)


@dataclass(frozen=True)
class Seen:
    """The runs as far as they are; equal where nothing has come since, so that what is made of them can be kept."""

    runs: Pair
    stamp: tuple[tuple[int, str], ...]
    curves: tuple[Curve, ...] = field(compare=False)
    ended: tuple[bool, ...] = (True, True)


def pair() -> Pair:
    """The two runs that the view asks for."""
    net = link.net("g_")
    return Pair(*(link.choices(TrainConfig, net=each, **ELSEWHERE) for each in (net.plain, net.residual)))


def labels() -> dict[str, str]:
    """The further choices about a run; the device where there is more than one, or the link names one."""
    here = service.engine().devices()
    device = {"device": "Device"} if {*here, pair().plain.device} != {"cpu"} else {}
    near = {"eps": "ε"} if pair().plain.init == "near_identity" else {}
    return {"steps": "Steps", "batch": "Mini-batch", "lr": "Learning rate", "seed": "Seed", **near, **device}


def chosen(runs: Pair) -> list[Snapshot]:
    """How far the runs are, once this visitor, or whoever made the link, has pressed Run; nothing before that."""
    return live.snapshots(runs.keys) if link.choices(GradientsView).run == runs.run else []


def press(runs: Pair) -> tuple[canvas.Press, str, str]:
    """The buttons of the race, what stands beside them, and why it cannot be run, if it cannot."""
    state = live.how(runs.keys if chosen(runs) else (), {"done"})
    seconds, refused = 0.0, ""
    try:
        seconds = max(service.engine().admit(config).seconds for config in runs.configs)
    except ExplorerError as error:
        refused = str(error)
    label = live.AGAIN if state == "partial" else "Run"
    free = not refused and state not in {"running", "complete"}
    buttons = canvas.Press(lambda: _run(runs), lambda: live.stop(*runs.keys), label, free, state == "running")
    new = REFUSED if refused else f"About {max(1, round(seconds))} s; each net on its own core."
    return buttons, STATUS.get(state, new), refused


def _run(runs: Pair) -> None:
    known = live.snapshots(runs.keys)
    if live.submitted(*runs.configs):
        link.choose(GradientsView, run=runs.run, step=0)
        recent.note("gradients", runs.run, runs.keys, _called(runs))
        if len(known) == len(runs.keys) and all(each.state == "done" for each in known):
            canvas.play("race")  # somebody ran the same before: it is played from its first step


def _called(runs: Pair) -> str:
    """What a list of runs says of them."""
    nets = " against ".join(title(config.net) for config in runs.configs)
    return f"{nets}, {runs.plain.steps} steps, seed {runs.plain.seed}"


def figure(runs: Pair) -> None:
    """The race, as far as it is; before it, the recorded one of the same choices, if there is one.

    What is new of a run is told to the picture itself, where the browser hears of it. The picture keeps its place and
    its height from before the run until after it, and so all that its visitor has set.
    """
    known, (buttons, status, _) = chosen(runs), press(runs)
    running = any(not each.finished for each in known)
    streamed = running and canvas.streams()

    def draw(now: list[Snapshot]) -> None:
        picture.show(_seen(runs, now), buttons, status, running=running, streamed=streamed)

    if running and not streamed:
        live.watch(runs.keys, draw)
    elif (kept := _kept(runs, known)) is not None:
        status = f"Recorded on {kept.date}. {status}"
        picture.show(_seen(runs, _ended(kept), kept.date), buttons, status, running=False, streamed=False)
    else:
        draw(known)


def told(runs: Pair) -> None:
    """What became of the race, in words, charts and numbers, under its picture."""
    known, refused = chosen(runs), press(runs)[2]
    if refused:
        st.warning(parts.sentence(refused))
    kept = _kept(runs, known)
    if len(known) == len(runs.keys):
        archive.here(runs.configs, known)
        live.watch(runs.keys, lambda now: _status(runs, now), live.WORDS_SECONDS)
    elif link.choices(GradientsView).run == runs.run:
        st.info(live.GONE, icon=":material/history:")
    elif link.arrived("run"):
        st.info(live.ELSE, icon=":material/history:")
    if kept:
        archive.label(kept)
        _status(runs, _ended(kept))
        _after(_seen(runs, _ended(kept), kept.date))
    elif known and all(each.finished for each in known):
        _after(_seen(runs, known))


def row() -> None:
    """Which number of each layer stands right under the net."""
    rows.choose(GradientsView, [track for track in TRACKS if track.name != picture.MOVES], TRACKS[picture.upper()])


def _kept(runs: Pair, known: Sequence[Snapshot]) -> Recorded | None:
    """The recorded runs of these choices, unless there are some of now."""
    running = any(not each.finished for each in known)
    return None if running or len(known) == len(runs.keys) else archive.pair(runs.configs)


def _seen(runs: Pair, now: Sequence[Snapshot], made: str = "") -> Seen:
    """Runs as they are; `made` is when, of recorded ones: on another processor the same run has other numbers."""
    stamp = tuple((len(each.records), made or each.state) for each in now)
    ended = tuple(made != "" or each.finished for each in now) or (True,) * len(runs.configs)
    return Seen(runs, stamp, tuple(_curves(runs, now)), ended)


def _ended(kept: Recorded) -> list[Snapshot]:
    """Recorded runs, as if they had just ended."""
    return [
        Snapshot(key=key(run.job.config), config=run.job.config, state="done", records=run.records, result=run.result)
        for run in kept.runs
    ]


def _curves(runs: Pair, now: Sequence[Snapshot]) -> list[Curve]:
    records = [each.records for each in now] or [()] * len(runs.configs)
    return [Curve(spec=config.net, steps=steps) for config, steps in zip(runs.configs, records, strict=True)]


def _status(runs: Pair, now: list[Snapshot]) -> None:
    """How the runs are, and what is to be seen so far."""
    for config, snapshot in zip(runs.configs, now, strict=True):
        live.status(snapshot, title(config.net))
    curves = _curves(runs, now)
    if any(curve.steps for curve in curves):
        parts.meaning(outcome.reading(curves, finished=all(each.state == "done" for each in now)))


def _after(seen: Seen) -> None:
    """What there is of a race that is over, besides its picture."""
    if any(curve.steps for curve in seen.curves):
        if moved := outcome.moves(seen.curves, seen.runs.configs):
            parts.meaning(moved)
        parts.section("First against last layer", "Above 1 the gradient leans to the input, below 1 away from it.")
        parts.chart(_chart(seen, dark=parts.dark()), key="ratios", alt=outcome.alt_ratios(seen.curves))
        outcome.table(seen.runs.plain, seen.curves)


@functools.lru_cache(maxsize=32)
def _chart(seen: Seen, *, dark: bool) -> Still:
    """Kept, since a finished run asks for it whenever its page runs."""
    return Still(ratios(seen.curves, last=seen.runs.plain.steps - 1, dark=dark))
