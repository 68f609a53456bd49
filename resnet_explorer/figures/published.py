"""Charts of published numbers, drawn as their tables give them."""

from __future__ import annotations

import functools
from typing import Any

from resnet_explorer.analysis.published import DEGRADATION, DEGRADATION_TABLE, PROTOCOLS
from resnet_explorer.figures import ends, hover
from resnet_explorer.figures.chart import chart
from resnet_explorer.figures.palette import colour, look
from resnet_explorer.figures.still import Still

LEFT = 36
"""In px: a telephone has room for a label on either side."""


@functools.cache
def degradation(*, dark: bool = False) -> Still:
    """Top-1 error in percent against depth, plain and residual, each labelled at its points."""
    plain = _line("plain", [each.plain for each in DEGRADATION], residual=False, dark=dark)
    residual = _line("ResNet", [each.residual for each in DEGRADATION], residual=True, dark=dark)
    x = {"title": "weighted layers", "tickvals": [each.depth for each in DEGRADATION], "range": [-1, 53]}
    y = {"title": "", "range": [24, 29.5]}
    more = {"margin": {"l": LEFT, "r": 24, "t": 48, "b": 52}, "annotations": [ends.heading("top-1 error, %", LEFT)]}
    return Still(chart([plain, residual], x, y, dark=dark, hovermode="closest", **more))


def _line(name: str, errors: list[float], *, residual: bool, dark: bool) -> dict[str, Any]:
    up = "bottom" if residual else "top"
    shade = colour(residual=residual, dark=dark)
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": name,
        "x": [each.depth for each in DEGRADATION],
        "y": errors,
        "text": [f"{name} {error:.2f}" for error in errors],
        "textposition": [f"{up} left", f"{up} right"],
        "textfont": {"color": shade, "size": 15},
        "cliponaxis": False,
        "line": {"color": shade, "dash": look(residual=residual).dash, "width": 3},
        "marker": {"size": 9},
        "customdata": [
            _told(f"{name}, {each.depth} layers", error) for each, error in zip(DEGRADATION, errors, strict=True)
        ],
        "hovertemplate": hover.SHOWN,
    }


def _told(name: str, error: float) -> str:
    protocol = PROTOCOLS["paper_10crop"]
    return hover.box(name, f"{protocol.title}: {error:.2f} %", f"from {protocol.source} ({DEGRADATION_TABLE})")
