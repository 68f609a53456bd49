"""The saving of the bottleneck against the width, for several reductions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import plotly.graph_objects as go

from resnet_explorer.figures.palette import INK, colour, layout, rule

if TYPE_CHECKING:
    from collections.abc import Sequence


class Line(NamedTuple):
    """One line of the chart: its words at its right end, its ratios, and whether it is the one that is chosen."""

    label: str
    ratios: tuple[float, ...]
    chosen: bool
    inner: bool


def ratio_by_width(widths: Sequence[int], lines: Sequence[Line], here: int, *, dark: bool = False) -> go.Figure:
    """How many times the parameters of the bottleneck two 3x3 take; the chosen reduction stands out.

    `inner` marks the comparison at the bottleneck's inner width, drawn dotted.
    """
    x = {
        "title": "channels that enter and leave the block",
        "type": "log",
        "tickvals": list(widths),
        "ticktext": [str(width) for width in widths],
    }
    y = {
        "title": "parameters, two 3×3 ÷ bottleneck",
        "type": "log",
        "tickvals": [0.5, 1, 2, 5, 10, 20, 50, 100],
        "ticksuffix": "×",
    }
    more = {"margin": {"l": 64, "r": 150, "t": 24, "b": 48}, "shapes": [rule(x=here)]}
    return go.Figure(
        {"data": [_trace(widths, line, dark=dark) for line in lines], "layout": layout(x, y, dark=dark, **more)}
    )


def _trace(widths: Sequence[int], line: Line, *, dark: bool) -> dict[str, object]:
    shade = colour(residual=True, dark=dark) if line.chosen else INK
    return {
        "type": "scatter",
        "mode": "lines+text",
        "name": line.label,
        "x": list(widths),
        "y": list(line.ratios),
        "text": [""] * (len(widths) - 1) + [f" {line.label}"],
        "textposition": "middle right",
        "textfont": {"color": shade},
        "cliponaxis": False,
        "line": {"color": shade, "dash": "dot" if line.inner else "solid", "width": 3 if line.chosen else 1.5},
        "hovertemplate": "%{y:.2f}×",
    }
