"""Axes of numbers: what they show, their ticks, and where on them a value stands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.figures.numbers import raised

if TYPE_CHECKING:
    from collections.abc import Iterable

LOG = {"type": "log", "exponentformat": "power", "showexponent": "all"}
POWER_PX = 12.6
"""Plotly draws powers of ten a quarter larger than it is told to, and their exponents by a third smaller than those."""
ROOM = 0.04
"""What is left free at each end, as a share of the axis."""
ZERO = 3.0
"""How many times below the smallest value zeros are marked."""


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
    """The ticks of an axis, each with its label as plotly has it; of a linear one those that it names."""
    if axis.ticks or not axis.log:
        return [(tick, f"{tick:g}") for tick in axis.ticks]
    made = _decades(low, high)
    if "dtick" not in made:
        inside = [tick for tick in made["tickvals"] if 0 <= share(tick, low, high, axis) <= 1 and tick >= low]
        return [(tick, f"{tick:g}") for tick in inside]
    start, end = _range(low, high, axis)
    step = made["dtick"]
    powers = range(math.ceil(start / step) * step, math.floor(end) + 1, step)
    return [(10.0**power, f"{10**power}" if power in (0, 1) else f"10{raised(power)}") for power in powers]


def way(
    points: Iterable[tuple[float, float]], reaches: tuple[tuple[float, float], ...], axes: tuple[Axis, Axis]
) -> list[tuple[float, float]]:
    """A line's points as shares of both axes, which have these reaches; what is not finite is left out."""
    shown = [point for point in points if math.isfinite(point[1])]
    x, y = (shares((point[at] for point in shown), *reaches[at], axes[at]) for at in (0, 1))
    return [*zip(x, y, strict=True)]


def plotted(axis: Axis, low: float, high: float) -> dict[str, Any]:
    """The axis as plotly takes it, from the lowest to the highest value with some room around."""
    made: dict[str, Any] = {"title": axis.title, "range": list(_range(low, high, axis)), **(LOG if axis.log else {})}
    if axis.ticks:
        return made | {"tickvals": list(axis.ticks), "ticktext": [f"{tick:g}" for tick in axis.ticks]}
    return made | (_decades(low, high) if axis.log else {})


def _place(value: float, axis: Axis) -> float:
    return math.log10(value) if axis.log else value


def _range(low: float, high: float, axis: Axis) -> tuple[float, float]:
    start, end = _place(low, axis), _place(high, axis)
    if axis.ends and not axis.log:
        return start, end
    room = ROOM * (end - start) or 0.5
    return start - room, end + room


def _decades(low: float, high: float) -> dict[str, Any]:
    """Ticks at powers of ten alone, where there are enough of them; else at round numbers between, too."""
    span = math.log10(high / low)
    if span > 2:
        return {"dtick": max(1, math.ceil(span / 6)), "tickfont": {"size": POWER_PX}}
    ticks = rounded(low, high)
    return {"tickvals": ticks, "ticktext": [f"{tick:g}" for tick in ticks]}


def rounded(low: float, high: float) -> list[float]:
    """Numbers with one digit, of all decades between two: 1, 2 and 5 times a power of ten, or all where it is close."""
    first, last = (math.floor(math.log10(each)) for each in (low, high))
    digits = (1, 2, 5) if math.log10(high / low) > 0.4 else range(1, 10)
    return [digit * 10.0**power for power in range(first, last + 2) for digit in digits]
