"""Where the lines of a chart are named, and its rules: each at its end, else beside itself, else led to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.figures import beside, ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.figures.ends import End


class NamedCurve(NamedTuple):
    """A line as shares of both axes, and its name in its colour; one without a name is not to be covered either.

    `steps` is what is seen behind a line that goes through the middle of it.
    """

    way: Sequence[tuple[float, float]]
    name: str
    colour: str
    steps: Sequence[tuple[float, float]] = ()


def placed(drawn: Sequence[NamedCurve], rules: Sequence[End]) -> list[End]:
    """The name of each rule along it, and of each line at its end, or beside it where others end too or pass.

    What has room nowhere stands right of where the last line ends.
    """
    drawn = [each for each in drawn if each.way]
    final = max((each.way[-1][0] for each in drawn), default=1.0)
    ways = [each.way for each in drawn]
    steps = [each.steps for each in drawn]
    found: list[End] = []
    for rule in rules:
        at = rule._replace(across=final)
        found.append(beside.along(at, [*ways, *steps], found) or at)
    behind = [*steps, *([(0.0, rule.up), (final, rule.up)] for rule in rules)]
    late = [way[-1][1] for way in ways if way[-1][0] >= final - ends.TOGETHER]
    finish = [each.up for each in found if not each.held] + late
    for each in drawn:
        if each.name:
            end = ends.End(*each.way[-1], each.name, each.colour)
            others = [way for way in [*ways, *behind] if way is not each.way]
            early = end.across < final - ends.TOGETHER
            if ends.crossed(end, others) if early else ends.crowded(end, finish):
                beside_it = beside.spot(end, each.way, others, found, early=early)
                end = beside_it or end._replace(across=final, away=early)
            found.append(end)
    return found
