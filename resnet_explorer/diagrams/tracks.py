"""The tracks under the net: one number of every layer, on the same columns. Adding a metric adds a track."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis import conventions
from resnet_explorer.analysis.measures import MEASURES, Measure
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.diagrams import layout, svg
from resnet_explorer.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resnet_explorer.diagrams.columns import Column
    from resnet_explorer.diagrams.layout import Grid

HEIGHT = 50
GAP = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTrack:
    """A track of a measure: `of(column)` is the layer's own number and what the shortcut that ends there adds.

    `adds_up` says whether the sum over layers is the net's; if not, the track is drawn as a line, and what is added is
    what the number grows by until the last of equal layers.
    """

    name: str
    measure: Measure
    adds_up: bool
    of: Callable[[Column], tuple[int, int]]

    @property
    def title(self) -> str:
        """The measure's."""
        return self.measure.title

    @property
    def unit(self) -> str:
        """What stands behind a number, with a blank; empty where nothing does."""
        return self.measure.unit and f" {self.measure.unit}"


def _of_metric(name: str) -> MeasureTrack:
    return MeasureTrack(name=name, measure=MEASURES[name], adds_up=True, of=lambda column: column.parts(name))


def _field(column: Column) -> tuple[int, int]:
    first, last = column.layer.field_px, column.last.field_px
    return first, last - first


FIELD = MeasureTrack(name="field", measure=MEASURES["field_px"], adds_up=False, of=_field)
MEASURE_TRACKS = Registry("track", (*map(_of_metric, METRICS.names), FIELD))


class TrackValues(NamedTuple):
    """What a track shows of a net: the numbers of its columns, and for how many equal layers each column stands.

    `shared` is the largest number of two nets that are drawn to one scale; None of a net that has its own.
    """

    values: tuple[tuple[int, int], ...]
    times: tuple[int, ...]
    shared: int | None = None

    @property
    def most(self) -> int:
        """The largest number of a column."""
        return max(map(sum, self.values))

    @property
    def scale(self) -> int:
        """The number that is as high as the track."""
        return max(1, self.most if self.shared is None else self.shared)


def reading(track: MeasureTrack, columns: Sequence[Column], beside: Sequence[Column] = ()) -> TrackValues:
    """The track of these columns, to one scale with the columns `beside` them, if there are any."""
    values = tuple(map(track.of, columns))
    shared = max(sum(pair) for pair in (*values, *map(track.of, beside))) if beside else None
    return TrackValues(values, tuple(column.times for column in columns), shared)


def row(track: MeasureTrack, found: TrackValues, top: float, *, totals: bool) -> str:
    """The labels of a track: at its left where there is room, above it where there is none."""
    notes = [f"{'max' if track.adds_up else 'up to'} {track.measure.text(found.most)}"]
    if found.shared is not None:
        notes.append(f"both drawn to {track.measure.text(found.shared)}")
    if track.adds_up:
        total = sum(sum(pair) * n for pair, n in zip(found.values, found.times, strict=True))
        notes += [f"total {conventions.short(total)}"] if totals else []
        if max(found.times) > 1:
            notes.append("each line a mean")
    foot = top + HEIGHT
    side = svg.text(0, foot - 2 - 15 * len(notes), track.title, "name")
    side += "".join(svg.text(0, foot - 2 - 15 * (len(notes) - 1 - n), note, "m") for n, note in enumerate(notes))
    if found.shared is not None:  # a line is short: of two nets their scale, and the total where no lines are told of
        notes = [notes[1], notes[-1]] if track.adds_up else notes[1:]
    line = " · ".join(notes)
    over = svg.text(0, top - 7, track.title, "name")
    over += svg.text(svg.width_of(track.title, 13.5) + 10, top - 7, line, "m")
    return f'<g class="side">{side}</g><g class="over">{over}</g>'


def bars(found: TrackValues, grid: Grid, top: float) -> str:
    """Own numbers as bars, what shortcuts add as a lighter part on top of them."""
    unit = HEIGHT / found.scale
    foot, width = top + HEIGHT, svg.px(grid.slot - grid.gap)
    own, extra = [], []
    for i, (mine, added) in enumerate(found.values):
        x, height = svg.px(grid.centre(i) - (grid.slot - grid.gap) / 2), mine * unit
        if mine:
            own.append(f"M{x} {svg.px(foot)}h{width}v{svg.px(-max(0.5, height))}h-{width}z")
        if added:
            extra.append(f"M{x} {svg.px(foot - height)}h{width}v{svg.px(-added * unit)}h-{width}z")
    lighter = svg.path("".join(extra), "extra") if extra else ""
    return svg.path("".join(own), "bar") + lighter + _base(foot)


def line(found: TrackValues, grid: Grid, top: float, whole: int) -> str:
    """A number that grows along the net, as steps; a dotted line where it reaches the whole image.

    Over the lines of equal blocks it rises as a slope, since it grows in each of them.
    """
    most, foot = found.scale, top + HEIGHT
    heights = [(foot - HEIGHT * first / most, foot - HEIGHT * (first + more) / most) for first, more in found.values]
    steps = f"M0 {svg.px(heights[0][0])}"
    for i, (y, last) in enumerate(heights):
        if i and grid.left(i) > grid.end(i - 1) + 0.5:  # a stage that this net has not got
            steps += f"H{svg.px(grid.left(i))}"
        steps += f"V{svg.px(y)}H{svg.px(grid.right(i))}"
        if grid.end(i) > grid.right(i):
            steps += f"L{svg.px(grid.end(i))} {svg.px(last)}"
    drawn = svg.path(f"{steps}V{svg.px(foot)}H0z", "area") + svg.path(steps, "line") + _base(foot)
    if whole <= most:
        drawn += svg.path(f"M0 {svg.px(foot - HEIGHT * whole / most)}H{layout.PLOT}", "whole")
    return drawn


def whole_label(most: int, top: float, whole: int) -> str:
    """What the dotted line is; `most` is as high as the track."""
    if whole > most:
        return ""
    y = top + HEIGHT - HEIGHT * whole / most
    words = svg.text(0, y - 4 if y - top > 12 else y + 12, f"the whole image, {whole:,} px", "m s halo")
    return f'<g class="at" data-x="4" transform="translate({layout.GUTTER + 4} 0)">{words}</g>'


def _base(foot: float) -> str:
    return svg.path(f"M0 {svg.px(foot)}H{layout.PLOT}", "rule")
