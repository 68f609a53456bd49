"""The tracks under the net: one number of every layer, on the same columns. Adding a metric adds a track."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resnet_explorer.analysis import conventions
from resnet_explorer.analysis.metrics import METRICS, Metric
from resnet_explorer.diagrams import layout, svg
from resnet_explorer.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resnet_explorer.diagrams.columns import Column
    from resnet_explorer.diagrams.layout import Grid

HEIGHT = 50
GAP = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A track: `of(column)` is the layer's own number and what the shortcut that ends there adds.

    `adds_up` says whether the sum over layers is the net's; if not, the track is drawn as a line.
    """

    name: str
    title: str
    unit: str
    adds_up: bool
    of: Callable[[Column], tuple[int, int]]


def _of_metric(metric: Metric) -> Track:
    name = metric.name
    return Track(name=name, title=metric.title, unit="", adds_up=True, of=lambda column: column.parts(name))


FIELD = Track(
    name="field", title="receptive field", unit=" px", adds_up=False, of=lambda column: (column.last.field_px, 0)
)
TRACKS = Registry("track", (*map(_of_metric, METRICS), FIELD))


def row(track: Track, values: Sequence[tuple[int, int]], times: Sequence[int], top: float) -> str:
    """The labels of a track: at its left where there is room, above it where there is none."""
    most = max(map(sum, values))
    highest = conventions.short(most) if track.adds_up else f"{most:,}{track.unit}"
    notes = [f"max {highest}"] if track.adds_up else [f"up to {highest}"]
    if track.adds_up:
        total = sum(sum(pair) * n for pair, n in zip(values, times, strict=True))
        notes.append(f"total {conventions.short(total)}")
    foot = top + HEIGHT
    side = svg.text(0, foot - 2 - 15 * len(notes), track.title, "name")
    side += "".join(svg.text(0, foot - 2 - 15 * (len(notes) - 1 - n), note, "m") for n, note in enumerate(notes))
    over = svg.text(0, top - 7, track.title, "name") + svg.text(
        svg.width_of(track.title, 13.5) + 10, top - 7, " · ".join(notes), "m"
    )
    return f'<g class="side">{side}</g><g class="over">{over}</g>'


def bars(values: Sequence[tuple[int, int]], grid: Grid, top: float) -> str:
    """Own numbers as bars, what shortcuts add as a lighter part on top of them."""
    unit = HEIGHT / max(1, *map(sum, values))
    foot, width = top + HEIGHT, svg.px(grid.pitch - grid.gap)
    own, extra = [], []
    for i, (mine, added) in enumerate(values):
        x, height = svg.px(grid.left(i) + grid.gap / 2), mine * unit
        if mine:
            own.append(f"M{x} {svg.px(foot)}h{width}v{svg.px(-max(0.5, height))}h-{width}z")
        if added:
            extra.append(f"M{x} {svg.px(foot - height)}h{width}v{svg.px(-added * unit)}h-{width}z")
    lighter = svg.path("".join(extra), "extra") if extra else ""
    return svg.path("".join(own), "bar") + lighter + _base(foot)


def line(values: Sequence[tuple[int, int]], grid: Grid, top: float, whole: int) -> str:
    """A number that grows along the net, as steps; a dotted line where it reaches the whole image."""
    most = max(1, *map(sum, values))
    foot = top + HEIGHT
    heights = [foot - HEIGHT * sum(pair) / most for pair in values]
    steps = f"M0 {svg.px(heights[0])}" + "".join(
        f"V{svg.px(y)}H{svg.px(grid.left(i + 1))}" for i, y in enumerate(heights)
    )
    drawn = svg.path(f"{steps}V{svg.px(foot)}H0z", "area") + svg.path(steps, "line") + _base(foot)
    if whole <= most:
        drawn += svg.path(f"M0 {svg.px(foot - HEIGHT * whole / most)}H{layout.PLOT}", "whole")
    return drawn


def whole_label(values: Sequence[tuple[int, int]], top: float, whole: int) -> str:
    """What the dotted line is."""
    most = max(1, *map(sum, values))
    if whole > most:
        return ""
    y = top + HEIGHT - HEIGHT * whole / most
    words = svg.text(0, y - 4 if y - top > 12 else y + 12, f"the whole image, {whole:,} px", "m s halo")
    return f'<g class="at" data-x="4" transform="translate({layout.GUTTER + 4} 0)">{words}</g>'


def _base(foot: float) -> str:
    return svg.path(f"M0 {svg.px(foot)}H{layout.PLOT}", "rule")
