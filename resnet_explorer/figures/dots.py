"""A chart as data: dots beside names. It draws itself and says in words what it shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.figures import hover, scale
from resnet_explorer.figures.chart import chart
from resnet_explorer.figures.ends import FONT_PX
from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.palette import INK, colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from resnet_explorer.figures.plot import Rule
    from resnet_explorer.figures.scale import Axis

TOP, BOTTOM, ROW = 32, 52, 35
"""Above and below the rows, and of each, in px: a name stands above its dot, so that a telephone is wide enough."""
ASIDE = 2.0
"""Room beside the outermost dots, as a factor on a log axis."""
DOT_PX, NUMBER_PX = 8, 64
"""From a dot to its number, and on the right for that of the outermost."""
LETTER_PX, NARROW_PX = 7, 270
"""Of a number, and between the margins on a telephone, where it would be the first to reach a mark."""
MIDDLE = 0.5
MARK_PX = 3
"""Half the height of a mark on a row, which keeps clear of the names over it and under it."""


class Dot(NamedTuple):
    """A value beside its name, with the spread of what it is the mean of."""

    name: str
    value: float
    low: float
    high: float
    residual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """Values beside their names, on a common axis; the first name stands at the top.

    `how` says, in hover, how the values came about; `beside` are values of charts that stand beside it, on one scale;
    `rules` are values that mean something, such as what the dots are compared with.
    """

    dots: tuple[Dot, ...]
    x: Axis
    how: str = "measured"
    beside: tuple[float, ...] = ()
    rules: tuple[Rule, ...] = ()

    def figure(self, *, dark: bool = False) -> go.Figure:
        """The chart."""
        kinds = {kind: [dot for dot in self.dots if dot.residual is kind] for kind in (True, False)}
        traces = [
            _dots(dots, residual=kind, dark=dark) | {"customdata": [self._told(dot) for dot in dots]}
            for kind, dots in kinds.items()
        ]
        names = [dot.name for dot in self.dots]
        rows = range(len(names) - 1, -1, -1)
        y = {
            "title": "",
            "categoryorder": "array",
            "categoryarray": names[::-1],
            "range": [-0.5, len(names) - 0.5],
            "showticklabels": False,
        }
        more = {
            "hovermode": "closest",
            "height": TOP + BOTTOM + ROW * len(names),
            "margin": {"l": 12, "r": NUMBER_PX, "t": TOP, "b": BOTTOM},
            "shapes": [_mark(each.at, row) for each in self.rules for row in rows],
        }
        low, high = scale.reach(
            [*self.beside, *(each.at for each in self.rules), *(v for dot in self.dots for v in (dot.low, dot.high))],
            self.x,
            foot=False,
        )
        reach = (low / ASIDE, high * ASIDE) if self.x.log else (low, high)
        ruled = (self._ruled(each, scale.share(each.at, *reach, self.x)) for each in self.rules)
        more["annotations"] = [*map(_name, names, rows), *self._values(rows, reach), *ruled]
        x = scale.plotted(self.x, *reach) | {"tickangle": 0, "showgrid": False, "ticks": "outside", "tickcolor": INK}
        return chart(traces, x, y, dark=dark, **more)

    def _values(self, rows: Sequence[int], reach: tuple[float, float]) -> list[dict[str, Any]]:
        """The number of each dot, right of its bar; left of it where a mark would go through it."""
        made = []
        for dot, row in zip(self.dots, rows, strict=True):
            if not self._shown(dot.value):
                continue
            text = number(dot.value)
            left = self._struck(dot, len(text), reach)
            end = dot.low if left else dot.high
            at = {"x": math.log10(end) if self.x.log else end, "y": row}
            side = {"xanchor": "right", "xshift": -DOT_PX} if left else {"xanchor": "left", "xshift": DOT_PX}
            made.append({"text": text, "showarrow": False, "font": {"size": FONT_PX}, **at, **side})
        return made

    def _struck(self, dot: Dot, letters: int, reach: tuple[float, float]) -> bool:
        """Whether a mark would go through the number right of a bar, and none left of it, where it has room."""
        wide = (DOT_PX + LETTER_PX * letters) / NARROW_PX
        low, high, *marks = scale.shares((dot.low, dot.high, *(each.at for each in self.rules)), *reach, self.x)
        return any(high < at < high + wide for at in marks) and not any(at < low < at + wide for at in (0.0, *marks))

    def _shown(self, value: float) -> bool:
        return math.isfinite(value) and (value > 0 or not self.x.log)

    def _ruled(self, rule: Rule, share: float) -> dict[str, Any]:
        """The name of a rule over its marks, on the side that has more room."""
        at = math.log10(rule.at) if self.x.log else rule.at
        aside = {"xanchor": "right", "xshift": 4} if share > MIDDLE else {"xanchor": "left", "xshift": -4}
        place = {"x": at, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 4, **aside}
        return {"text": rule.label, "showarrow": False, "font": {"size": FONT_PX, "color": INK}, **place}

    def _told(self, dot: Dot) -> str:
        spread = f"seeds from {number(dot.low)} to {number(dot.high)}" if dot.low < dot.high else ""
        return hover.box(f"{dot.name}: {number(dot.value)}", hover.what(self.x.title, self.how), spread)

    def words(self) -> str:
        """The chart for those who do not see it."""
        return f"{self.x.title}: {'; '.join(f'{dot.name} {number(dot.value)}' for dot in self.dots)}."


def _mark(at: float, row: int) -> dict[str, Any]:
    """A rule where it meets a row: as a line over all of them it would go through their names."""
    place = {"x0": at, "x1": at, "ysizemode": "pixel", "yanchor": row, "y0": -MARK_PX, "y1": MARK_PX}
    return {"type": "line", "layer": "below", "line": {"color": INK, "width": 2}, **place}


def _name(name: str, row: int) -> dict[str, Any]:
    """A name over its row, at the left."""
    place = {"x": 0, "xref": "paper", "y": row, "xanchor": "left", "yanchor": "bottom", "yshift": 4}
    return {"text": name, "showarrow": False, "font": {"size": FONT_PX}, **place}


def _dots(dots: list[Dot], *, residual: bool, dark: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "residual" if residual else "plain",
        "x": [dot.value if dot.value > 0 and math.isfinite(dot.value) else None for dot in dots],
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
        "hovertemplate": hover.SHOWN,
    }
