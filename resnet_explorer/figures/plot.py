"""A chart as data: lines over a number. It draws itself and says in words what it shows."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.figures import ends, hover, naming, scale
from resnet_explorer.figures.chart import array, chart
from resnet_explorer.figures.course import LONG, course
from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.palette import INK, look, rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from resnet_explorer.figures.palette import Style
    from resnet_explorer.figures.scale import Axis

THIN, THICK, FAINT = 1.4, 3.4, 0.3
MOST_ZEROS = 24
"""Markers of zeros; where there are more zeros, every second is marked, or every third, ..."""
MOST_MARKED = 30
"""Of more points than that the markers would hide the dashes."""
HEIGHT, TOP, BOTTOM, LEFT = 356, 40, 52, 52
"""In px; what is drawn upwards and plotly's own buttons have their place in the margin at the top."""
MEASURED = "measured"
VALUE = "%{y:.3g}"
BAND = f"{VALUE} (%{{customdata[0]:.3g}} to %{{customdata[1]:.3g}})"
"""A value with the ends of its band, or of what it is the mean of."""


class Rule(NamedTuple):
    """A dotted line at a value of y that means something, with its words."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. `weight` from 0 to 1 is how heavy it is drawn; `low` and `high` are its band; None is a gap.

    `residual` is None for a line that is neither, such as a theory; `faint` sets it behind the others,
    without its name at its end. Of a noisy one `points` shows the values alone, and `smooth` a line through the middle
    of those close by, with the values pale behind it.

    `working` is the formula of a point in hover, as plotly's template: `parts` are its terms, a column each, and
    without any it is the value, with its band where there is one.
    """

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    residual: bool | None
    weight: float = 1.0
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    marked: bool = False
    faint: bool = False
    points: bool = False
    smooth: bool = False
    working: str = ""
    parts: tuple[tuple[Any, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Lines over a number. On a log axis an exact zero is a marker at the foot of the chart.

    `named`: each line has its name at its end; not where the title says it. `how` says, in hover, how the values came
    about. `sides` are the margins left and right, in px, where they are not as wide as their words need; `upright` are
    values of x that mean something.
    """

    lines: tuple[Line, ...]
    x: Axis
    y: Axis
    rules: tuple[Rule, ...] = ()
    height: int = HEIGHT
    named: bool = True
    how: str = MEASURED
    sides: tuple[int, int] | None = None
    upright: tuple[float, ...] = ()

    def figure(self, *, dark: bool = False) -> go.Figure:
        """The chart; each line's name stands at its end."""
        low, high = self._reach()
        y = scale.plotted(self.y, low, high)
        data = [trace for line in self.lines for trace in _traces(line, low, log=self.y.log, dark=dark)]
        found = self._ends(low, high, dark=dark)
        names = [each.name for each in found if not each.held]
        height = self.height if self.sides else ends.height(names, self.height, TOP + BOTTOM)
        left, right = self.sides or (LEFT, ends.margin(names))
        room = height - TOP - BOTTOM
        rules = [*(rule(ends.last(found), y=each.at) for each in self.rules), *(rule(x=each) for each in self.upright)]
        more = {
            "shapes": [*rules, *ends.leads(found, room)],
            "annotations": [*ends.labels(found, room), ends.heading(self.y.title, left)],
            "height": height,
            "margin": {"l": left, "r": right, "t": TOP, "b": BOTTOM},
        }
        x = scale.plotted(self.x, *self._width()) | hover.heading(self.x.title, self.y.title, self.how)
        if self.sides:
            x, y = x | {"automargin": False}, y | {"automargin": False}
        return chart(data, x, y | {"title": ""}, dark=dark, **more)

    def _reach(self) -> tuple[float, float]:
        """The lowest and the highest value that is seen; on a log axis with a place for zeros below all others."""
        seen = [course(line.x, line.y, smooth=line.smooth and line.faint) for line in self.lines]
        drawn = [*itertools.chain(*seen, *(line.low for line in self.lines), *(line.high for line in self.lines))]
        zeros = self.y.log and any(value == 0 for line in self.lines for value in line.y)
        return scale.reach([*drawn, *(each.at for each in self.rules)], self.y, foot=zeros)

    def _width(self) -> tuple[float, float]:
        return scale.reach([x for line in self.lines for x in line.x], self.x, foot=False)

    def _ends(self, low: float, high: float, *, dark: bool) -> list[ends.End]:
        """Where each rule is named, and each line; what is faint has its name in hover alone."""
        reaches = (self._width(), (low, high))

        def way(line: Line, y: Sequence[float]) -> list[tuple[float, float]]:
            return scale.way(zip(line.x, y, strict=True), reaches, (self.x, self.y))

        drawn = [
            naming.NamedCurve(
                way(line, course(line.x, line.y, smooth=line.smooth)),
                line.name if self.named and not line.faint else "",
                _style(line.residual, dark=dark)[0],
                way(line, line.y) if line.smooth and not line.faint else (),
            )
            for line in self.lines
        ]
        rules = [ends.End(1.0, scale.share(each.at, low, high, self.y), each.label, INK) for each in self.rules]
        return naming.placed(drawn, rules)

    def words(self) -> str:
        """The chart for those who do not see it."""
        ends = (f"{each.name} from {number(each.y[0])} to {number(each.y[-1])}" for each in self.lines if each.y)
        return f"{self.y.title} over {self.x.title}: {'; '.join(ends)}."


def _traces(line: Line, foot: float, *, log: bool, dark: bool) -> list[dict[str, Any]]:
    shade, style = _style(line.residual, dark=dark)
    made = []
    if line.low:
        made += [_edge(line, line.high, shade, "", log=log), _edge(line, line.low, shade, "tonexty", log=log)]
    mode = "markers" if line.points else "lines+markers" if line.marked and len(line.x) <= MOST_MARKED else "lines"
    size = 5 + 3 * line.weight if len(line.x) < LONG else 4
    marker = {"size": size, "symbol": "circle" if line.residual else "diamond"}
    wide = THIN + (THICK - THIN) * line.weight
    behind = line.smooth and len(line.x) >= LONG
    made.append(
        {
            "type": "scatter",
            "mode": mode,
            "name": hover.wrapped(line.name, hover.NAME),
            "opacity": 0.0 if line.faint and behind else FAINT if line.faint or behind else 1.0,
            "x": _packed(line.x),
            "y": _packed([_plottable(value, log=log) for value in line.y]),
            "line": {"color": shade, "dash": "solid" if behind else style, "width": 1 if behind else wide},
            **({} if mode == "lines" else {"marker": marker}),
            **_told(line),
        }
    )
    if behind:
        made.append(_through(line, {"color": shade, "dash": style, "width": wide}, log=log))
    zeros = [x for x, value in zip(line.x, line.y, strict=True) if value == 0]
    zeros = zeros[:: math.ceil(len(zeros) / MOST_ZEROS) or 1]
    if log and zeros:
        made.append(_zeros(line, zeros, foot, shade))
    return made


def _through(line: Line, stroke: dict[str, Any], *, log: bool) -> dict[str, Any]:
    """The course of a line, over its steps."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": line.name,
        "x": _packed(line.x),
        "y": _packed([_plottable(value, log=log) for value in course(line.x, line.y, smooth=line.smooth)]),
        "line": stroke,
        "hoverinfo": "skip",
        "opacity": FAINT if line.faint else 1.0,
    }


def _told(line: Line) -> dict[str, Any]:
    """What the points of a line say of themselves."""
    parts = line.parts or ((line.low, line.high) if line.low else ())
    if not parts:
        return {"hovertemplate": VALUE}
    rows = list(zip(*parts, strict=True))
    short = len(rows) < LONG or any(isinstance(part, str) for part in rows[0])
    shown = rows if short else array(rows)
    return {"customdata": shown, "hovertemplate": line.working or BAND}


def _zeros(line: Line, zeros: list[float], foot: float, shade: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": hover.wrapped(line.name, hover.NAME),
        "x": zeros,
        "y": [foot] * len(zeros),
        "marker": {"color": shade, "symbol": "x", "size": 8},
        "hovertemplate": "exactly 0",
    }


def _edge(line: Line, values: tuple[float, ...], shade: str, fill: str, *, log: bool) -> dict[str, Any]:
    red, green, blue = (int(shade[i : i + 2], 16) for i in (1, 3, 5))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": _packed(line.x),
        "y": _packed([_plottable(value, log=log) for value in values]),
        "line": {"width": 0},
        "fill": fill or "none",
        "fillcolor": f"rgba({red},{green},{blue},0.18)",
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _style(residual: bool | None, *, dark: bool) -> tuple[str, str]:  # noqa: FBT001 - None is a third value
    if residual is None:
        return INK, "dot"
    kind: Style = look(residual=residual)
    return (kind.dark if dark else kind.light), kind.dash


def _packed(values: Sequence[float | None]) -> Any:
    """A long column as an array, which travels as bytes at a tenth of the cost; one with gaps stays a list."""
    if len(values) < LONG or None in values:
        return list(values)
    return array(values)


def _plottable(value: float, *, log: bool) -> float | None:
    return value if math.isfinite(value) and (value > 0 or not log) else None
