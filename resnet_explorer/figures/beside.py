"""A name inside the chart, beside its own line or along a rule, where no other line or name stands in its way."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.figures.ends import LINE_SHARE, End, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Way = Sequence[tuple[float, float]]

PLACES, STEPS = 40, 20
"""Of a line with more points only so many are looked at; and at so many places along a rule there may be its name."""
LETTER, LINE, ALONE = 0.03, 1.5 * LINE_SHARE, 2 * LINE_SHARE
"""A letter and a line of letters as shares of a chart on a telephone, the narrowest; a line that stands alone, with the
stroke of another beyond it, of one before a room, the lowest."""
SIDES = ("right", "left", "above", "below")
AT_END = ("right", "rising", "falling", "above", "below", "high", "low")
NEAR, FAR = 0.01, 0.035
"""From a line to its name, as shares of a wide chart and of that one: both must do."""


class Box(NamedTuple):
    """A rectangle, in shares of both axes."""

    left: float
    right: float
    low: float
    high: float


def spot(end: End, way: Way, others: Sequence[Way], named: Sequence[End], *, early: bool = False) -> End | None:
    """The name of a line where it has room: at its end, if that is `early`, else where it is furthest from all others.

    `named` are those before.
    """
    far = [_thinned(other) for other in others if other]
    own = _thinned(way)
    taken = [_box(each, each.held) for each in named if each.held]
    clear = {place: _clear(place, far) for place in own}
    apart = sorted((place for place in own if clear[place] >= LINE_SHARE), key=lambda place: -clear[place])
    places = [(end._replace(across=across, up=up), SIDES) for across, up in apart]
    for at, sides in [(end, AT_END), *places] if early else places:
        for side in sides:
            box = _box(at, side)
            inside = box.left >= 0 and box.right <= 1 and box.low >= 0 and box.high <= 1
            free = not any(_meets(box, each) for each in taken) and not any(_on(box, each) for each in (own, *far))
            if inside and free:
                return at._replace(held=side)
    return None


def along(rule: End, ways: Sequence[Way], named: Sequence[End]) -> End | None:
    """The name of a rule over it or under it, as far right as no line and no other name stands in its way."""
    wide = LETTER * len(rule.name)
    taken = [_box(each, each.held) for each in named if each.held]
    for step, side in itertools.product(range(STEPS), ("over", "under")):
        at = rule._replace(across=rule.across - step / STEPS * max(rule.across - wide, 0.0), held=side)
        box = _box(at, side)
        inside = box.left >= 0 and box.low >= 0 and box.high <= 1
        if inside and not any(_meets(box, each) for each in taken) and not any(_on(box, each) for each in ways):
            return at
    return None


def _thinned(way: Way) -> Way:
    return way[:: max(1, len(way) // PLACES)]


def _clear(place: tuple[float, float], others: Sequence[Way]) -> float:
    """How far the nearest point of another line is."""
    return min((max(abs(x - place[0]), abs(y - place[1])) for x, y in itertools.chain(*others)), default=1.0)


def _box(at: End, side: str) -> Box:
    if side in ("over", "under"):
        low = at.up + (NEAR if side == "over" else -NEAR - ALONE)
        return Box(at.across - LETTER * len(at.name), at.across, low, low + ALONE)
    lines = lines_of(at.name)
    wide, high = LETTER * max(map(len, lines)), LINE * len(lines)
    left, right = {"right": (NEAR, FAR + wide), "left": (-FAR - wide, -NEAR)}.get(side, (-wide / 2, wide / 2))
    if side in ("rising", "falling"):
        left, right = NEAR, FAR + wide
    over, under = NEAR, -NEAR - high
    foots = {"above": over, "rising": over, "high": over + LINE, "below": under, "falling": under, "low": under - LINE}
    low = foots.get(side, -high / 2)
    return Box(at.across + left, at.across + right, at.up + low, at.up + low + high)


def _meets(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.low < other.high and other.low < one.high


def _on(box: Box, way: Way) -> bool:
    """Whether a line passes through a box."""
    near = ((a, b) for a, b in itertools.pairwise(way) if a[0] <= box.right and b[0] >= box.left)
    return any(_within(box, place) for a, b in near for place in _between(a, b))


def _within(box: Box, place: tuple[float, float]) -> bool:
    return box.left <= place[0] <= box.right and box.low <= place[1] <= box.high


def _between(a: tuple[float, float], b: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """The straight line from one point to the next, in steps that are shorter than a letter is high."""
    count = 1 + int(max(abs(b[0] - a[0]), abs(b[1] - a[1])) / (LINE / 3))
    for i in range(count + 1):
        yield a[0] + (b[0] - a[0]) * i / count, a[1] + (b[1] - a[1]) * i / count
