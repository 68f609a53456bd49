"""Where things stand on the layer axis, in pixels."""

from __future__ import annotations

import itertools
import math
import string
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from resnet_explorer.diagrams.columns import Column

GUTTER = 124
"""Room for the labels at the left."""
PLOT = 1000
"""Width of all columns together."""
TOP = 30
"""Where the borders of stages begin, below the legend."""
TALLEST, SMALLEST = 104, 16
"""Of the bars of a net."""
DIGITS = str.maketrans("", "", string.digits)


MOST_LINE = 2 / 3
"""The most room of a line, one more equal block, in columns; together no more than all columns."""


class Form(NamedTuple):
    """How high a net is drawn, by its tallest bar, and whether a row under it is left in which the page draws norms.

    Without bars no net is drawn, but the names of its stages over its tracks. Without `totals` it is to be counted:
    neither its name nor its layers or what these cost in all is told.
    """

    tallest: float = TALLEST
    norms: bool = False
    totals: bool = True

    @property
    def middle(self) -> float:
        """Of its bars."""
        return TOP + 34 + self.tallest / 2

    @property
    def brace(self) -> float:
        """The lines under its stages."""
        return self.middle + self.tallest / 2 + 10 if self.tallest else 4

    @property
    def below(self) -> float:
        """Where its labels have ended."""
        return self.brace + (64 if self.tallest else 30)


WHOLE, WITH_NORMS, LOW, COSTS, UNTOLD = Form(), Form(norms=True), Form(tallest=52), Form(tallest=0), Form(totals=False)
"""A net of its own, also with its norms; so low that two stand in one window; what its layers cost, alone; to count."""


class Grid(NamedTuple):
    """Columns side by side, from x = 0, each with its left edge and its width; the plot stands `GUTTER` to the right.

    A column with lines behind it, one for each further block that is equal to its own, has a third number: where these
    end. All have the room of so many equal columns as `slots` says.
    """

    columns: tuple[tuple[float, ...], ...]
    slots: float

    @property
    def even(self) -> bool:
        """Whether all columns are as wide."""
        return self.slots == len(self.columns)

    @property
    def slot(self) -> float:
        """The room of a bar with its gap: the same in all columns, so that bars can be compared by their size."""
        return PLOT / self.slots

    @property
    def gap(self) -> float:
        """Between the bars of a track."""
        return min(3.0, 0.16 * self.slot)

    def width(self, index: int) -> float:
        """Width of a column with its gap."""
        return self.columns[index][1]

    def left(self, index: int) -> float:
        """Where a column begins."""
        return self.columns[index][0]

    def right(self, index: int) -> float:
        """Where it ends."""
        return self.left(index) + self.width(index)

    def end(self, index: int) -> float:
        """Where it ends with the lines behind it."""
        return self.columns[index][-1] if len(self.columns[index]) > 2 else self.right(index)

    def centre(self, index: int) -> float:
        """The middle of a column."""
        return (self.left(index) + self.right(index)) / 2

    def middle(self, first: int, last: int) -> float:
        """The middle of a run of columns and of the lines behind them."""
        return (self.left(first) + self.end(last)) / 2


Lines: TypeAlias = Sequence[int]
"""For each column of a stage, how many lines stand behind it."""


def grid(stages: Mapping[str, Lines], beside: Mapping[str, Lines] | None = None) -> Grid:
    """The columns of stages; where other stages stand `beside`, each stage has one place for both.

    Stages belong together by their numbers, the first of each net and the heads by their place: a net that lacks a
    stage leaves its place free. Where the nets name them otherwise, as layer1 and conv2_x, their order counts. A stage
    with fewer columns than the other's has wider ones.
    """
    alike = beside is None or _words(stages) == _words(beside)
    own = _by_place(stages, numbered=alike)
    other = _by_place(beside, numbered=alike) if beside else own
    line = _line((own, other))
    places = sorted({*own, *other})
    room = {place: max(_room(net.get(place, ()), line) for net in (own, other)) for place in places}
    slots, left = sum(room.values()), 0.0
    found: list[tuple[float, ...]] = []
    for place, slot in room.items():
        wide, at = PLOT * slot / slots, left
        for more in own.get(place, ()):
            width = wide / _room(own[place], line)
            end = at + width * (1 + more * line)
            found.append((at, width, end) if more else (at, width))
            at = end
        left += wide
    return Grid(tuple(found), slots)


def _line(nets: Iterable[Mapping[float, Lines]]) -> float:
    """The room of a line in nets that are shown together, in columns."""
    columns, lines = (max(sum(map(count, stages.values())) for stages in nets) for count in (len, sum))
    return min(MOST_LINE, columns / lines) if lines else MOST_LINE


def _room(columns: Lines, line: float) -> float:
    """The room of a stage's columns and lines, in columns."""
    return len(columns) + line * sum(columns)


def _words(stages: Iterable[str]) -> set[str]:
    """What numbered stages are called, without their numbers."""
    return {name.translate(DIGITS) for name in stages if any(map(str.isdecimal, name))}


def _by_place(stages: Mapping[str, Lines], *, numbered: bool) -> dict[float, Lines]:
    """The columns of the stages, by their order: that of the first is 0; the last without number comes last."""
    first, *names = stages
    numbers = [float(digits) if (digits := "".join(filter(str.isdecimal, name))) else math.inf for name in names]
    if names and (not numbered or any(one >= other for one, other in itertools.pairwise((0.0, *numbers)))):
        last = numbers[-1] if math.isinf(numbers[-1]) else float(len(names))
        numbers = [*map(float, range(1, len(names))), last]
    return dict(zip((0.0, *numbers), (stages[first], *(stages[name] for name in names)), strict=True))


class Bars(NamedTuple):
    """The scales of the bars: both logarithmic, over what the net has."""

    largest_px: int
    fewest: int
    most: int
    form: Form = WHOLE

    def height(self, pixels: int) -> float:
        """Height of a bar, from the side of the map."""
        reach = math.log2(max(2, self.largest_px))
        return SMALLEST + (self.form.tallest - SMALLEST) * math.log2(max(1, pixels)) / reach

    def part(self, pixels: int) -> float:
        """The same, as a part of the tallest: for pictures that have a size of their own."""
        return round(self.height(pixels) / self.form.tallest, 3)

    def share(self, channels: int) -> float:
        """Share of its column that a bar fills, from its channels."""
        if self.most == self.fewest:
            return 0.6
        part = math.log2(channels / self.fewest) / math.log2(self.most / self.fewest)
        return 0.34 + 0.5 * min(1.0, max(0.0, part))


def bars(columns: Sequence[Column], form: Form = WHOLE) -> Bars:
    """The scales for these columns in a net of that form; the classifier does not count."""
    maps = [(column.layer.channels, column.layer.side) for column in columns if len(column.layer.output_shape) > 1]
    channels, sides = zip(*(maps or [(1, 1)]), strict=True)
    return Bars(max(sides), min(channels), max(channels), form)


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
