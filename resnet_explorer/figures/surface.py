"""The loss on a plane, as a surface and as contours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resnet_explorer.figures.chart import array, chart
from resnet_explorer.figures.numbers import number, raised
from resnet_explorer.figures.palette import INK
from resnet_explorer.figures.scale import Axis, reach, rounded

if TYPE_CHECKING:
    import plotly.graph_objects as go

STEPS = 14
"""Contours over the whole scale."""
MOST_TICKS = 7
SPELT = 3
"""A larger power of ten is written as one."""
MEASURED = (
    "<b>loss %{customdata:.3g} nats</b><br>measured with the weights<br>"
    "w + a · d₁ + b · d₂, a = %{x:.2f}, b = %{y:.2f}<extra></extra>"
)
"""Where a loss was measured: `d₁` and `d₂` are the directions, as long as the filters."""


def _ticks(low: float, high: float) -> dict[str, Any]:
    """Losses at which the scale, which is of their logarithms, is labelled.

    Powers of ten; numbers with one digit where there are not two of those between the ends; else the ends themselves.
    """
    powers = [10.0**power for power in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)]
    between = [tick for tick in rounded(low, high) if low <= tick <= high]
    few = powers[:: math.ceil(len(powers) / MOST_TICKS) or 1]
    ticks = next((each for each in (few, between) if len(each) > 1), sorted({low, high}))
    return {"tickvals": [math.log10(tick) for tick in ticks], "ticktext": list(map(_tick, ticks))}


def _tick(loss: float) -> str:
    """A loss beside the scale; a large power of ten as 10⁶."""
    power = round(math.log10(loss))
    return f"10{raised(power)}" if power > SPELT and math.isclose(loss, 10.0**power) else f"{loss:.3g}"


def _scene(ends: tuple[float, float]) -> dict[str, Any]:
    """The space of a surface whose losses lie between those ends."""
    low, high = (math.log10(end) for end in ends)
    names = {"xaxis": "direction 1", "yaxis": "direction 2", "zaxis": "loss (log)"}
    scene: dict[str, Any] = {
        axis: {"title": {"text": name, "font": {"size": 13}}, "tickfont": {"size": 13}, "nticks": 4, "color": INK}
        for axis, name in names.items()
    }
    scene["zaxis"] |= {"range": [low, high] if low < high else [low - 0.5, high + 0.5], **_ticks(*ends)}
    scene["aspectmode"] = "cube"  # else the box is as high as its net's own losses, and two nets have two scales
    scene["camera"] = {"eye": {"x": 1.87, "y": 1.87, "z": 1.08}, "center": {"x": 0, "y": 0, "z": -0.2}}
    return scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """Losses at the places of two directions, `rows` along the first; drawn `solid`, or as contours, both by cividis.

    `ends` are the smallest and the largest loss of the scale, common to all nets that are compared. What is not finite
    has no place on it.
    """

    name: str
    places: tuple[float, ...]
    rows: tuple[tuple[float, ...], ...]
    ends: tuple[float, float]
    solid: bool = False

    def figure(self, *, dark: bool = False) -> go.Figure:
        """The chart; heights are logarithms of the loss, and the hover tells the loss itself."""
        losses = list(zip(*self.rows, strict=True))
        z = [[math.log10(value) if value > 0 and math.isfinite(value) else None for value in row] for row in losses]
        rows = list if any(None in row for row in z) else array  # one with gaps stays a list
        ends = reach((value for row in self.rows for value in row), Axis("loss", log=True, ends=self.ends), foot=False)
        low, high = (math.log10(end) for end in ends)
        trace: dict[str, Any] = {
            "type": "surface" if self.solid else "contour",
            "x": list(self.places),
            "y": list(self.places),
            "z": rows(z),
            "customdata": rows(losses),
            "colorscale": "Cividis",
            "hovertemplate": MEASURED,
            "showscale": not self.solid,
            "colorbar": {"title": {"text": "loss"}, "thickness": 12, **_ticks(*ends)},
        }
        more: dict[str, Any] = {"hovermode": "closest", "height": 356}
        if self.solid:
            trace |= {"cmin": low, "cmax": high}
            more |= {"scene": _scene(ends), "height": 380, "margin": {"l": 0, "r": 0, "t": 8, "b": 8}}
        else:
            contours = {"start": low, "end": high, "size": (high - low) / STEPS or 1.0}
            trace |= {"hoverongaps": False, "zmin": low, "zmax": high, "contours": contours}
        x, y = ({"title": f"direction {i}, filter norms", "constrain": "domain"} for i in (1, 2))
        if not self.solid:  # both directions to one scale, beside the bar of losses, however wide the chart is
            x, y = x | {"constraintoward": "right"}, y | {"scaleanchor": "x"}
        return chart([trace], x, y, dark=dark, **more)

    def words(self) -> str:
        """The chart for those who do not see it."""
        values = [value for row in self.rows for value in row if math.isfinite(value)]
        if not values:
            return f"{self.name}: no loss was measured."
        middle = self.rows[len(self.rows) // 2][len(self.places) // 2]
        low, high = number(min(values)), number(max(values))
        lost = sum(map(len, self.rows)) - len(values)
        more = f"; at {lost} places it is not a finite number, and nothing is drawn" if lost else ""
        return f"Loss around {self.name}: {number(middle)} at the middle, from {low} to {high}{more}."
