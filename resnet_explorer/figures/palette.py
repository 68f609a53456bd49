"""The colours and their meaning (Okabe & Ito, safe for the colour-blind), and how every chart is laid out.

Two colours mean something everywhere: residual is blue and solid, plain is vermilion and dashed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

INK = "#808080"
RULE = "rgba(128,128,128,0.25)"

CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg"},
}
"""Plotly's own buttons: nothing is sent anywhere, images are SVG."""


class Look(NamedTuple):
    """How a kind of net is drawn: colour in light and dark, and the second cue."""

    light: str
    dark: str
    dash: str


RESIDUAL = Look("#0072B2", "#56B4E9", "solid")
PLAIN = Look("#D55E00", "#E8803A", "dash")


def look(*, residual: bool) -> Look:
    """The look of residual or plain."""
    return RESIDUAL if residual else PLAIN


def colour(*, residual: bool, dark: bool) -> str:
    """The colour of residual or plain."""
    return look(residual=residual)[int(dark)]


def layout(x: str, y: str, **more: Any) -> dict[str, Any]:
    """A quiet chart: titles on both axes, thin rules, no frame, direct labels instead of a legend."""
    axis = {"gridcolor": RULE, "zeroline": False, "showline": True, "linecolor": RULE, "title_standoff": 8}
    return {
        "height": 340,
        "margin": {"l": 64, "r": 24, "t": 24, "b": 48},
        "showlegend": False,
        "hovermode": "x unified",
        "uirevision": "kept",
        "xaxis": {**axis, "title": x},
        "yaxis": {**axis, "title": y},
        **more,
    }
