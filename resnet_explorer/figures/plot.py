"""Charts as data: lines over a number, or dots beside names. They draw themselves and say in words what they show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from resnet_explorer.figures.palette import INK, colour, layout, look, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resnet_explorer.figures.palette import Look

LOG = {"type": "log", "exponentformat": "power", "showexponent": "all"}
THIN, THICK = 1.4, 3.4
LONG = 50
MOST_ZEROS = 24
"""Markers of zeros; where there are more zeros, every second is marked, or every third, ..."""
GROUND = {False: "rgba(255,255,255,0.75)", True: "rgba(20,23,28,0.75)"}
"""Behind a label, so that lines do not strike it through."""
LEGEND = {"orientation": "h", "y": 1.02, "x": 0, "yanchor": "bottom"}


class Axis(NamedTuple):
    """A titled axis, with its unit in the title; `ends` are what it shows at least, where that is known."""

    title: str
    log: bool = False
    ends: tuple[float, float] | None = None
    ticks: tuple[float, ...] = ()


class Rule(NamedTuple):
    """A dotted line at a value of y that means something, with its words."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. `weight` from 0 to 1 is how heavy it is drawn; `low` and `high` are its band; None is a gap.

    `residual` is None for a line that is neither, such as a theory.
    """

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    residual: bool | None
    weight: float = 1.0
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Lines over a number. On a log axis an exact zero is a marker at the foot of the chart."""

    lines: tuple[Line, ...]
    x: Axis
    y: Axis
    rules: tuple[Rule, ...] = ()

    def figure(self, *, dark: bool = False) -> go.Figure:
        """The chart."""
        foot = _foot(self.lines) if self.y.log else None
        y = _axis(self.y) | (_decades(self.lines) if self.y.log else {})
        data = [trace for line in self.lines for trace in _traces(line, foot, log=self.y.log, dark=dark)]
        more = {
            "shapes": [rule(y=each.at) for each in self.rules],
            "annotations": [_label(each, log=self.y.log, dark=dark) for each in self.rules],
        }
        return go.Figure(
            {
                "data": data,
                "layout": layout(_axis(self.x), y, dark=dark, showlegend=True, legend=LEGEND, **more),
            }
        )

    def words(self) -> str:
        """The chart for those who do not see it."""
        ends = (f"{each.name} from {_number(each.y[0])} to {_number(each.y[-1])}" for each in self.lines if each.y)
        return f"{self.y.title} over {self.x.title}: {'; '.join(ends)}."


class Dot(NamedTuple):
    """A value beside its name, with the spread of what it is the mean of."""

    name: str
    value: float
    low: float
    high: float
    residual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """Values beside their names, on a common axis; the first name stands at the top."""

    dots: tuple[Dot, ...]
    x: Axis

    def figure(self, *, dark: bool = False) -> go.Figure:
        """The chart."""
        traces = [_dots([dot for dot in self.dots if dot.residual is kind], residual=kind, dark=dark) for kind in KINDS]
        y = {"title": "", "categoryorder": "array", "categoryarray": [dot.name for dot in reversed(self.dots)]}
        more = {"hovermode": "closest", "height": 120 + 34 * len(self.dots)}
        return go.Figure({"data": traces, "layout": layout(_axis(self.x), y, dark=dark, **more)})

    def words(self) -> str:
        """The chart for those who do not see it."""
        return f"{self.x.title}: {'; '.join(f'{dot.name} {_number(dot.value)}' for dot in self.dots)}."


KINDS = (True, False)


def _traces(line: Line, foot: float | None, *, log: bool, dark: bool) -> list[dict[str, Any]]:
    shade, style = _style(line.residual, dark=dark)
    made = []
    if line.low:
        made += [_edge(line, line.high, shade, ""), _edge(line, line.low, shade, "tonexty")]
    shown = [_plottable(value, log=log) for value in line.y]
    made.append(
        {
            "type": "scatter",
            "mode": "lines+markers" if line.marked else "lines",
            "name": line.name,
            "x": _packed(line.x),
            "y": _packed(shown),
            "line": {"color": shade, "dash": style, "width": THIN + (THICK - THIN) * line.weight},
            "marker": {"size": 5 + 4 * line.weight, "symbol": "circle" if line.residual else "diamond"},
            "hovertemplate": "%{y:.3g}",
        }
    )
    zeros = [x for x, value in zip(line.x, line.y, strict=True) if value == 0]
    zeros = zeros[:: math.ceil(len(zeros) / MOST_ZEROS) or 1]
    if foot is not None and zeros:
        made.append(_zeros(line, zeros, foot, shade))
    return made


