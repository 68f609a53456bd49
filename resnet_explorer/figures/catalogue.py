"""Accuracy against cost, one protocol at a time: paths join nets that differ in depth, rings mark the frontier."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.figures import hover, labels
from resnet_explorer.figures.chart import chart
from resnet_explorer.figures.numbers import lettered
from resnet_explorer.figures.palette import INK, colour, look

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from resnet_explorer.analysis.catalogue import Point
    from resnet_explorer.analysis.published import Protocol

TICKS = ((1, 2, 5), (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8))
ENOUGH = 2
"""The digits of ticks, and how many ticks are enough not to take the finer ones."""
PAIR = 2
PARTS = tuple(n / 24 for n in range(1, 24))
"""Where on a line, as shares of it, labels are kept away from it."""


def scatter(points: Sequence[Point], protocol: Protocol, cost: str) -> go.Figure:
    """The nets by cost (log) and accuracy; better is up, also where errors are printed."""
    paths = dict.fromkeys(point.path for point in points)
    lines = [_path([point for point in points if point.path == path]) for path in paths]
    for line, path in zip(lines, paths, strict=True):
        line["customdata"] = [_told(point, protocol, cost) for point in points if point.path == path]
    low, high = min(point.cost for point in points), max(point.cost for point in points)
    x = {"title": f"{cost} (log)", "type": "log", **_ticks(low, high)}
    y: dict[str, Any] = {"title": protocol.unit, "range": _range([point.value for point in points], protocol)}
    more: dict[str, Any] = {"height": 480, "hovermode": "closest", "margin": {"l": 64, "r": 40, "t": 24, "b": 48}}
    more["annotations"] = _labels(points, protocol)
    return chart([_frontier(points), *lines], x, y, dark=False, **more)


def _labels(points: Sequence[Point], protocol: Protocol) -> list[dict[str, Any]]:
    """Above is better, also where errors are printed; labels are set with the axis as it is drawn.

    A path is named where it starts, or where it ends if it has more room there; its others are labelled by what
    differs, the number of layers. Of two nets each has its name: so short a line leads nobody to a number's name.
    """
    places = [(math.log10(point.cost), point.value * (-1 if protocol.error else 1)) for point in points]
    lines = [*_along(points, places), *_steps(points, places)]
    words = [str(point.layers) for point in points]
    for path in dict.fromkeys(point.path for point in points):
        mine = [i for i, point in enumerate(points) if point.path == path]
        if len(mine) == PAIR:
            words = [
                point.title if i in mine else word for i, (point, word) in enumerate(zip(points, words, strict=True))
            ]
            continue
        tried = [[*words[:i], points[i].title, *words[i + 1 :]] for i in (mine[0], mine[-1])]
        words = min(tried, key=lambda each: sum(one.covers for one in labels.sides(places, each, lines)))
    made = labels.placed(places, words, lines)
    return [{**each, "y": point.value} for each, point in zip(made, points, strict=True)]


def _along(points: Sequence[Point], places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Places on the lines between the nets of a path, which labels keep clear of."""
    found = []
    for path in dict.fromkeys(point.path for point in points):
        mine = [place for point, place in zip(points, places, strict=True) if point.path == path]
        found += _between(mine)
    return found


def _steps(points: Sequence[Point], places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Places on the steps of the frontier."""
    best = [place for point, place in zip(points, places, strict=True) if point.best]
    corners = [corner for a, b in itertools.pairwise(best) for corner in (a, (b[0], a[1]), b)]
    return _between(corners)


def _between(corners: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [
        (x + part * (right - x), y + part * (up - y))
        for (x, y), (right, up) in itertools.pairwise(corners)
        for part in PARTS
    ]


def _path(points: Sequence[Point]) -> dict[str, Any]:
    residual = points[0].residual
    shade = colour(residual=residual, dark=False)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [point.cost for point in points],
        "y": [point.value for point in points],
        "line": {"color": shade, "dash": look(residual=residual).dash, "width": 1.5},
        "marker": {"size": 9, "symbol": "circle" if residual else "square", "color": shade},
        "hovertemplate": hover.SHOWN,
    }


def _told(point: Point, protocol: Protocol, cost: str) -> str:
    """Accuracy with its protocol and source, cost with its working."""
    published = f"{protocol.title}: {point.value:g} %"
    return hover.box(point.title, published, f"from {point.source}", f"{cost}: {point.working}")


def _frontier(points: Sequence[Point]) -> dict[str, Any]:
    """A ring around each net that no other beats, joined by steps."""
    best = [point for point in points if point.best]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [point.cost for point in best],
        "y": [point.value for point in best],
        "line": {"color": INK, "dash": "dot", "width": 1.2, "shape": "hv"},
        "marker": {"size": 17, "symbol": "circle-open", "color": INK, "line": {"width": 1.4}},
        "hoverinfo": "skip",
    }


def _range(values: Sequence[float], protocol: Protocol) -> list[float]:
    low, high = min(values), max(values)
    room = 0.12 * (high - low or 1)
    ends = [low - room, high + room]
    return ends[::-1] if protocol.error else ends


def _ticks(low: int, high: int) -> dict[str, Any]:
    """Round numbers a reader knows, from below the least to above the most."""
    start, stop = math.log10(low), math.log10(high)
    room = 0.08 * (stop - start or 1)
    powers = range(math.floor(start) - 1, math.ceil(stop) + 1)
    tried = (
        [n * 10.0**power for power in powers for n in each if start - room <= math.log10(n) + power <= stop + room]
        for each in TICKS
    )
    kept = max(tried, key=lambda found: min(len(found), ENOUGH))
    return {
        "range": [start - room, stop + 1.6 * room],
        "tickvals": kept,
        "ticktext": [lettered(value) for value in kept],
    }
