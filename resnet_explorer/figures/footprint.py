"""Memory as bars: one for training and one for use, each cut into its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import arithmetic, footprint
from resnet_explorer.analysis.conventions import size
from resnet_explorer.figures import hover
from resnet_explorer.figures.chart import chart
from resnet_explorer.figures.palette import OUTLINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from resnet_explorer.analysis.footprint import Allocation

SHADES = ("#0072B2", "#6394BD", "#BAD2E5", "#E0A33A")
"""Weights, gradients, optimiser in blue, from dark to light; maps in amber."""
MAPS = "maps: saved for backward, or held in use"


def bars(rows: Sequence[tuple[str, tuple[Allocation, ...]]]) -> go.Figure:
    """A bar for each row: its name, and its parts; the last part of a row are maps."""
    data = []
    for name, parts in rows:
        for place, part in enumerate(parts):
            maps = place == len(parts) - 1
            data.append(
                {
                    "type": "bar",
                    "orientation": "h",
                    "name": MAPS if maps else part.title,
                    "x": [part.bytes / 1e9],
                    "y": [name],
                    "marker": {"color": SHADES[-1] if maps else SHADES[place], "line": OUTLINE},
                    "customdata": [_told(part, name, footprint.total(parts))],
                    "hovertemplate": hover.SHOWN,
                    "showlegend": len(parts) > 2,
                }
            )
    x, y = (
        {"title": "memory, GB (10⁹ bytes)", "rangemode": "tozero"},
        {"title": "", "autorange": "reversed", "showgrid": False},
    )
    legend = {"orientation": "h", "y": 1.04, "x": 0, "yanchor": "bottom", "traceorder": "normal"}
    more = {
        "barmode": "stack",
        "height": 240,
        "margin": {"l": 64, "r": 24, "t": 12, "b": 48},
        "hovermode": "closest",
        "showlegend": True,
        "legend": legend,
    }
    return chart(data, x, y, dark=False, **more)


def _told(part: Allocation, name: str, whole: int) -> str:
    return hover.box(
        f"{name}, {part.title}: {size(part.bytes)}", part.working, arithmetic.share(part.bytes, whole).working
    )
