"""From one number to another through its causes, as a waterfall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.analysis import arithmetic
from resnet_explorer.analysis.conventions import short
from resnet_explorer.analysis.measures import signed
from resnet_explorer.figures import hover
from resnet_explorer.figures.chart import chart
from resnet_explorer.figures.palette import INK, OUTLINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

MORE, LESS = "#E69F00", "#009E73"
"""Amber adds, green takes away; the sign at each bar says so too."""
BAR_PX = 44
AWAY_PX = 4
"""How high the row of a bar is, and how far from its end its words are."""


class Bar(NamedTuple):
    """A cause in words, what it adds, and how that comes about: what was changed, or the working of a net's number."""

    label: str
    adds: int
    how: str


def waterfall(start: Bar, causes: Sequence[Bar], end: Bar, unit: str) -> go.Figure:
    """Bars from the first number, through what each cause adds, down to the last; read from above."""
    labels, bases, lengths, words, colours = [start.label], [0], [start.adds], [short(start.adds)], [INK]
    told = [hover.box(start.label, start.how)]
    level = start.adds
    for cause in causes:
        labels.append(cause.label)
        told.append(hover.box(cause.label, cause.how, arithmetic.difference(level, level + cause.adds).working))
        bases.append(min(level, level + cause.adds))
        lengths.append(abs(cause.adds))
        words.append(signed(cause.adds, short) if cause.adds else "no change")
        colours.append(MORE if cause.adds > 0 else LESS)
        level += cause.adds
    labels, bases, lengths = [*labels, end.label], [*bases, 0], [*lengths, level]
    words, colours = [*words, short(level)], [*colours, INK]
    told.append(hover.box(end.label, end.how))
    top = max(base + length for base, length in zip(bases, lengths, strict=True))
    x = {"title": unit, "range": [0, 1.18 * top or 1], "nticks": 6, "tickformat": "~s"}
    y = {
        "title": "",
        "autorange": "reversed",
        "showgrid": False,
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
    }
    more: dict[str, Any] = {
        "height": 90 + BAR_PX * len(labels),
        "margin": {"l": 16, "r": 64, "t": 12, "b": 48},
        "bargap": 0.35,
        "hovermode": "y",
        "annotations": _words(bases, lengths, words),
        "shapes": _joints(bases, lengths, [start.adds, *(cause.adds for cause in causes)]),
    }
    bars = {"y": list(range(len(labels))), "x": lengths, "base": bases, "marker": {"color": colours, "line": OUTLINE}}
    says = {"customdata": told, "hovertemplate": hover.SHOWN}
    return chart([{"type": "bar", "orientation": "h", **bars, **says}], x, y, dark=False, **more)


def _words(bases: Sequence[int], lengths: Sequence[int], words: Sequence[str]) -> list[dict[str, Any]]:
    """What each bar adds, right of it."""
    beside = {"showarrow": False, "xanchor": "left", "xshift": AWAY_PX}
    return [
        {"x": base + length, "y": row, "text": text, **beside}
        for row, (base, length, text) in enumerate(zip(bases, lengths, words, strict=True))
    ]


def _joints(bases: Sequence[int], lengths: Sequence[int], adds: Sequence[int]) -> list[dict[str, Any]]:
    """A thin line from where a bar ends to where the next begins."""
    made = []
    for i, added in enumerate(adds):
        at = bases[i] + (lengths[i] if added > 0 else 0)
        begin = i + (0.33 if added else -0.33)  # there is no bar where nothing changes
        made.append(
            {"type": "line", "x0": at, "x1": at, "y0": begin, "y1": i + 0.67, "line": {"color": INK, "width": 1}}
        )
    return made
