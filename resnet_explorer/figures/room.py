"""The plot of a class: each run a thin line or a point that leads to it, and over them the mean with its band.

It is HTML with one SVG that fills whatever width there is: written once, and shown to a whole class without a script.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.scale import reach, rounded, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resnet_explorer.figures.scale import Axis

SIDE = 1000
"""Of the drawing, in its own units: it is stretched to its place, and strokes are not."""

MOST_TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
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
    count: int
    mean: float
    low: float
    high: float


def means(tracks: Iterable[Track], *, residual: bool) -> list[Mean]:
    """The mean at each `x` of the runs of that kind that are counted."""
    values: dict[float, list[float]] = {}
    for track in tracks:
        if track.counted and track.residual is residual:
            for x, y in zip(track.x, track.y, strict=True):
                values.setdefault(x, []).append(y)
    return [Mean(x, len(all_), math.fsum(all_) / len(all_), min(all_), max(all_)) for x, all_ in sorted(values.items())]


def drawing(tracks: Sequence[Track], x: Axis, y: Axis, words: str) -> str:
    """The plot as HTML; `words` are for those who do not see it. The axes have ticks where they name none."""
    reaches = (
        reach((v for each in tracks for v in each.x), x, foot=False),
        reach((v for each in tracks for v in each.y), y, foot=False),
    )
    place = _Place(x, y, *reaches)
    lines = "".join(_track(each, place) for each in sorted(tracks, key=lambda each: each.residual))
    over = "".join(_mean(means(tracks, residual=residual), place, residual=residual) for residual in (False, True))
    ticks = "".join(
        f'<i class="{name}" style="{side}:{100 * at:.1f}%">{label}</i>'
        for name, side, shown in (("x", "left", _ticks(x, *reaches[0])), ("y", "bottom", _ticks(y, *reaches[1])))
        for at, label in shown
    )
    return (
        f'<div class="class_plot" role="group" aria-label="{escape(words)}"><div>'
        f'<svg viewBox="0 0 {SIDE} {SIDE}" preserveAspectRatio="none" aria-hidden="true">{lines}{over}</svg>{ticks}'
        f'<b class="x">{escape(x.title)}</b><b class="y">{escape(y.title)}</b></div></div>'
    )


class _Place(NamedTuple):
    """Where on the drawing values stand."""

    across: Axis
    up: Axis
    wide: tuple[float, float]
    high: tuple[float, float]

    def points(self, x: Sequence[float], y: Sequence[float]) -> list[str]:
        """The points of a line; what cannot be drawn is left out."""
        return [
            f"{round(SIDE * share(a, *self.wide, self.across))} {round(SIDE * (1 - share(b, *self.high, self.up)))}"
            for a, b in zip(x, y, strict=True)
            if math.isfinite(b) and (b > 0 or not self.up.log)
        ]


def _track(track: Track, place: _Place) -> str:
    points = place.points(track.x, track.y)
    if not points:
        return ""
    line = f'<path d="M{"L".join(points)}"/>' if len(points) > 1 else ""
    kind = _kind(residual=track.residual) + ("" if track.counted else " off")
    return (
        f'<a class="{kind}" href="{escape(track.href)}" target="_blank" tabindex="-1">'
        f"<title>{escape(track.name)}</title>"
        f'{line}<path class="dot" d="M{points[-1]}h0"/></a>'
    )


def _mean(found: Sequence[Mean], place: _Place, *, residual: bool) -> str:
    if not found:
        return ""
    across = [each.x for each in found]
    low, mean, high = (place.points(across, [each[i] for each in found]) for i in (3, 2, 4))
    kind = _kind(residual=residual)
    one = f'<path class="{kind} mark" d="M{mean[0]}h0"/>' if len(mean) == 1 else ""
    return (
        f'<path class="{kind} band" d="M{"L".join([*low, *reversed(high)])}Z"/>'
        f'<path class="{kind} mean" d="M{"L".join(mean)}"/>{one}'
    )


def _kind(*, residual: bool) -> str:
    return "residual" if residual else "plain"


def _ticks(axis: Axis, low: float, high: float) -> list[tuple[float, str]]:
    """Where ticks stand, as shares of the axis, and what they say."""
    at = axis.ticks or [each for each in rounded(low, high) if low <= each <= high]
    apart = -(-len(at) // MOST_TICKS)
    return [(share(each, low, high, axis), number(each)) for each in at[::apart]]