def _zeros(line: Line, zeros: list[float], foot: float, shade: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": f"{line.name}: exactly 0",
        "x": zeros,
        "y": [foot] * len(zeros),
        "marker": {"color": shade, "symbol": "x", "size": 8},
        "hovertemplate": "exactly 0",
    }


def _edge(line: Line, values: tuple[float, ...], shade: str, fill: str) -> dict[str, Any]:
    red, green, blue = (int(shade[i : i + 2], 16) for i in (1, 3, 5))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": _packed(line.x),
        "y": _packed([_plottable(value, log=True) for value in values]),
        "line": {"width": 0},
        "fill": fill or "none",
        "fillcolor": f"rgba({red},{green},{blue},0.18)",
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _dots(dots: list[Dot], *, residual: bool, dark: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "residual" if residual else "plain",
        "x": [_plottable(dot.value, log=True) for dot in dots],
        "y": [dot.name for dot in dots],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [dot.high - dot.value for dot in dots],
            "arrayminus": [dot.value - dot.low for dot in dots],
        },
        "marker": {
            "color": colour(residual=residual, dark=dark),
            "size": 11,
            "symbol": "circle" if residual else "diamond",
        },
        "hovertemplate": "%{y}: %{x:.3g}<extra></extra>",
    }


def _style(residual: bool | None, *, dark: bool) -> tuple[str, str]:  # noqa: FBT001 - None is a third value
    if residual is None:
        return INK, "dot"
    kind: Look = look(residual=residual)
    return (kind.dark if dark else kind.light), kind.dash


def _axis(axis: Axis) -> dict[str, Any]:
    made: dict[str, Any] = {"title": axis.title, **(LOG if axis.log else {})}
    if axis.ticks:
        made |= {"tickvals": list(axis.ticks), "ticktext": [f"{tick:g}" for tick in axis.ticks]}
    if axis.ends:
        made["range"] = [math.log10(end) for end in axis.ends] if axis.log else list(axis.ends)
    return made


def _label(each: Rule, *, log: bool, dark: bool) -> dict[str, Any]:
    y = math.log10(each.at) if log else each.at
    place = {"x": 1, "xref": "paper", "y": y, "xanchor": "right", "yanchor": "bottom"}
    return {"text": each.label, "showarrow": False, "bgcolor": GROUND[dark], **place}


def _foot(lines: Iterable[Line]) -> float:
    """Where zeros are marked: a little below the smallest value."""
    values = [value for line in lines for value in line.y if value > 0 and math.isfinite(value)]
    return min(values, default=1.0) / 3


def _decades(lines: Iterable[Line]) -> dict[str, Any]:
    """Ticks at powers of ten alone, where there are enough of them; else at round numbers between, too."""
    values = [value for line in lines for value in line.y if value > 0 and math.isfinite(value)]
    span = math.log10(max(values) / min(values)) if values else 0
    if span > 2 or not values:
        return {"dtick": max(1, math.ceil(span / 6))}
    first, last = (math.floor(math.log10(each)) for each in (min(values), max(values)))
    ticks = [
        digit * 10.0**power for power in range(first, last + 2) for digit in ((1, 2, 5) if span > 0.4 else range(1, 10))
    ]
    return {"tickvals": ticks, "ticktext": [f"{tick:g}" for tick in ticks]}


def _packed(values: Sequence[float | None]) -> Any:
    """A long column as an array, which travels as bytes at a tenth of the cost; one with gaps stays a list."""
    if len(values) < LONG or None in values:
        return list(values)
    return np.asarray(values, dtype=np.float32)


def _plottable(value: float, *, log: bool) -> float | None:
    return value if math.isfinite(value) and (value > 0 or not log) else None


def _number(value: float) -> str:
    return f"{value:.3g}" if math.isfinite(value) else "not a finite number"
