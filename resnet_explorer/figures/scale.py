"""Axes of numbers: what they show, their ticks, and where on them a value stands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.figures.numbers import ten

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOM = 0.04
"""What is left free at each end, as a share of the axis."""
ZERO = 3.0
"""How many times below the smallest value zeros are marked."""
ENOUGH, MOST = 2, 6
"""From so many decades on, powers of ten alone are ticks, and no more of them than that."""


class Axis(NamedTuple):
    """A titled axis, with its unit in the title; `ends` are what it shows at least, where that is known."""

    title: str
    log: bool = False
    ends: tuple[float, float] | None = None
    ticks: tuple[float, ...] = ()


def reach(values: Iterable[float], axis: Axis, *, foot: bool) -> tuple[float, float]:
    """The smallest and the largest value an axis has to show; with a `foot`, a place for zeros below them."""
    shown = [v for v in (*values, *(axis.ends or ())) if math.isfinite(v) and (v > 0 or not axis.log)]
    low, high = (min(shown), max(shown)) if shown else (1.0, 1.0)
    return (low / ZERO if foot else low), high


def share(value: float, low: float, high: float, axis: Axis) -> float:
    """Where on the axis a value stands, from 0 to 1; a zero that a log axis cannot show stands at its foot."""
    return shares((value,), low, high, axis)[0]


def shares(values: Iterable[float], low: float, high: float, axis: Axis) -> list[float]:
    """Where on the axis each of the values stands: its ends are worked out once for all of them."""
    start, end = _range(low, high, axis)
    if axis.log:
        values = (math.log10(low if value <= 0 else value) for value in values)
    return [(value - start) / (end - start) for value in values]


def value(at: float, low: float, high: float, axis: Axis) -> float:
    """What stands at a share of the axis."""
    start, end = _range(low, high, axis)
    place = start + at * (end - start)
    return 10.0**place if axis.log else place


def marks(low: float, high: float, axis: Axis) -> list[tuple[float, str]]:
    """The ticks of an axis that it shows, each with its label; of a linear one those that it names."""
    return [(tick, label) for tick, label in _ticks(axis, low, high) if 0 <= share(tick, low, high, axis) <= 1]


def way(
    points: Iterable[tuple[float, float]], reaches: tuple[tuple[float, float], ...], axes: tuple[Axis, Axis]
) -> list[tuple[float, float]]:
    """A line's points as shares of both axes, which have these reaches; what is not finite is left out."""
    shown = [point for point in points if math.isfinite(point[1])]
    x, y = (shares((point[at] for point in shown), *reaches[at], axes[at]) for at in (0, 1))
    return [*zip(x, y, strict=True)]


def plotted(axis: Axis, low: float, high: float) -> dict[str, Any]:
    """The axis as plotly takes it, from the lowest to the highest value with some room around."""
    made: dict[str, Any] = {"title": axis.title, "range": list(_range(low, high, axis))}
    if axis.log:
        made["type"] = "log"
    if ticks := _ticks(axis, low, high):
        made["tickvals"], made["ticktext"] = map(list, zip(*ticks, strict=True))
    return made


def _place(value: float, axis: Axis) -> float:
    return math.log10(value) if axis.log else value


def _range(low: float, high: float, axis: Axis) -> tuple[float, float]:
    start, end = _place(low, axis), _place(high, axis)
    if axis.ends and not axis.log:
        return start, end
    room = ROOM * (end - start) or 0.5
    return start - room, end + room


def _ticks(axis: Axis, low: float, high: float) -> list[tuple[float, str]]:
    """Ticks that the axis names; of a logarithmic one powers of ten alone, if there are enough, else round numbers."""
    if axis.ticks or not axis.log:
        return [(tick, f"{tick:g}") for tick in axis.ticks]
    span = math.log10(high / low)
    if span <= ENOUGH:
        return [(tick, f"{tick:g}") for tick in rounded(low, high)]
    start, end = _range(low, high, axis)
    step = math.ceil(span / MOST)
    return [(10.0**power, ten(power)) for power in range(math.ceil(start / step) * step, math.floor(end) + 1, step)]


def rounded(low: float, high: float) -> list[float]:
    """Numbers with one digit, of all decades between two: 1, 2 and 5 times a power of ten, or all where it is close."""
    first, last = (math.floor(math.log10(each)) for each in (low, high))
    digits = (1, 2, 5) if math.log10(high / low) > 0.4 else range(1, 10)
    return [digit * 10.0**power for power in range(first, last + 2) for digit in digits]
