"""How numbers are made, in words, and the numbers that carry it into a text.

The text is one for all readers (`analysis/sentence.py`): a page shows each number with its working, plain text without.
"""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING

from resnet_explorer.analysis import conventions
from resnet_explorer.analysis.sentence import Sentence, say
from resnet_explorer.analysis.worked import Worked
from resnet_explorer.figures.numbers import number, raised

if TYPE_CHECKING:
    from collections.abc import Sequence

FINE = 5
"""Digits of the numbers that another one, of three digits, is made of."""
LISTED = 5
"""So many terms of a mean are listed."""


def worked(value: float, working: str, said: str = "") -> Worked:
    """A number with its working, `said` in these words; without one it stands alone."""
    return Worked(value, said or number(value), working)


def times(count: Worked) -> Sentence:
    """So many times, the number with its working; about, where it is said as one."""
    about, told, rest = conventions.times(count.text).partition(count.text)
    return say(about, count, rest) if told else say(about)


def fine(value: float) -> str:
    """A number that another one is made of."""
    return f"{value:,}" if isinstance(value, int) else number(value, FINE)


def quotient(one: float, other: float, of: str, said: str = "") -> str:
    """How many times one is the other, `said` in these words, and what they are; nothing where that is no number."""
    if not other or not all(map(math.isfinite, (other, one / other))):
        return ""
    return f"{fine(one)} ÷ {fine(other)} = {said or number(one / other)}: {of}"


def mean(values: Sequence[float], of: str, said: str = "") -> str:
    """The mean of some values, `said` in these words, and what they are; of many their sum and its terms' ends.

    Nothing where it is no number, or that of one value.
    """
    if len(values) < 2 or not all(map(math.isfinite, values)):
        return ""
    result = f" ÷ {len(values)} = {said or number(statistics.fmean(values))}"
    if len(values) <= LISTED:
        return f"({' + '.join(map(fine, values)).replace('+ −', '− ')}){result}: {of}"
    ends = f"from {fine(min(values))} to {fine(max(values))}"
    return f"{fine(sum(values))}{result}: the sum of {len(values)} {of}, {ends}, by their number"


def root(values: Sequence[float], of: str, said: str) -> str:
    """The geometric mean of some values, `said` in these words, and what they are; nothing where it is no number."""
    if not values or not all(map(math.isfinite, values)):
        return ""
    return f"{raised(len(values))}√({' · '.join(map(fine, values))}) = {said}: {of}"


def share(part: float, whole: int, what: str, said: str) -> str:
    """How many of a whole a measured share of it is, `said` in these words: 291 ÷ 297 test digits = 97.98 %."""
    return f"{round(part * whole):,} ÷ {whole:,} {what} = {said}"


def percent(share: float, digits: int = 0) -> str:
    """A share in per cent: what is less than all is not said to be 100, nor what is more than nothing 0."""
    return Worked(100 * share, "", "").percent(digits=digits).text


def slope(factor: float, norms: Sequence[float], said: str) -> str:
    """A factor for each layer, `said` in these words, that was fitted to norms; nothing where there was none to fit."""
    if not math.isfinite(factor) or factor <= 0:
        return ""
    power, count = number(math.log(factor), FINE), sum(norm > 0 and math.isfinite(norm) for norm in norms)
    line = f"{power} is the slope towards the input of a straight line through the logarithms of {count} norms"
    return f"e to the power {power} = {said}: {line}, by least squares"
