"""By how much each convention differs from the multiply-adds of convolutions and fully connected layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis import arithmetic, ledger
from resnet_explorer.analysis.conventions import short
from resnet_explorer.analysis.measures import signed
from resnet_explorer.figures import hover
from resnet_explorer.figures.chart import chart
from resnet_explorer.figures.palette import INK, OUTLINE
from resnet_explorer.figures.waterfall import AWAY_PX, BAR_PX, LESS, MORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from resnet_explorer.analysis.ledger import LedgerRow

OFF_SCALE = 0.5
"""A difference of more than this share of the whole is not drawn as a bar: it would hide all others."""
BEYOND = " →"
ON_BAR = "#1b1d21"
"""What is written on a bar, light or dark the page."""
NARROW_PX, LETTER_PX = 200, 6.4
"""How wide the bars' part of the chart is on a telephone, and a letter beside a bar."""


def differences(lines: Sequence[LedgerRow]) -> go.Figure:
    """A bar for each convention, from the first one's number; one that is off the scale runs out of the chart."""
    base = lines[0].total
    gaps = [line.total - base for line in lines]
    drawn = [gap if abs(gap) < OFF_SCALE * base else 0 for gap in gaps]
    reach = max(1, *map(abs, drawn))
    low = 1.04 * max(0.04 * reach, -min(drawn))
    words = [_words(line, gap, off=bar != gap) for line, gap, bar in zip(lines, gaps, drawn, strict=True)]
    ends = [_end(max(0, bar), text, low) for bar, text in zip(drawn, words, strict=True)]
    high = max(reach, *ends)
    out = [gap != bar for gap, bar in zip(gaps, drawn, strict=True)]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(lines))),
        "x": [(high if gap > 0 else -low) if beyond else gap for gap, beyond in zip(gaps, out, strict=True)],
        "marker": {"color": [MORE if gap > 0 else LESS for gap in gaps], "line": OUTLINE},
        "customdata": [_told(line, lines[0]) for line in lines],
        "hovertemplate": hover.SHOWN,
    }
    x = {"title": "difference from MACs", "range": [-low, high], "nticks": 6, "tickformat": "~s"}
    at_its_end = {"x": high, "xanchor": "right", "xshift": -AWAY_PX, "font": {"color": ON_BAR}}
    labels = [
        {"x": max(0, bar), "y": i, "text": words[i]}
        | {"showarrow": False, "xanchor": "left", "xshift": AWAY_PX, "align": "left"}
        | (at_its_end if out[i] and gaps[i] > 0 else {})
        for i, bar in enumerate(drawn)
    ]
    titles = [line.convention.title for line in lines]
    y = {"title": "", "autorange": "reversed", "showgrid": False, "tickvals": bars["y"], "ticktext": titles}
    more: dict[str, Any] = {
        "height": 90 + BAR_PX * len(lines),
        "margin": {"l": 16, "r": 16, "t": 12, "b": 48},
        "bargap": 0.4,
        "hovermode": "y",
        "annotations": labels,
        "shapes": [{"type": "line", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": INK}}],
    }
    return chart([bars], x, y, dark=False, **more)


def _told(line: LedgerRow, first: LedgerRow) -> str:
    """The convention's terms, what a paper prints, and how far it is from the first one's number."""
    gap = "" if line is first else f"difference: {arithmetic.difference(first.total, line.total).working}"
    return hover.box(line.convention.title, ledger.of_line(line), line.note, gap)


def _end(bar: float, words: str, low: float) -> float:
    """How far the axis, which begins at `-low`, must go for these words beside a bar to end on it on a telephone."""
    letters = len(words.replace("<b>", "").replace("</b>", ""))
    return (bar + low) / (1 - (AWAY_PX + LETTER_PX * letters) / NARROW_PX) - low


def _words(line: LedgerRow, gap: int, *, off: bool) -> str:
    signs = f"({signed(gap, short)}){BEYOND * off}" if gap else ""
    return f"<b>{short(line.total)}</b> {signs}"
