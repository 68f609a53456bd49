"""The axes of an answer before it is measured, the guess that is drawn on them, and how far it was from the answer."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resnet_explorer.figures.dots import Dot, Dots
from resnet_explorer.figures.numbers import number
from resnet_explorer.figures.plot import Line, Plot
from resnet_explorer.figures.scale import Axis, reach, share, value

if TYPE_CHECKING:
    from resnet_explorer.figures.plot import Rule

Guess = tuple[tuple[float, float], ...]
"""A line that somebody drew: its places in the units of both axes, from left to right."""

PLACES = 25
"""At so many places of the axis a line is drawn, unless its `stops` are others."""
SIDES = (52, 104)
"""Left and right of the axes, in px, before the answer and after it."""
YOURS = "your guess"
DETAIL = 1000
"""Heights that a line can have at a place: so many and one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The axes of an experiment's first chart, as far as its jobs tell them: nothing measured is in them.

    `line` is what the line is called that one may draw; without one there is a choice of answers alone. `stops` are
    the values of x that the line has. A chart of dots has `rows` in place of an axis upwards, residual or not.
    """

    x: Axis
    y: Axis
    line: str = ""
    residual: bool = False
    stops: tuple[float, ...] = ()
    rules: tuple[Rule, ...] = ()
    rows: tuple[tuple[str, bool], ...] = ()

    @property
    def places(self) -> tuple[float, ...]:
        """Where along x the line is drawn."""
        low, high = self.ends(self.x)
        return self.stops or tuple(value(i / (PLACES - 1), low, high, self.x) for i in range(PLACES))

    def blank(self) -> Plot | Dots:
        """The chart without what is asked for."""
        if self.rows:
            dots = tuple(Dot(name, math.nan, math.nan, math.nan, residual) for name, residual in self.rows)
            return Dots(dots=dots, x=self.x)
        return self.framed(Plot(lines=(), x=self.x, y=self.y, rules=self.rules))

    def framed(self, plot: Plot, guess: Guess = ()) -> Plot:
        """The answer on these axes, which grow where it does not fit them, with the guess over it."""
        drawn: tuple[Line, ...] = ()
        if guess:
            x, y = zip(*guess, strict=True)
            drawn = (Line(name=YOURS, x=x, y=y, residual=None, weight=0.8, marked=True),)
        return dataclasses.replace(plot, lines=(*plot.lines, *drawn), x=self.x, y=self.y, sides=SIDES)

    def read(self, heights: str) -> Guess:
        """What a browser says of a line: a height for each place, nothing where there is none; of another form none."""
        texts = heights.split(",") if len(heights) <= 6 * len(self.places) else []
        good = [text == "" or (text.isascii() and text.isdigit() and int(text) <= DETAIL) for text in texts]
        if len(texts) != len(self.places) or not all(good):
            return ()
        low, high = self.ends(self.y)
        return tuple(
            (x, value(int(text) / DETAIL, low, high, self.y))
            for x, text in zip(self.places, texts, strict=True)
            if text
        )

    def heights(self, guess: Guess) -> list[int | None]:
        """The same of a guess that was drawn on these axes or on others."""
        (low, high), known = self.ends(self.y), dict(guess)
        return [
            min(max(round(DETAIL * share(known[x], low, high, self.y)), 0), DETAIL) if x in known else None
            for x in self.places
        ]

    def ends(self, axis: Axis) -> tuple[float, float]:
        """The least and the largest value that an axis shows."""
        rules = [rule.at for rule in self.rules] if axis is self.y else []
        return reach(rules, axis, foot=False)


def compared(guess: Guess, plot: Plot, sketch: Sketch) -> str:
    """How far a drawn line is from the measured one, in a sentence; nothing where none was drawn or measured."""
    line = next((line for line in plot.lines if line.name.startswith(sketch.line)), None)
    if not guess or line is None:
        return ""
    found = [(x, yours, _measured(line, x, sketch)) for x, yours in guess]
    pairs = [(x, yours, theirs) for x, yours, theirs in found if theirs is not None]
    if not pairs:
        return f"Nothing was measured of {line.name} where you drew it."
    above = sum(yours > theirs for _, yours, theirs in pairs)
    apart = [_apart(yours, theirs, log=sketch.y.log) for _, yours, theirs in pairs]
    mean = sum(apart) / len(apart)
    off = f"a factor of {number(math.exp(mean))}" if sketch.y.log else number(mean)
    many = f"in the mean of {len(pairs)} places, too high at {above} of them" if len(pairs) > 1 else "at one place"
    lost = len(found) - len(pairs)
    rest = f"; at {lost} more there is no measurement that this axis could show" if lost else ""
    x, yours, theirs = pairs[-1]
    return (
        f"Your line for {line.name} is off by {off} {many}{rest}. "
        f"Furthest right, at {number(x)}, you drew {number(yours)}; measured is {number(theirs)}."
    )


def _apart(one: float, other: float, *, log: bool) -> float:
    return abs(math.log(one / other)) if log else abs(one - other)


def _measured(line: Line, x: float, sketch: Sketch) -> float | None:
    """What was measured at a place, or between its neighbours; None where that is no number, or not on the axis."""
    points = [(at, y) for at, y in zip(line.x, line.y, strict=True) if _shown(y, sketch.y)]
    before = max((point for point in points if point[0] <= x), default=None)
    after = min((point for point in points if point[0] >= x), default=None)
    if before is None or after is None or not _adjacent(line, before[0], after[0]):
        return None
    if before[0] == after[0]:
        return before[1]
    part = (x - before[0]) / (after[0] - before[0])
    if sketch.y.log:
        return math.exp((1 - part) * math.log(before[1]) + part * math.log(after[1]))
    return (1 - part) * before[1] + part * after[1]


def _adjacent(line: Line, one: float, other: float) -> bool:
    """Whether nothing that cannot be shown lies between two places."""
    return abs(line.x.index(one) - line.x.index(other)) <= 1


def _shown(y: float, axis: Axis) -> bool:
    return math.isfinite(y) and (y > 0 or not axis.log)
