"""A roofline: what a device can reach at each intensity, and where the layers of a net stand under it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.conventions import short
from resnet_explorer.analysis.roofline import of_point
from resnet_explorer.figures import hover
from resnet_explorer.figures.chart import chart
from resnet_explorer.figures.numbers import lettered
from resnet_explorer.figures.palette import INK, colour
from resnet_explorer.figures.scale import Axis, plotted, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from resnet_explorer.analysis.roofline import RooflinePoint

INTENSITY = Axis("arithmetic intensity, FLOPs per byte", log=True)
ROOM = 1.9
"""How far the axis of rates goes above the roof, as a factor: the roof is named there."""
NARROW_PX, LETTER_PX, LINE_PX, HIGH_PX = 240, 6.8, 18, 316
"""On a telephone: how wide the chart is, a letter, how high a line of words is, and how high the chart is."""
FLAT_PX = 200
"""The name of the flat part of the roof."""
UNDER_PX, NAMED_PX = 16, 52
"""From a circle down to its name, and to where there is room for another one."""
NEAR_PX = 11
"""How near the middle of a name a circle may not be."""


def roofline(points: Sequence[RooflinePoint], peak: float, bandwidth: float) -> go.Figure:
    """The layers that compute, at their attainable rate; what is memory-bound is hollow and stands on the slope."""
    shown = [point for point in points if point.flops]
    ridge = peak / bandwidth
    low = min([ridge, *(point.intensity for point in shown)]) / 2
    high = max([ridge, *(point.intensity for point in shown)]) * 2
    data: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [low, ridge, high],
            "y": [low * bandwidth, peak, peak],
            "line": {"color": INK, "dash": "solid", "width": 2},
            "hoverinfo": "skip",
        }
    ]
    data += [_layers([p for p in shown if p.memory_bound is bound], bound=bound) for bound in (True, False)]
    least = min([low * bandwidth, *map(_rate, shown)])
    more: dict[str, Any] = {"hovermode": "closest", "height": 400}
    reach = (math.log10(high / low), math.log10(ROOM * peak / least / 0.8))
    first = min(shown, key=lambda point: point.intensity, default=None)
    slope = math.sqrt(low * ridge)
    if first and -LINE_PX < HIGH_PX / reach[1] * math.log10(_rate(first) / (slope * bandwidth)) < NAMED_PX:
        slope = low
    names = _names(shown, low, reach)
    over = 2 * LINE_PX if any(name["yshift"] > 0 for name in names) else LINE_PX
    more["annotations"] = [*names, *_roof(peak, bandwidth, (low, slope, high), over)]
    return chart(data, plotted(INTENSITY, low, high), _rates(least, peak), dark=False, **more)


def _rates(least: float, peak: float) -> dict[str, Any]:
    """The axis of rates, with round numbers that a reader knows."""
    ticks = [tick for tick in rounded(least, peak) if least <= tick <= ROOM * peak]
    return {
        "title": "attainable FLOP/s",
        "type": "log",
        "range": [math.log10(0.8 * least), math.log10(ROOM * peak)],
        "tickvals": ticks,
        "ticktext": [lettered(tick) for tick in ticks],
    }


def _names(shown: Sequence[RooflinePoint], low: float, reach: tuple[float, float]) -> list[dict[str, Any]]:
    """The names of the layers with the lowest and with the highest intensity, under their circles.

    A name goes to the side that has more room; the last one goes over its circle where under it are others, those that
    wait for memory. The axis begins at `low`, and `reach` is how many powers of ten both
    axes show. Where the two would meet on a telephone, the first stands a line below the other.
    """
    if not shown:
        return []
    order = sorted(shown, key=lambda point: point.intensity)
    first, last = order[0], order[-1]
    apart = NARROW_PX / reach[0] * math.log10(last.intensity / first.intensity)
    above = HIGH_PX / reach[1] * math.log10(_rate(last) / _rate(first))
    meet = apart < LETTER_PX * len(f"{first.path} {last.path}")
    lower = max(0.0, LINE_PX - above) if meet else 0.0
    sides = ["left" if math.log10(each.intensity / low) < reach[0] / 2 else "right" for each in (first, last)]
    shift = LINE_PX if sides[1] == "right" and _covers(order, reach) else -UNDER_PX
    return [
        _note(first.intensity, _rate(first), first.path, xanchor=sides[0], yshift=-UNDER_PX - lower),
        _note(last.intensity, _rate(last), last.path, xanchor=sides[1], yshift=shift),
    ]


def _covers(order: Sequence[RooflinePoint], reach: tuple[float, float]) -> bool:
    """Whether on a telephone the name of the last layer, at the left under its circle, would lie over other circles."""
    last = order[-1]
    return any(
        NARROW_PX / reach[0] * math.log10(last.intensity / each.intensity) < LETTER_PX * len(last.path) + NEAR_PX
        and abs(HIGH_PX / reach[1] * math.log10(_rate(last) / _rate(each)) - UNDER_PX) < NEAR_PX
        for each in order[:-1]
    )


def _working(point: RooflinePoint) -> str:
    return "\n".join(f"{name}: {working}" for name, working in of_point(point).items())


def _rate(point: RooflinePoint) -> float:
    return point.flops / point.seconds


def _roof(peak: float, bandwidth: float, places: tuple[float, float, float], over: int) -> list[dict[str, Any]]:
    """What the two parts of the roof are: where it begins, where its slope is named, and where it ends.

    The flat part is named `over` it, from its bend, or up to its end where a telephone has no room for that.
    """
    ridge, (low, slope, high) = peak / bandwidth, places
    room = NARROW_PX * math.log10(high / ridge) / math.log10(high / low)
    at, side = (ridge, "left") if room > FLAT_PX else (high, "right")
    return [
        _note(at, peak, f"as fast as it computes: {short(peak)}FLOP/s", xanchor=side, yshift=over),
        _note(slope, slope * bandwidth, f"as fast as it moves: {short(bandwidth)}B/s", xanchor="left", xshift=12),
    ]


def _note(x: float, y: float, words: str, **place: Any) -> dict[str, Any]:
    return {"x": math.log10(x), "y": math.log10(y), "text": words, "showarrow": False, "font": {"size": 13}, **place}


def _layers(points: Sequence[RooflinePoint], *, bound: bool) -> dict[str, Any]:
    shade = colour(residual=True, dark=False)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.intensity for point in points],
        "y": [_rate(point) for point in points],
        "customdata": [hover.box(point.path, _working(point)) for point in points],
        "marker": {
            "color": shade,
            "line": {"color": shade, "width": 2},
            "size": 10,
            "symbol": "circle-open" if bound else "circle",
        },
        "hovertemplate": hover.SHOWN,
    }
