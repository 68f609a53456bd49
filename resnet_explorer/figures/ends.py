"""Names at the ends of lines: in the margin on the right, each beside its line, moved apart where they overlap."""

from __future__ import annotations

import itertools
import statistics
import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LETTERS = 13
"""A longer name is broken into lines: on a telephone the margin is to leave room for the lines."""
LETTER_PX, LINE_PX, GAP_PX, PART_PX = 6.9, 16, 3, 9
"""The last two: between names, and between one of several lines and the next: it is seen which lines are one name."""
FONT_PX = 13
MOST_BESIDE = 2
"""Names that stand one below the other and are still told apart by where their lines end."""
TOGETHER = 0.02
"""Lines that end within this share of the axis end together; one that ends before has its name at its own end."""
BESIDE_PX, LED_PX, LEAD_PX = 8, 20, (2, 17)
"""From a line to its name, and to one that was moved away: to that a thin line leads, from here to there."""
TOUCHES_PX = 4
"""So far inside its edge a line must meet its name for the two to be seen as one."""


LETTER_SHARE, LINE_SHARE = 0.02, 0.04
"""Width of a letter, and half the height of a name with its room, as shares of a chart of half a page."""


ANCHORS: dict[str, dict[str, Any]] = {
    "right": {"xanchor": "left", "yanchor": "middle", "xshift": BESIDE_PX},
    "left": {"xanchor": "right", "yanchor": "middle", "xshift": -BESIDE_PX},
    "above": {"xanchor": "center", "yanchor": "bottom", "yshift": 4},
    "below": {"xanchor": "center", "yanchor": "top", "yshift": -4},
    "rising": {"xanchor": "left", "yanchor": "bottom", "xshift": 2, "yshift": 4},
    "falling": {"xanchor": "left", "yanchor": "top", "xshift": 2, "yshift": -4},
    "high": {"xanchor": "center", "yanchor": "bottom", "yshift": 4 + LINE_PX},
    "low": {"xanchor": "center", "yanchor": "top", "yshift": -4 - LINE_PX},
    "over": {"xanchor": "right", "yanchor": "bottom", "yshift": 2},
    "under": {"xanchor": "right", "yanchor": "top", "yshift": -2},
}
"""On which side of its place a name stands; that of a rule over or under it, in one line."""


class End(NamedTuple):
    """Where a line ends, as shares of both axes, and what stands there, in which colour.

    A name that stands beside its line is `held` there, on that side of the place; one that is `away` stands where
    other lines end, since there was no room for it where its own does.
    """

    across: float
    up: float
    name: str
    colour: str
    held: str = ""
    away: bool = False


def lines_of(name: str) -> list[str]:
    """A name as the lines in which it is written."""
    return textwrap.wrap(name, LETTERS, break_long_words=False, break_on_hyphens=False) or [""]


def margin(names: Sequence[str]) -> int:
    """How wide the margin must be, in px."""
    longest = max((len(line) for name in names for line in lines_of(name)), default=0)
    return round(14 + LETTER_PX * longest)


def height(names: Sequence[str], least: int, around: int) -> int:
    """How high a chart must be for all its names to have room, in px; `around` is what its margins take of it."""
    return max(least, around + sum(_size(name) for name in names))


def labels(ends: Sequence[End], room: int) -> list[dict[str, Any]]:
    """The names as plotly's annotations; `room` is the height of the plot in px."""
    return [_label(end) for end in ends if end.held] + [
        _label(end, y / room, led=_led(end, y, room)) for end, y in _stacked(ends, room)
    ]


def leads(ends: Sequence[End], room: int) -> list[dict[str, Any]]:
    """A thin line, as plotly's shape, from the end of each line to its name, where that does not touch it."""
    start, stop = LEAD_PX
    aside = {"xsizemode": "pixel", "x0": start, "x1": stop}
    made = [(end, aside | {"y0": end.up, "y1": y / room}) for end, y in _stacked(ends, room) if _led(end, y, room)]
    for end in ends:
        if end.held in ("high", "low"):
            over = 1 if end.held == "high" else -1
            up = {"ysizemode": "pixel", "yanchor": end.up, "y0": 3 * over, "y1": (3 + LINE_PX) * over}
            made.append((end, up | {"x0": end.across, "x1": end.across}))
    paper = {"type": "line", "xref": "paper", "yref": "paper"}
    return [paper | {"xanchor": end.across, "line": {"color": end.colour, "width": 1}, **place} for end, place in made]


