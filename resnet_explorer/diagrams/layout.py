"""Where things stand on the layer axis, in pixels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.diagrams.columns import Column

GUTTER = 124
"""Room for the labels at the left."""
PLOT = 1000
"""Width of all columns together."""
TALLEST, SMALLEST = 104, 16


class Grid(NamedTuple):
    """Equal columns side by side, from x = 0; the plot as a whole stands `GUTTER` to the right."""

    columns: int

    @property
    def pitch(self) -> float:
        """Width of a column with its gap."""
        return PLOT / self.columns

    @property
    def gap(self) -> float:
        """Between the bars of a track."""
        return min(3.0, 0.16 * self.pitch)

    def left(self, index: float) -> float:
        """Where a column begins."""
        return index * self.pitch

    def middle(self, first: float, last: float) -> float:
        """The middle of a run of columns."""
        return (first + last + 1) / 2 * self.pitch


class Bars(NamedTuple):
    """The scales of the bars: both logarithmic, over what the net has."""

    largest_px: int
    fewest: int
    most: int

    def height(self, pixels: int) -> float:
        """Height of a bar, from the side of the map."""
        reach = math.log2(max(2, self.largest_px))
        return SMALLEST + (TALLEST - SMALLEST) * math.log2(max(1, pixels)) / reach

    def share(self, channels: int) -> float:
        """Share of its column that a bar fills, from its channels."""
        if self.most == self.fewest:
            return 0.6
        part = math.log2(channels / self.fewest) / math.log2(self.most / self.fewest)
        return 0.34 + 0.5 * min(1.0, max(0.0, part))


def bars(columns: Sequence[Column]) -> Bars:
    """The scales for these columns; the classifier does not count."""
    maps = [column.layer.output_shape for column in columns if len(column.layer.output_shape) == 3]
    maps = maps or [(1, 1, 1)]
    channels = [shape[0] for shape in maps]
    return Bars(max(shape[1] for shape in maps), min(channels), max(channels))


def spread(centres: Sequence[float], widths: Sequence[float], left: float, right: float) -> list[float]:
    """Centres moved as little as needed so that nothing overlaps and all stays between left and right, if it can."""
    placed = list(centres)
    edge = left
    for i, width in enumerate(widths):
        placed[i] = max(placed[i], edge + width / 2)
        edge = placed[i] + width / 2
    edge = right
    for i in reversed(range(len(widths))):
        placed[i] = min(placed[i], edge - widths[i] / 2)
        edge = placed[i] - widths[i] / 2
    return placed
