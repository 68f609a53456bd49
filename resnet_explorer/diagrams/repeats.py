"""Equal blocks of which the first alone is drawn: each other one is a line behind it, so that deeper looks deeper."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from resnet_explorer.diagrams import strip, svg
from resnet_explorer.diagrams.tracks import HEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resnet_explorer.diagrams.columns import Column, ColumnLayout, Span
    from resnet_explorer.diagrams.layout import Bars, Grid
    from resnet_explorer.diagrams.tracks import TrackValues

INK = 0.5
"""What a line fills of its room."""
LOW = 0.5
"""How high the arc over a line is, beside one over a block."""


def behind(net: ColumnLayout) -> dict[str, list[int]]:
    """For each column of each stage, how many lines stand behind it."""
    more = {span.last: span.times - 1 for span in net.spans}
    found: dict[str, list[int]] = {}
    for i, column in enumerate(net.columns):
        found.setdefault(column.layer.node.stage, []).append(more.get(i, 0))
    return found


def lines(columns: Sequence[Column], spans: Sequence[Span], scale: Bars, grid: Grid) -> str:
    """The lines in the net, as high as their map, in the shade of the middle of their block."""
    drawn = []
    for span, left, pitch in _folded(spans, grid):
        height = scale.height(columns[span.last].layer.side)
        shade = strip.shade(columns[(span.first + span.last) // 2])
        stage, _, first = span.path.rpartition(".")
        for n in range(1, span.times):
            block = f"{stage}.{int(first) + n}" if first.isdecimal() else ""
            x, width = left + (n - 1 + (1 - INK) / 2) * pitch, INK * pitch
            drawn.append(
                f'<rect class="lines {shade}" data-line="{escape(block)}" x="{x:.2f}" '
                f'y="{svg.px(scale.form.middle - height / 2)}" width="{width:.2f}" height="{svg.px(height)}"/>'
            )
    return "".join(drawn)


def arcs(columns: Sequence[Column], spans: Sequence[Span], scale: Bars, grid: Grid) -> str:
    """The shortcuts over the lines, one each."""
    drawn = []
    for span, left, pitch in _folded(spans, grid):
        if span.shortcut:
            one = f"q{pitch / 2:.2f} {-LOW * strip.ARC * 2:.1f} {pitch:.2f} 0"
            d = f"M{left:.2f} {svg.px(strip.foot_of(columns, span, scale))}" + one * (span.times - 1)
            pale = svg.attribute("stroke-opacity", f"{min(1, pitch / 2):.2f}")  # many in little room are no thick line
            drawn.append(svg.path(d, f"arc {span.shortcut} fine", pale))
    return "".join(drawn)


def bars(found: TrackValues, spans: Sequence[Span], grid: Grid, top: float) -> str:
    """The lines in a track, each as high as the mean of the layers of its block."""
    drawn = ""
    for span, left, pitch in _folded(spans, grid):
        own = [sum(pair) for pair in found.values[span.first : span.last + 1]]
        height = HEIGHT * sum(own) / len(own) / found.scale
        if height:
            drawn += _row(left, pitch, span.times - 1, top + HEIGHT, max(0.5, height))
    return svg.path(drawn, "lines bar") if drawn else ""


def _folded(spans: Sequence[Span], grid: Grid) -> Iterator[tuple[Span, float, float]]:
    """Spans that have lines, where these begin, and the room of each."""
    for span in spans:
        if span.times > 1:
            left = grid.right(span.last)
            yield span, left, (grid.end(span.last) - left) / (span.times - 1)


def _row(left: float, pitch: float, count: int, foot: float, height: float) -> str:
    """So many lines that stand on one foot."""
    width = INK * pitch
    one = f"v{-height:.1f}h{width:.2f}v{height:.1f}h{pitch - width:.2f}"
    return f"M{left + (pitch - width) / 2:.2f} {svg.px(foot)}" + one * count + "z"
