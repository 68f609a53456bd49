"""The run of the Gradients page: its choices, its buttons, and how it is watched."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import jobs as service
from resnet_explorer.analysis.conventions import plural
from resnet_explorer.analysis.frozen import NOTHING, freezable
from resnet_explorer.errors import ExplorerError
from resnet_explorer.experiments import PAIRS, pairs, training, words
from resnet_explorer.experiments.tracks import TRACKS
from resnet_explorer.options import options_of, read
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui import canvas
from resnet_explorer.ui.pages.gradients import picture
from resnet_explorer.ui.pages.gradients import reading as outcome
from resnet_explorer.ui.parts import archive, bench, controls, cuts, findings, live, present, recent, rows
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import glance, hide, link
from resnet_explorer.ui.view.labels import worded
from resnet_explorer.ui.view.views import GradientsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.experiments.recorded import Recorded
    from resnet_explorer.jobs.snapshot import Snapshot
    from resnet_explorer.spec import NetSpec
    from resnet_explorer.ui.parts.bench import Jobs, RunProgress

STATUS = {
    "running": "Running.",
    "partial": "Not run to its end.",
    "complete": "Done; ▶ plays it again. Change the seed to see others.",
}
PAIR = next(iter(PAIRS))
REFUSED = "Cannot be run; why is said below."


OF_OWN_RUNS = ("data", "weight_decay", "schedule", "start_lr", "augment", "test")
ELSEWHERE = {each.field: each.default for each in options_of(TrainConfig) if each.field in OF_OWN_RUNS}
"""What is chosen in the Laboratory alone, as it is by default: a link may carry it from there."""


def pair() -> Jobs:
    """The two runs that the view asks for, plain first; of a net without shortcuts they are one and the same."""
    net = link.net("g_")
    settled = ELSEWHERE if link.value(TrainConfig, "freeze") in _freezable(net) else ELSEWHERE | {"freeze": NOTHING}
    settings = read(TrainConfig, glance.texts())[0] | settled
    return bench.put("gradients", pairs.jobs(net, **settings), PAIRS.names)


@functools.lru_cache(maxsize=64)
def _freezable(net: NetSpec) -> tuple[str, ...]:
    """What can be frozen in both nets of a pair."""
    return freezable((net.plain.graph, net.residual.graph))


def freezes() -> None:
    """Which layers get no update, of those that both nets have."""
    controls.freeze(TrainConfig, _freezable(link.net("g_")))


def fields() -> list[str]:
    """The further choices about a run; the device where there is more than one, or the link names one."""
    here = service.engine().devices()
    first = picture.configs(pair().jobs)[0]
    device = ["device"] if {*here, first.device} != {"cpu"} else []
    near = ["eps"] if first.init == "near_identity" else []
    return ["steps", "batch", "lr", "seed", *near, *device]


def chosen(runs: Jobs) -> list[Snapshot]:
    """How far the runs are, once this visitor, or whoever made the link, has pressed Run; nothing before that."""
    return live.snapshots(runs.keys) if link.choices(GradientsView).run == runs.run else []


def press(runs: Jobs) -> tuple[canvas.Press, str, str]:
    """The buttons of the race, what stands beside them, and why it cannot be run, if it cannot."""
    state = live.how(runs.keys if chosen(runs) else (), {"done"})
    seconds, refused = 0.0, ""
    try:
        seconds = max(service.engine().admit(config).seconds for config in picture.configs(runs.jobs))
    except ExplorerError as error:
        refused = worded(error)
    label = live.AGAIN if state == "partial" else "Run"
    free = not refused and state not in {"running", "complete"}
    cut = None if hide.hides("g_cut") or not cuts.known(link.net("g_")) else _cut
    buttons = canvas.Press(lambda: _run(runs), lambda: live.stop(*runs.keys), label, free, state == "running", cut)
    why = parts.sentence(refused) if present.on() else REFUSED  # below is nothing then
    new = why if refused else f"Run measures it here, in about {max(1, round(seconds))} s."
    return buttons, STATUS.get(state, new), refused


def _cut() -> None:
    cuts.turn("g_", "race")


def _run(runs: Jobs) -> None:
    known = live.snapshots(runs.keys)
    if live.submitted(*picture.configs(runs.jobs)):
        link.choose(GradientsView, run=runs.run, step=0)
        recent.note("gradients", runs.run, runs.keys, _called(runs))
        if len(known) == len(runs.keys) and all(each.state == "done" for each in known):
            canvas.play("race")  # somebody ran the same before: it is played from its first step


def _called(runs: Jobs) -> str:
    """What a list of runs says of them."""
    nets, first = " against ".join(job.name for job in runs.jobs), picture.configs(runs.jobs)[0]
    return f"{nets}, {plural(first.steps, 'step')}, seed {first.seed}"


def figure(runs: Jobs) -> None:
    """The race, as far as it is; before it, the recorded one of the same choices, if there is one.

    What is new of a run is told to the picture itself, where the browser hears of it. The picture keeps its place and
    its height from before the run until after it, and so all that its visitor has set.
    """
    known, (buttons, status, _) = chosen(runs), press(runs)
    hide.among(("run", "step"))
    running = any(not each.finished for each in known)
    streamed = running and canvas.streams()

    def draw(now: list[Snapshot]) -> None:
        picture.show(runs, bench.progress(runs, now), buttons, status, running=running, streamed=streamed)

    if running and not streamed:
        live.watch(runs.keys, draw)
    elif (kept := _kept(runs, known)) is not None:
        status = f"Recorded on {kept.date}: ▶ plays it. {status}"
        picture.show(runs, archive.progress(runs, kept), buttons, status, running=False, streamed=False)
    else:
        draw(known)


def told(runs: Jobs) -> None:
    """What became of the race, in words, charts and numbers, under its picture."""
    known, refused = chosen(runs), press(runs)[2]
    if refused:
        st.warning(parts.sentence(refused))
    kept = _kept(runs, known)
    if len(known) == len(runs.keys):
        archive.here(picture.configs(runs.jobs), known)
        live.watch(runs.keys, lambda now: _status(runs, now), live.WORDS_SECONDS)
    else:
        findings.missing(runs, link.choices(GradientsView).run, "run")
    if kept:
        archive.label(kept)
        _read(archive.progress(runs, kept))
        _after(archive.progress(runs, kept))
    elif known and all(each.finished for each in known):
        _after(bench.progress(runs, known))


def row() -> str:
    """Which number of each layer stands right under the net; gives what it says."""
    track = TRACKS[picture.upper()]
    rows.choose(GradientsView, [each for each in TRACKS if each.name != picture.MOVES], track)
    return track.look


def _kept(runs: Jobs, known: Sequence[Snapshot]) -> Recorded | None:
    """The recorded runs of these choices, unless there are some of now."""
    running = any(not each.finished for each in known)
    return None if running or len(known) == len(runs.keys) else archive.kept(runs)


def _status(runs: Jobs, now: list[Snapshot]) -> None:
    """How the runs are, and what is to be seen so far."""
    for job, snapshot in zip(runs.jobs, now, strict=True):
        live.status(snapshot, job.name)
    _read(bench.progress(runs, now))


def _read(seen: RunProgress) -> None:
    if any(run.steps for run in seen.runs):
        parts.meaning(findings.reading(seen))


@functools.lru_cache(maxsize=32)
def _moves(seen: RunProgress) -> str:
    """What became of the gradient of each net, and how far its layers move."""
    return words.points(training.moves(seen.runs, [run.job.name for run in seen.runs])).shown(parts.inline)


def _after(seen: RunProgress) -> None:
    """What there is of a race that is over, besides its picture."""
    if any(run.steps for run in seen.runs):
        if moved := _moves(seen):
            parts.meaning(moved)
        for chart in PAIR.charts:
            if made := findings.drawn(seen, chart.name):
                parts.section(chart.title, chart.look)
                parts.drawn(made[0], key=chart.name, title=chart.title, words=made[1])
        outcome.table(picture.configs(run.job for run in seen.runs)[0], seen.runs)