def last(ends: Iterable[End]) -> float:
    """Where the lines end that end last."""
    return max((end.across for end in ends if not end.held), default=1.0)


def _stacked(ends: Sequence[End], room: int) -> list[tuple[End, float]]:
    """The names right of their lines, each with the height of its middle in px, moved apart where they meet."""
    final = last(ends)
    made = []
    for late in (True, False):
        group = [end for end in ends if not end.held and (end.across >= final - TOGETHER) is late]
        heights = _apart([end.up * room for end in group], [_size(end.name) for end in group], room)
        made += [(end._replace(across=final) if late else end, y) for end, y in zip(group, heights, strict=True)]
    return made


def _led(end: End, y: float, room: int) -> bool:
    """Whether a name stands so far from the end of its line that it must be led there."""
    return not end.away and abs(y - end.up * room) > LINE_PX * len(lines_of(end.name)) / 2 - TOUCHES_PX


def heading(title: str, left: int) -> dict[str, Any]:
    """What is drawn upwards, lying above its axis: upright it takes room from a narrow chart, and is read last."""
    return {
        "text": title,
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": 8 - left,
        "yshift": 12,
        "showarrow": False,
    }


def crowded(end: End, finish: Sequence[float]) -> bool:
    """Whether more lines end beside this one than can be named there; `finish` are the heights of all that do."""
    return sum(abs(up - end.up) < LINE_SHARE for up in finish) > MOST_BESIDE


def crossed(end: End, lines: Sequence[Sequence[tuple[float, float]]]) -> bool:
    """Whether one of these lines, whose points are shares of both axes, passes where a name stands right of its end."""
    right = end.across + LETTER_SHARE * (1 + max(map(len, lines_of(end.name))))
    low, high = end.up - LINE_SHARE, end.up + LINE_SHARE
    parts = (pair for line in lines for pair in itertools.pairwise(line))
    beside = ((a, b) for a, b in parts if a[0] <= right and b[0] >= end.across)
    heights = ([_height(a, b, max(a[0], end.across)), _height(a, b, min(b[0], right))] for a, b in beside)
    return any(min(each) <= high and max(each) >= low for each in heights)


def _height(a: tuple[float, float], b: tuple[float, float], across: float) -> float:
    """How high the straight line from one point to the next is there."""
    return a[1] + (b[1] - a[1]) * (across - a[0]) / (b[0] - a[0]) if b[0] > a[0] else b[1]


def _size(name: str) -> int:
    count = len(lines_of(name))
    return LINE_PX * count + (GAP_PX if count == 1 else PART_PX)


def _label(end: End, y: float | None = None, *, led: bool = False) -> dict[str, Any]:
    whole = end.held in ("over", "under")
    return {
        "text": end.name if whole else "<br>".join(lines_of(end.name)),
        "x": end.across,
        "y": end.up if y is None else y,
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
        "align": "left",
        **ANCHORS[end.held or "right"],
        **({"xshift": LED_PX} if led else {}),
        "font": {"size": FONT_PX, "color": end.colour},
    }


def _apart(middles: Sequence[float], sizes: Sequence[int], room: int) -> list[float]:
    """The middles, moved as little as is needed for none to overlap and all to be in the room, in px from its foot."""
    stacks: list[list[int]] = []
    for i in sorted(range(len(middles)), key=lambda i: middles[i]):
        stacks.append([i])
        while (
            len(stacks) > 1
            and sum(_span(stacks[-2], middles, sizes, room)) > _span(stacks[-1], middles, sizes, room)[0]
        ):
            above = stacks.pop()
            stacks[-1] += above
    found = list(middles)
    for stack in stacks:
        foot, _ = _span(stack, middles, sizes, room)
        for i, below in zip(stack, itertools.accumulate((sizes[i] for i in stack), initial=0.0), strict=False):
            found[i] = foot + below + sizes[i] / 2
    return found


def _span(stack: Sequence[int], middles: Sequence[float], sizes: Sequence[int], room: int) -> tuple[float, float]:
    """Where names that stand one upon the other begin, in the mean at their own heights, and how high they are."""
    below = itertools.accumulate((sizes[i] for i in stack), initial=0.0)
    high = sum(sizes[i] for i in stack)
    foot = statistics.fmean(middles[i] - under - sizes[i] / 2 for i, under in zip(stack, below, strict=False))
    return min(max(foot, -LINE_PX / 2), room + LINE_PX / 2 - high), high
