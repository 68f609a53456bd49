"""Charts of published numbers, drawn as their tables give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.published import DEGRADATION, DEGRADATION_TABLE, PROTOCOLS
from resnet_explorer.figures import ends, hover
from resnet_explorer.figures.chart import chart
from resnet_explorer.figures.palette import colour, look

if TYPE_CHECKING:
    import plotly.graph_objects as go

LEFT, NAME_PX = 36, 15
"""In px: a telephone has room for a label on either side; and how large that is."""
ASIDE: tuple[dict[str, Any], ...] = ({"xanchor": "right", "xshift": -8}, {"xanchor": "left", "xshift": 8})
OVER, UNDER = {"yanchor": "bottom", "yshift": 2}, {"yanchor": "top", "yshift": -2}
"""Where the names of both ends of a line stand: beside them, over or under it."""


def degradation() -> go.Figure:
    """Top-1 error in percent against depth, plain and residual, each labelled at its points."""
    plain, residual = [each.plain for each in DEGRADATION], [each.residual for each in DEGRADATION]
    lines = [_line("plain", plain, residual=False), _line("ResNet", residual, residual=True)]
    x = {"title": "weighted layers", "tickvals": [each.depth for each in DEGRADATION], "range": [-1, 53]}
    y = {"title": "", "range": [24, 29.5]}
    names = [*_names("plain", plain, residual=False), *_names("ResNet", residual, residual=True)]
    more = {
        "margin": {"l": LEFT, "r": 24, "t": 48, "b": 52},
        "annotations": [*names, ends.heading("top-1 error, %", LEFT)],
    }
    return chart(lines, x, y, dark=False, hovermode="closest", **more)


def _names(name: str, errors: list[float], *, residual: bool) -> list[dict[str, Any]]:
    """The name and the error at each end of a line."""
    shown = {"showarrow": False, "font": {"color": colour(residual=residual, dark=False), "size": NAME_PX}}
    return [
        {"x": each.depth, "y": error, "text": f"{name} {error:.2f}", **shown, **aside, **(UNDER if residual else OVER)}
        for each, error, aside in zip(DEGRADATION, errors, ASIDE, strict=True)
    ]


def _line(name: str, errors: list[float], *, residual: bool) -> dict[str, Any]:
    shade = colour(residual=residual, dark=False)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [each.depth for each in DEGRADATION],
        "y": errors,
        "line": {"color": shade, "dash": look(residual=residual).dash, "width": 3},
        "marker": {"size": 9, "symbol": "circle", "color": shade},
        "customdata": [
            _told(f"{name}, {each.depth} layers", error) for each, error in zip(DEGRADATION, errors, strict=True)
        ],
        "hovertemplate": hover.SHOWN,
    }


def _told(name: str, error: float) -> str:
    protocol = PROTOCOLS["paper_10crop"]
    return hover.box(name, f"{protocol.title}: {error:.2f} %", f"from {protocol.source} ({DEGRADATION_TABLE})")
