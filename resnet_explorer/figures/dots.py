"""A chart as data: dots beside names. It draws itself and says in words what it shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.figures import hover, scale
from resnet_explorer.figures.chart import chart
from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.palette import colour

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from resnet_explorer.figures.scale import Axis

ROOM, ROW = 92, 28
"""Above and below the rows, and of each, in px."""
ASIDE = 2.0
"""Room beside the outermost dots for their numbers, as a factor on a log axis."""


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

    `how` says, in hover, how the values came about; `beside` are values of charts that stand beside it, on one scale.
    """

    dots: tuple[Dot, ...]
    x: Axis
    how: str = "measured"
    beside: tuple[float, ...] = ()

    def figure(self, *, dark: bool = False) -> go.Figure:
        """The chart."""
        kinds = {kind: [dot for dot in self.dots if dot.residual is kind] for kind in (True, False)}
        traces = [
            _dots(dots, residual=kind, dark=dark) | {"customdata": [self._told(dot) for dot in dots]}
            for kind, dots in kinds.items()
        ]
        y = {"title": "", "categoryorder": "array", "categoryarray": [dot.name for dot in reversed(self.dots)]}
        more = {
            "hovermode": "closest",
            "height": ROOM + ROW * len(self.dots),
            "margin": {"l": 12, "r": 64, "t": 12, "b": 52},
        }
        low, high = scale.reach(
            [*self.beside, *(v for dot in self.dots for v in (dot.low, dot.high))], self.x, foot=False
        )
        reach = (low / ASIDE, high * ASIDE) if self.x.log else (low, high)
        return chart(traces, scale.plotted(self.x, *reach), y, dark=dark, **more)

    def _told(self, dot: Dot) -> str:
        spread = f"seeds from {number(dot.low)} to {number(dot.high)}" if dot.low < dot.high else ""
        return hover.box(f"{dot.name}: {number(dot.value)}", hover.what(self.x.title, self.how), spread)

    def words(self) -> str:
        """The chart for those who do not see it."""
        return f"{self.x.title}: {'; '.join(f'{dot.name} {number(dot.value)}' for dot in self.dots)}."


def _dots(dots: list[Dot], *, residual: bool, dark: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": "residual" if residual else "plain",
        "text": [number(dot.value) for dot in dots],
        "textposition": "top center",
        "textfont": {"size": 13},
        "cliponaxis": False,
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
