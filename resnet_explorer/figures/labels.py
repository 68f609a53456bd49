"""Direct labels: on which side of its point each stands, so that labels and points overlap as little as they can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LETTER, LINE = 0.014, 0.05
"""Width of a letter and height of a line, as shares of a chart that is neither wide nor narrow."""
DOT = 0.006
"""Half the side of a place on a line, as a share of the chart."""
AWAY_PX = 11
"""From a point to its label, clear of the ring."""


class Side(NamedTuple):
    """Where a label stands: plotly's anchor and shift, and the same as shares of the chart."""

    anchor: str
    shift: tuple[int, int]
    left: float
    away: tuple[float, float]


SIDES = (
    Side("center", (0, AWAY_PX + 6), -0.5, (0, 0.045)),
    Side("center", (0, -AWAY_PX - 6), -0.5, (0, -0.045)),
    Side("left", (AWAY_PX, 0), 0, (0.012, 0)),
    Side("right", (-AWAY_PX, 0), -1, (-0.012, 0)),
    Side("left", (AWAY_PX - 3, AWAY_PX), 0, (0.01, 0.03)),
    Side("right", (3 - AWAY_PX, AWAY_PX), -1, (-0.01, 0.03)),
    Side("left", (AWAY_PX - 3, -AWAY_PX), 0, (0.01, -0.03)),
    Side("right", (3 - AWAY_PX, -AWAY_PX), -1, (-0.01, -0.03)),
)


class _Box(NamedTuple):
    left: float
    right: float
    bottom: float
    top: float

    def shares(self, other: _Box) -> float:
        """The area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(0.0, width) * max(0.0, height)


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
        for (x, y), text, side in zip(places, words, sides(places, words, lines), strict=True)
    ]


def sides(
    places: Sequence[tuple[float, float]], words: Sequence[str], lines: Sequence[tuple[float, float]] = ()
) -> list[Side]:
    """A side for each label, chosen in turn: the one that covers least of points, of lines and of labels set before."""
    every = [*places, *lines]
    across, up = _unit([x for x, _ in every]), _unit([y for _, y in every])
    xs, ys = across[: len(places)], up[: len(places)]
    taken = [_Box(x - LETTER, x + LETTER, y - LINE / 3, y + LINE / 3) for x, y in zip(xs, ys, strict=True)]
    taken += [
        _Box(x - DOT, x + DOT, y - DOT, y + DOT) for x, y in zip(across[len(places) :], up[len(places) :], strict=True)
    ]
    chosen = []
    for x, y, text in zip(xs, ys, words, strict=True):
        boxes = [_box(x, y, len(text), side) for side in SIDES]
        place = min(range(len(SIDES)), key=lambda i: (_cost(boxes[i], taken), i))
        chosen.append(SIDES[place])
        taken.append(boxes[place])
    return chosen


def _cost(box: _Box, taken: Sequence[_Box]) -> float:
    """What it covers, and what of it is outside the chart."""
    outside = max(0.0, -0.08 - box.left) + max(0.0, box.right - 1.12)
    return round(1000 * sum(box.shares(other) for other in taken) + 10 * outside, 3)


def _box(x: float, y: float, letters: int, side: Side) -> _Box:
    width = letters * LETTER
    left, middle = x + side.left * width + side.away[0], y + side.away[1]
    return _Box(left, left + width, middle - LINE / 2, middle + LINE / 2)


def _unit(values: Sequence[float]) -> list[float]:
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high > low else 0.5 for value in values]
