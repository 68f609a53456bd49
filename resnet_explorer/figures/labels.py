"""Direct labels: on which side of its point each stands, so that labels and points overlap as little as they can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WIDTHS_PX, HEIGHT_PX = (210, 700), 330
"""Between the outermost points, on a telephone and on a wide screen: a label has one side, which must do on both."""
LETTER_PX, LINE_PX = 6.8, 17
RING_PX, DOT_PX = 8, 2
"""Half the side of a point with its ring, and of a place on a line."""
MISTAKEN = 300.0
"""What it costs, in px² covered, that a label stands where it may be taken for another point's."""
AWAY_PX = 11
"""From a point to its label, clear of the ring."""
TURNS = 2
"""How often each label is set: those that were set first do not know of the later ones."""
CROSSED = 4.0
"""A point or a label that is covered counts so many times as much as a line, across which a label can be read."""
LEFT, RIGHT, MARGIN_PX = 0.08, 0.12, 36
"""How far the axis goes beyond the outermost points, as shares of what is between them, and the margin on its right."""


class Side(NamedTuple):
    """Where a label stands: plotly's anchor and shift."""

    anchor: str
    shift: tuple[int, int]


SIDES = (
    Side("center", (0, AWAY_PX + 6)),
    Side("center", (0, -AWAY_PX - 6)),
    Side("left", (AWAY_PX, 0)),
    Side("right", (-AWAY_PX, 0)),
    Side("left", (AWAY_PX - 3, AWAY_PX)),
    Side("right", (3 - AWAY_PX, AWAY_PX)),
    Side("left", (AWAY_PX - 3, -AWAY_PX)),
    Side("right", (3 - AWAY_PX, -AWAY_PX)),
    Side("left", (2 * AWAY_PX, AWAY_PX)),
    Side("right", (-2 * AWAY_PX, AWAY_PX)),
    Side("left", (2 * AWAY_PX, -AWAY_PX)),
    Side("right", (-2 * AWAY_PX, -AWAY_PX)),
    Side("center", (0, 2 * AWAY_PX + 6)),
    Side("center", (0, -2 * AWAY_PX - 6)),
)
BEGINS = {"left": 0.0, "center": -0.5, "right": -1.0}
"""Where a label begins, left of its anchor, as a share of its width."""


class Placed(NamedTuple):
    """A label's side, and what it covers there of all else, in px² on both screens together."""

    side: Side
    covers: float


def placed(
    places: Sequence[tuple[float, float]], words: Sequence[str], lines: Sequence[tuple[float, float]] = ()
) -> list[dict[str, Any]]:
    """The labels as plotly's annotations, at these places of its axes (on a log axis the logarithm).

    `lines` are places on lines, which they cover as little as they can.
    """
    return [
        {
            "x": x,
            "y": y,
            "text": text,
            "showarrow": False,
            "xanchor": side.anchor,
            "xshift": side.shift[0],
            "yshift": side.shift[1],
            "font": {"size": 13},
        }
        for (x, y), text, (side, _) in zip(places, words, sides(places, words, lines), strict=True)
    ]


def sides(
    places: Sequence[tuple[float, float]], words: Sequence[str], lines: Sequence[tuple[float, float]] = ()
) -> list[Placed]:
    """A side for each label, chosen in turns: the one that covers least of points, of lines and of other labels."""
    every = [*places, *lines]
    across, up = _unit([x for x, _ in every]), _unit([y for _, y in every])
    half = np.array([RING_PX] * len(places) + [DOT_PX] * len(lines))
    middles = [(across * width, up * HEIGHT_PX) for width in WIDTHS_PX]
    fixed = [np.stack([x - half, x + half, y - half, y + half], axis=1) for x, y in middles]
    boxes = [[_boxes(x[i], y[i], len(text)) for x, y in middles] for i, text in enumerate(words)]
    chosen: dict[int, int] = {}
    covers: dict[int, float] = {}
    for i in [*range(len(words))] * TURNS:
        costs = [_mistaken(i, len(places), x, y) for x, y in middles]
        for screen, width in enumerate(WIDTHS_PX):
            others = [boxes[j][screen][side] for j, side in chosen.items() if j != i]
            weights = np.array([CROSSED] * len(places) + [1] * len(lines) + [CROSSED] * len(others))
            costs.append(_cost(boxes[i][screen], np.vstack([fixed[screen], *others]), weights, width))
        cost = np.round(np.sum(costs, axis=0), 3)
        chosen[i] = int(np.argmin(cost))
        covers[i] = float(cost[chosen[i]])
    return [Placed(SIDES[chosen[i]], covers[i]) for i in range(len(words))]


def _cost(
    boxes: NDArray[np.float64], taken: NDArray[np.float64], weights: NDArray[np.float64], width: int
) -> NDArray[np.float64]:
    """What each box covers, and what of it is outside the chart, in px² of a line."""
    a, b = boxes[:, None], taken[None]
    wide = np.minimum(a[..., 1], b[..., 1]) - np.maximum(a[..., 0], b[..., 0])
    high = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 2], b[..., 2])
    shared = (np.maximum(wide, 0) * np.maximum(high, 0)) @ weights
    outside = np.maximum(-LEFT * width - boxes[:, 0], 0) + np.maximum(boxes[:, 1] - width * (1 + RIGHT) - MARGIN_PX, 0)
    found: NDArray[np.float64] = shared + CROSSED * LINE_PX * outside
    return found


def _mistaken(i: int, count: int, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each side of a point costs that lies over or under it on the side of another one close by."""
    across, up = x[:count] - x[i], y[:count] - y[i]
    near = (np.abs(across) < RING_PX) & (np.abs(up) < 2 * RING_PX) & (up != 0)
    shifts = np.array([side.shift[1] for side in SIDES], dtype=float)
    found: NDArray[np.float64] = MISTAKEN * (shifts[:, None] * up[near][None] > 0).sum(axis=1)
    return found


def _boxes(x: float, y: float, letters: int) -> NDArray[np.float64]:
    """Left, right, bottom and top of a label on each side of its point, in px."""
    width = letters * LETTER_PX
    lefts = np.array([x + BEGINS[side.anchor] * width + side.shift[0] for side in SIDES])
    middles = np.array([y + side.shift[1] for side in SIDES])
    return np.stack([lefts, lefts + width, middles - LINE_PX / 2, middles + LINE_PX / 2], axis=1)


def _unit(values: Sequence[float]) -> NDArray[np.float64]:
    found = np.array(values, dtype=float)
    low, high = found.min(), found.max()
    return (found - low) / (high - low) if high > low else np.full(len(found), 0.5)
