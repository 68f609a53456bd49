"""The plot of a class: each run a thin line or a point that leads to it, and over them the mean with its band.

It is HTML with one SVG that fills whatever width there is: written once, and shown to a whole class without a script.
"""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.palette import colour
from resnet_explorer.figures.scale import reach, rounded, share, way

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

from resnet_explorer.figures.scale import Axis

SIDE = 1000
"""Of the drawing, in its own units: it is stretched to its place, and strokes are not."""

MOST_TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCurve:
    """One net's run: its values over `x`, the address that leads to it, and what it is called.

    `counted`: it came to its end, and is part of the mean.
    """

    residual: bool
    x: tuple[float, ...]
    y: tuple[float, ...]
    href: str
    name: str
    counted: bool


class Mean(NamedTuple):
    """The runs of one kind of net at one `x`: how many, their mean, the lowest and the highest."""

    x: float
    runs: int
    mean: float
    low: float
    high: float


def means(tracks: Iterable[RunCurve], *, residual: bool) -> list[Mean]:
    """The mean at each `x` of the runs of that kind that are counted."""
    values: dict[float, list[float]] = {}
    for track in tracks:
        if track.counted and track.residual is residual:
            for x, y in zip(track.x, track.y, strict=True):
                values.setdefault(x, []).append(y)
    return [Mean(x, len(all_), math.fsum(all_) / len(all_), min(all_), max(all_)) for x, all_ in sorted(values.items())]


def drawing(tracks: Sequence[RunCurve], x: Axis, y: Axis, words: str, *, dark: bool) -> str:
    """The plot as HTML; `words` are for those who do not see it. The axes have ticks where they name none."""
    reaches = (
        reach((v for each in tracks for v in each.x), x, foot=False),
        reach((v for each in tracks for v in each.y), y, foot=False),
    )
    place = _Place(x, y, *reaches)
    drawn = [(each, points) for each in tracks if (points := place.points(each.x, each.y))]
    lines = "".join(_line(each, points, dark=dark) for each, points in drawn)
    over = "".join(
        _mean(means(tracks, residual=residual), place, residual=residual, dark=dark) for residual in (False, True)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" preserveAspectRatio="none">'
        f"<style>path{{fill:none;vector-effect:non-scaling-stroke}}</style>{lines}{over}</svg>"
    )
    image = base64.b64encode(svg.encode()).decode()
    ticks = "".join(
        f'<i class="{name}" style="{side}:{100 * at:.1f}%">{label}</i>'
        for name, side, shown in (("x", "left", _ticks(x, *reaches[0])), ("y", "bottom", _ticks(y, *reaches[1])))
        for at, label in shown
    )
    return (
        f'<div class="class_plot"><div><img alt="{escape(words)}" src="data:image/svg+xml;base64,{image}">{ticks}'
        f'<b class="x">{escape(x.title)}</b><b class="y">{escape(y.title)}</b>'
        f"{''.join(_end(each, points[-1]) for each, points in drawn)}</div></div>"
    )


class _Place(NamedTuple):
    """Where on the drawing values stand."""

    across: Axis
    up: Axis
    wide: tuple[float, float]
    high: tuple[float, float]

    def points(self, x: Sequence[float], y: Sequence[float]) -> list[tuple[int, int]]:
        """The points of a line; what cannot be drawn is left out."""
        shown = [(a, b) for a, b in zip(x, y, strict=True) if b > 0 or not self.up.log]
        places = way(shown, (self.wide, self.high), (self.across, self.up))
        return [(round(SIDE * a), round(SIDE * (1 - b))) for a, b in places]


def _line(track: RunCurve, points: Sequence[tuple[int, int]], *, dark: bool) -> str:
    faint = 0.5 if track.counted else 0.3
    look = f'stroke="{colour(residual=track.residual, dark=dark)}" stroke-width="1.2" opacity="{faint}"'
    return f'<path {look} d="{_path(points)}"/>' if len(points) > 1 else ""


def _end(track: RunCurve, at: tuple[int, int]) -> str:
    """Where a run ends, a point that leads to it."""
    kind = ("residual" if track.residual else "plain") + ("" if track.counted else " off")
    where = f"left:{100 * at[0] / SIDE:g}%;top:{100 * at[1] / SIDE:g}%"
    name = escape(track.name)
    to = f'href="{escape(track.href)}" target="_blank" tabindex="-1"'
    return f'<a class="{kind}" style="{where}" {to} title="{name}"></a>'


def _mean(found: Sequence[Mean], place: _Place, *, residual: bool, dark: bool) -> str:
    across = [each.x for each in found]
    low, mean, high = (
        place.points(across, [getattr(each, name) for each in found]) for name in ("low", "mean", "high")
    )
    if len(mean) < 2:
        return ""
    ink = colour(residual=residual, dark=dark)
    dash = "" if residual else ' stroke-dasharray="9 6"'
    return (
        f'<path style="fill:{ink}" opacity=".16" d="{_path([*low, *reversed(high)])}Z"/>'
        f'<path stroke="{ink}" stroke-width="3.4"{dash} d="{_path(mean)}"/>'
    )


def _path(points: Sequence[tuple[int, int]]) -> str:
    """From point to point by what lies between, which is shorter than where each stands."""
    first, *rest = points
    moves = (f"l{x - a} {y - b}" for (a, b), (x, y) in zip(points, rest, strict=False))
    return f"M{first[0]} {first[1]}{''.join(moves)}"


def _ticks(axis: Axis, low: float, high: float) -> list[tuple[float, str]]:
    """Where ticks stand, as shares of the axis, and what they say."""
    at = axis.ticks or [each for each in rounded(low, high) if low <= each <= high]
    apart = -(-len(at) // MOST_TICKS)
    return [(share(each, low, high, axis), number(each)) for each in at[::apart]]
