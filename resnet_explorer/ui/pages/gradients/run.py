"""The run of the Gradients page: its choices, its buttons, and how it is watched."""

from __future__ import annotations

import functools
import hashlib
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from resnet_explorer import jobs as service
from resnet_explorer.errors import ExplorerError
from resnet_explorer.experiments.tracks import TRACKS
from resnet_explorer.figures.runs import Curve, losses, ratios
from resnet_explorer.figures.still import Still
from resnet_explorer.jobs.snapshot import FINAL, Snapshot
from resnet_explorer.options import options_of
from resnet_explorer.spec import title
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui import canvas
from resnet_explorer.ui.canvas import stream
from resnet_explorer.ui.pages.gradients import reading as outcome
from resnet_explorer.ui.pages.laboratory import archive
from resnet_explorer.ui.parts import live, pictures, rows
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import link
from resnet_explorer.ui.view.views import GradientsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.experiments import Track
    from resnet_explorer.experiments.recorded import Recorded

DONE = (
    "Done; ▶ plays it again. On the same kind of processor the same choices give the same numbers: change the seed to "
    "see others."
)


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
        return hashlib.blake2b("".join(self.keys).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Seen:
    """The runs as far as they are; equal where nothing has come since, so that what is made of them can be kept."""

    runs: Pair
    stamp: tuple[tuple[int, str], ...]
    curves: tuple[Curve, ...] = field(compare=False)


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


def buttons(runs: Pair) -> None:
    """Run and stop, with what a run will take."""
    try:
        seconds = max(service.engine().admit(config).seconds for config in runs.configs)
        hint, refused = f"About {max(1, round(seconds))} s; each net on its own core.", False
    except ExplorerError as error:
        hint, refused = str(error), True
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        keys = runs.keys if chosen(runs) else ()
        state = live.run_and_stop(keys, lambda: _run(runs), {"done"}, hint, refused=refused)
        if state == "complete" and not refused:
            st.caption(DONE)


def _run(runs: Pair) -> None:
    known = live.snapshots(runs.keys)
    if live.submitted(*runs.configs):
        link.choose(GradientsView, run=runs.run, step=0)
        if len(known) == len(runs.keys) and all(each.state == "done" for each in known):
            canvas.play("race")  # somebody ran the same before: it is played from its first step


def watch(runs: Pair) -> None:
    """The run, as far as it is; before it, the recorded one of the same choices, if there is one.

    What is new of a run is told to the picture itself, where the browser hears of it.

    The picture keeps its place on the page from before the run until after it, and so all that its visitor has set.
    """
    known = chosen(runs)
    running = any(not each.finished for each in known)
    if running and not canvas.streams():
        archive.here(runs.configs, known)
        rows.choose(GradientsView, TRACKS, _track())
        live.watch(runs.keys, lambda now: _all(runs, now))
        return
    whole = len(known) == len(runs.keys)
    kept = None if running or whole else archive.pair(runs.configs)
    ended = _ended(kept) if kept else []
    with st.container():
        if whole:
            archive.here(runs.configs, known)
            live.watch(runs.keys, lambda now: _status(runs, now), live.WORDS_SECONDS)
        elif link.choices(GradientsView).run == runs.run:
            st.info(live.GONE, icon=":material/history:")
        elif link.arrived("run"):
            st.info(live.ELSE, icon=":material/history:")
        if kept:
            archive.label(kept)
            _status(runs, ended)
    rows.choose(GradientsView, TRACKS, _track())
    if kept:
        _show(runs, ended, running=False, made=kept.date)
    elif running or not whole:
        chance, source = math.log(runs.plain.net.classes), stream.address(runs.keys, _track().name)
        told = canvas.Live(steps=runs.plain.steps, chance=chance, source=source) if running else None
        nets = pictures.series(_curves(runs, ()), _track(), [not running] * len(runs.configs))
        pictures.race(nets, _track(), runs.run, live=told)
    else:
        _show(runs, known, running=False)


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


def _all(runs: Pair, now: list[Snapshot]) -> None:
    _status(runs, now)
    _show(runs, now, running=True)


def _show(runs: Pair, now: list[Snapshot], *, running: bool, made: str = "") -> None:
    """Everything; `made` is when, of recorded runs: on another processor the same run has other numbers."""
    stamp = tuple((len(each.records), made or each.state) for each in now)
    seen = Seen(runs, stamp, tuple(_curves(runs, now)))
    pictures.race(_series(seen, _track().name), _track(), runs.run, running=running)
    if any(curve.steps for curve in seen.curves):
        if not running and (told := outcome.moves(seen.curves, runs.configs)):
            parts.meaning(told)
        _charts(seen)
        if not running:
            outcome.table(runs.plain, seen.curves)


def _charts(seen: Seen) -> None:
    left, right = st.columns(2)
    with left:
        parts.section("Training loss", "Lower is better; the dotted line is pure chance.")
        parts.chart(_chart(seen, "losses", dark=parts.dark()), key="losses", alt=outcome.alt_losses(seen.curves))
    with right:
        parts.section("First against last layer", "Above 1 the gradient leans to the input, below 1 away from it.")
        parts.chart(_chart(seen, "ratios", dark=parts.dark()), key="ratios", alt=outcome.alt_ratios(seen.curves))


@functools.lru_cache(maxsize=32)
def _chart(seen: Seen, name: str, *, dark: bool) -> Still:
    """Kept, since a finished run asks for it whenever its page runs."""
    last = seen.runs.plain.steps - 1
    if name == "losses":
        return Still(losses(seen.curves, seen.runs.plain.net.classes, last=last, dark=dark))
    return Still(ratios(seen.curves, last=last, dark=dark))


@functools.lru_cache(maxsize=16)
def _series(seen: Seen, track: str) -> tuple[canvas.Series, ...]:
    """Kept likewise."""
    return pictures.series(seen.curves, TRACKS[track], [state in FINAL for _, state in seen.stamp])


def _track() -> Track:
    """The number of each layer that is shown under the net."""
    return TRACKS[link.choices(GradientsView).track]
