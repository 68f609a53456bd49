"""Charts of published numbers, drawn as their tables give them."""

from __future__ import annotations

import plotly.graph_objects as go

from resnet_explorer.analysis.published import DEGRADATION
from resnet_explorer.figures.palette import colour, layout, look


def degradation(*, dark: bool = False) -> go.Figure:
    """Top-1 error in percent against depth, plain and residual, each labelled at its line."""
    depths = [each.depth for each in DEGRADATION]
    series = ((False, "plain", [e.plain for e in DEGRADATION]), (True, "ResNet", [e.residual for e in DEGRADATION]))
    figure = go.Figure(
        [
            {
                "type": "scatter",
                "mode": "lines+markers+text",
                "name": name,
                "x": depths,
                "y": errors,
                "text": [f"{name} {error:.2f} %" for error in errors],
                "textposition": [
                    "top left" if not residual else "bottom left",
                    "top right" if not residual else "bottom right",
                ],
                "textfont": {"color": colour(residual=residual, dark=dark), "size": 15},
                "cliponaxis": False,
                "line": {
                    "color": colour(residual=residual, dark=dark),
                    "dash": look(residual=residual).dash,
                    "width": 3,
                },
                "marker": {"size": 9},
                "hovertemplate": "%{y:.2f} %",
            }
            for residual, name, errors in series
        ]
    )
    figure.update_layout(layout("weighted layers", "top-1 error, %"))
    figure.update_xaxes(tickvals=depths, range=[12, 40])
    figure.update_yaxes(range=[24, 29.5])
    return figure
