"""The colours and their meaning (Okabe & Ito, safe for the colour-blind), and how every chart is laid out.

Two colours mean something everywhere: residual is blue and solid, plain is vermilion and dashed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

INK = "#808080"
FONT = "Source Sans, sans-serif"
RULE = "rgba(128,128,128,0.25)"

CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "modeBarButtons": [["toImage", "resetScale2d"]],
    "toImageButtonOptions": {"format": "svg"},
}
"""Plotly's own buttons, each of which is a stop of the tab key: nothing is sent anywhere, images are SVG."""


OUTLINE = {"color": INK, "width": 1}
"""Of a bar whose fill is too light, or too dark, to be told from the paper."""


class Style(NamedTuple):
    """How a kind of net is drawn: colour in light and dark, and the second cue."""

    light: str
    dark: str
    dash: str


RESIDUAL = Style("#0072B2", "#56B4E9", "solid")
PLAIN = Style("#D55E00", "#E8803A", "dash")


def look(*, residual: bool) -> Style:
    """The look of residual or plain."""
    return RESIDUAL if residual else PLAIN


def colour(*, residual: bool, dark: bool) -> str:
    """The colour of residual or plain."""
    return look(residual=residual)[int(dark)]


def layout(x: dict[str, Any], y: dict[str, Any], *, dark: bool, **more: Any) -> dict[str, Any]:
    """A quiet chart in the page's own colours: titles on both axes, thin rules, no frame.

    `x` and `y` are axes as plotly takes them, each with a `title`. Everything is said here, so that no template is
    needed.
    """
    ink = "#E6E4DF" if dark else "#101216"
    axis = {"gridcolor": RULE, "zeroline": False, "showline": True, "linecolor": RULE, "automargin": True}
    return {
        "height": 340,
        "margin": {"l": 64, "r": 24, "t": 36, "b": 48},
        "font": {"family": FONT, "size": 14, "color": ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {
            "bgcolor": "#20242B" if dark else "#FFFFFF",
            "align": "left",
            "font": {"size": 13, "family": FONT, "color": ink},
        },
        "modebar": {"bgcolor": "#15181D" if dark else "#FCFBF8", "color": INK, "activecolor": ink},
        "showlegend": False,
        "hovermode": "x unified",
        "uirevision": "kept",
        "xaxis": {**axis, **_titled(x)},
        "yaxis": {**axis, **_titled(y)},
        **more,
    }


def rule(end: float = 1.0, **place: float) -> dict[str, Any]:
    """A dotted line across the chart, up to its `end`, at `x` or `y` (on a log axis the value itself)."""
    (name, at), *_ = place.items()
    other = "y" if name == "x" else "x"
    ends = {f"{name}0": at, f"{name}1": at, f"{other}0": 0, f"{other}1": end, f"{other}ref": "paper"}
    return {"type": "line", "line": {"color": INK, "width": 1, "dash": "dot"}, **ends}


def _titled(axis: dict[str, Any]) -> dict[str, Any]:
    return {**axis, "title": {"text": axis["title"], "standoff": 8, "font": {"size": 14}}}
