"""The saving of the bottleneck against the width, for several reductions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.figures import ends, hover
from resnet_explorer.figures.chart import chart
from resnet_explorer.figures.palette import INK, colour, rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go


HEIGHT, TOP, FOOT = 340, 24, 48
"""Pixels of the chart, at least, and of its margins."""
TIMES = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]
ROOM = 0.06
"""What is left free around the lines, in decades."""
NEAR = 60
"""Pixels from which a point is found: the lines have one at each width alone."""


class Curve(NamedTuple):
    """One line of the chart: its words at its right end, its ratios, and whether it is the one that is chosen.

    `workings` are those of the ratios, each in lines.
    """

    label: str
    ratios: tuple[float, ...]
    workings: tuple[str, ...]
    chosen: bool
    inner: bool


def ratio_by_width(widths: Sequence[int], lines: Sequence[Curve], here: int) -> go.Figure:
    """How many times the parameters of the bottleneck two 3x3 take; the chosen reduction stands out.

    `inner` marks the comparison at the bottleneck's inner width, drawn dotted.
    """
    ratios = [ratio for line in lines for ratio in line.ratios]
    low, high = math.log10(min(ratios)) - ROOM, math.log10(max(ratios)) + ROOM
    x = {
        "title": "channels that enter and leave the block",
        "type": "log",
        "tickvals": list(widths),
        "ticktext": [str(width) for width in widths],
        "range": [math.log10(widths[0]) - ROOM, math.log10(widths[-1])],
    }
    y = {
        "title": "parameters, two 3×3 ÷ bottleneck",
        "type": "log",
        "range": [low, high],
        "tickvals": TIMES,
        "ticktext": [f"{times:g}×" for times in TIMES],
    }
    named = [
        ends.End(1.0, (math.log10(line.ratios[-1]) - low) / (high - low), line.label, _shade(line)) for line in lines
    ]
    names = [line.label for line in lines]
    height = ends.height(names, HEIGHT, TOP + FOOT)
    more = {
        "height": height,
        "hovermode": "closest",
        "hoverdistance": NEAR,
        "margin": {"l": 64, "r": ends.margin(names), "t": TOP, "b": FOOT},
        "shapes": [rule(x=here), *ends.leads(named, height - TOP - FOOT)],
        "annotations": ends.labels(named, height - TOP - FOOT),
    }
    return chart([_trace(widths, line) for line in lines], x, y, dark=False, **more)


def _shade(line: Curve) -> str:
    return colour(residual=True, dark=False) if line.chosen else INK


def _trace(widths: Sequence[int], line: Curve) -> dict[str, object]:
    shade = _shade(line)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "marker": {"size": 6 if line.chosen else 4, "symbol": "circle", "color": shade},
        "x": list(widths),
        "y": list(line.ratios),
        "line": {"color": shade, "dash": "dot" if line.inner else "solid", "width": 3 if line.chosen else 1.5},
        "customdata": [
            hover.box(f"{ratio:.2f}×: {line.label}, {width:,} channels", working)
            for width, ratio, working in zip(widths, line.ratios, line.workings, strict=True)
        ],
        "hovertemplate": hover.SHOWN,
    }
