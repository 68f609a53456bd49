"""A roofline: what a device can reach at each intensity, and where the layers of a net stand under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from resnet_explorer.figures.palette import INK, colour, layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.roofline import Point

POWERS = {"type": "log", "exponentformat": "power", "dtick": 1}


def roofline(points: Sequence[Point], peak: float, bandwidth: float, *, dark: bool = False) -> go.Figure:
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
            "line": {"color": INK, "width": 2},
            "hoverinfo": "skip",
        }
    ]
    data += [_layers([p for p in shown if p.memory_bound is bound], bound=bound, dark=dark) for bound in (True, False)]
    x = {"title": "arithmetic intensity, FLOPs per byte", **POWERS}
    y = {"title": "attainable FLOP/s", **POWERS}
    return go.Figure({"data": data, "layout": layout(x, y, dark=dark, hovermode="closest", height=400)})


def _layers(points: Sequence[Point], *, bound: bool, dark: bool) -> dict[str, Any]:
    shade = colour(residual=True, dark=dark)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.intensity for point in points],
        "y": [point.flops / point.seconds for point in points],
        "text": [f"{point.path}: {1e6 * point.seconds:,.1f} µs" for point in points],
        "marker": {
            "color": "rgba(0,0,0,0)" if bound else shade,
            "line": {"color": shade, "width": 2},
            "size": 10,
            "symbol": "circle",
        },
        "hovertemplate": "%{text}<br>%{x:.1f} FLOPs per byte<extra></extra>",
    }
