"""The rows under the net: norms of every layer on the layer axis, of one moment or along a slider over the steps."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer.analysis.conventions import capital
from resnet_explorer.experiments import EXPERIMENTS
from resnet_explorer.figures.plot import Line, Plot
from resnet_explorer.figures.scale import Axis
from resnet_explorer.figures.still import Still
from resnet_explorer.tasks.task import key
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import rows
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached, link
from resnet_explorer.ui.view.views import LaboratoryView

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from resnet_explorer.experiments import Track
    from resnet_explorer.ui.pages.laboratory.bench import Bench
    from resnet_explorer.ui.parts.bench import RunProgress


NORM_ENDS = (1.0, 100.0)
"""What an axis of norms shows before there are any."""


def show(now: RunProgress) -> None:
    """The deepest nets of the first seed, layer by layer."""
    track, series = _chosen(now)
    if not any(each.steps for each in series):
        return
    columns = "Every layer is a column, from the image on the left to the classes on the right."
    parts.section("Layer by layer", f"{columns} {track.look}")
    rows.choose(LaboratoryView, EXPERIMENTS[now.name].tracks, track)
    canvas.replay(
        series,
        key="lab.replay",
        running=not now.finished,
        shown=rows.shown(track),
        place=canvas.Opening(
            _named(now), link.choices(LaboratoryView).step, lambda step: link.note(LaboratoryView, step=step)
        ),
    )


def lines(now: RunProgress, main: str) -> None:
    """The same of the last step as lines, without the net: the `main` figure, which a small window shows whole."""
    track, series = _chosen(now)
    if any(each.steps for each in series):
        figure, words = _drawn(now, track, dark=parts.dark())
        parts.section(title(now.name))
        parts.chart(figure, key="lab.lines", alt=words, main=main)


def title(name: str) -> str:
    """What stands over the lines of such an experiment."""
    return capital(_track(name).title)


def blank(it: Bench) -> tuple[go.Figure, str]:
    """The axes of those lines before anything is measured, and their words."""
    reports = [cached.report(job.config.net) for job in it.jobs]  # type: ignore[attr-defined]
    deepest = max(sum(layer.node.main for layer in report.weighted) for report in reports)
    x, y = _axes(_track(it.name))
    plot = Plot(lines=(), x=x._replace(ends=(1.0, float(deepest))), y=y._replace(ends=NORM_ENDS))
    return plot.figure(dark=parts.dark()), f"Empty axes: {plot.x.title}."


@functools.lru_cache(maxsize=16)
def _drawn(now: RunProgress, track: Track, *, dark: bool) -> tuple[Still, str]:
    """The chart and its words; kept likewise."""
    plot = _lines(_series(now, track.name), track)
    return Still(plot.figure(dark=dark)), plot.words()


def _chosen(now: RunProgress) -> tuple[Track, tuple[canvas.RunFrames, ...]]:
    """The row that is chosen, and what it shows of each net."""
    track = _track(now.name)
    return track, _series(now, track.name)


def _track(name: str) -> Track:
    """The row of an experiment that is chosen, or its first."""
    tracks = {each.name: each for each in EXPERIMENTS[name].tracks}
    return tracks.get(link.choices(LaboratoryView).track) or next(iter(tracks.values()))


def _lines(series: Sequence[canvas.RunFrames], track: Track) -> Plot:
    """The last step's numbers as lines over the layers."""
    found = []
    for each in series:
        pairs = zip(each.report.weighted, each.steps[-1].norms, strict=True)
        values = tuple(value for layer, value in pairs if layer.node.main)
        places = tuple(float(place) for place in range(1, len(values) + 1))
        found.append(Line(name=each.title, x=places, y=values, residual=each.residual))
    x, y = _axes(track)
    return Plot(lines=tuple(found), x=x, y=y)


def _axes(track: Track) -> tuple[Axis, Axis]:
    return Axis("weighted layer, from the image on"), Axis(f"{track.title} {track.unit} (log)", log=True)


@functools.lru_cache(maxsize=16)
def _named(now: RunProgress) -> str:
    """What tells these runs from others: their jobs, by whatever they were run."""
    return " ".join(key(run.job.config) for run in now.runs)


@functools.lru_cache(maxsize=16)
def _series(now: RunProgress, name: str) -> tuple[canvas.RunFrames, ...]:
    """What is drawn; kept, since a page asks for it on every run."""
    track = next(each for each in EXPERIMENTS[now.name].tracks if each.name == name)
    seed = now.runs[0].job.seed
    return tuple(
        canvas.RunFrames(
            title=run.job.name,
            report=cached.report(run.job.config.net),  # type: ignore[attr-defined]
            steps=track.read(run),
            ended=now.finished or run.result is not None,
        )
        for run in now.runs
        if run.job.seed == seed and run.job.weight == 1 and (run.records or run.result)
    )
