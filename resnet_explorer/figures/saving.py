"""The saving of the bottleneck against the width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from resnet_explorer.figures.palette import INK, colour, layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.bottleneck import Comparison


def ratio_by_width(
    widths: Sequence[int], comparisons: Sequence[Comparison], here: int, *, dark: bool = False
) -> go.Figure:
    """How many times more parameters two 3x3 take than the bottleneck, at its outer and at its inner width."""
    series = (
        ("at the outer width", [c.ratio for c in comparisons], "solid"),
        ("at the inner width", [c.fair_ratio for c in comparisons], "dot"),
    )
    figure = go.Figure(
        [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "x": list(widths),
                "y": values,
                "line": {"color": colour(residual=True, dark=dark), "dash": dash, "width": 2.5},
                "marker": {"size": 6},
                "hovertemplate": "%{y:.2f}×",
            }
            for name, values, dash in series
        ]
    )
    figure.update_layout(
        layout(
            "channels that enter and leave the block",
            "two 3×3 ÷ bottleneck, in parameters",
            showlegend=True,
            legend={"orientation": "h", "y": 1.14, "x": 0, "yanchor": "top", "title": {"text": "two 3×3 "}},
        )
    )
    figure.update_xaxes(type="log", tickvals=list(widths), ticktext=[str(width) for width in widths])
    figure.update_yaxes(rangemode="tozero")
    figure.add_vline(x=here, line={"color": INK, "width": 1, "dash": "dot"})
    return figure
