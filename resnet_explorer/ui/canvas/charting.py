"""A chart that the browser draws as it is described for plotly, which takes it a second to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.ui.canvas.mount import figure
from resnet_explorer.ui.canvas.written import Json

if TYPE_CHECKING:
    import plotly.graph_objects as go


class Described(NamedTuple):
    """A chart's description as JSON (`DescribedFigure` in `described.d.ts`), and how high it is."""

    text: Json
    height: int


def described(chart: go.Figure) -> Described:
    """What the browser is sent of a chart by day: it knows itself how colours that mean something are at night."""
    return Described(Json(chart.to_json()), chart.layout.height)


def chart(of: Described, *, key: str, title: str, words: str) -> None:
    """Show it, under its name and with its words for those who do not see it."""
    figure("chart", {"title": title, "words": words, "figure": of.text}, key=key, height=of.height)
