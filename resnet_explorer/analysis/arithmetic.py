"""Numbers that are made of other numbers, with their working: sums, shares, ratios, differences."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from resnet_explorer.analysis.conventions import PREFIXES
from resnet_explorer.analysis.worked import Worked

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST, MOST = 0.01, 1e6
"""Quotients of counts between these have four decimals; shares from the first on, in per cent, have two."""
LONG = 10.0
"""Milliseconds from which on times have two decimals."""
NAMED = 12
"""So many names are listed; of more the first ones and the last."""


def signed(number: int) -> str:
    """A change with its sign: +3,759,360."""
    return _minus(f"{number:+,}") if number else "0"


def product(factors: Iterable[int]) -> str:
    """Factors, one after the other: 9 · 64 · 64."""
    return " · ".join(f"{factor:,}" for factor in factors)


def added_up(terms: Iterable[tuple[str, int]], unit: str = "") -> str:
    """A sum of named terms: stem 9,536 + conv2_x 221,952 = 231,488."""
    found = list(terms)
    return f"{' + '.join(f'{name} {n:,}' for name, n in found)} = {sum(n for _, n in found):,}{unit}"


def named(names: Iterable[str], joint: str = ", ") -> Worked:
    """How many there are, by their names: conv1, conv2, fc: 3."""
    found = list(names)
    told = [*found[: NAMED - 1], "…", found[-1]] if len(found) > NAMED else found
    number = f"{len(found):,}"
    return Worked(len(found), number, f"{joint.join(told) or 'none'}: {number}")


def kinds(names: Iterable[str]) -> Worked:
    """How many there are, by their kinds: conv 53 + fc 1 = 54."""
    found = Counter(names)
    number = found.total()
    return Worked(number, f"{number:,}", added_up(found.items()) if found else "none: 0")


def share(part: float, whole: float) -> Worked:
    """A share in per cent: 221,952 ÷ 21,797,672 = 1.02 %."""
    if not whole:
        return Worked(0, "0", "of nothing: 0")
    found, rest = 100 * part / whole, 100 * (whole - part) / whole
    return _made(found, _percents(found, rest), f"{_plain(part)} ÷ {_plain(whole)}")


def ratio(one: float, other: float, unit: str = "") -> Worked:
    """How many times one number is the other: 1,179,648 ÷ 69,632 = 16.9412, and 4.2 ÷ 1.1 = 3.818 where measured."""
    quotient = one / other
    counted = isinstance(one, int) and isinstance(other, int) and LEAST <= quotient < MOST
    said = f"{quotient:,.4f}" if counted else _plain(float(quotient))
    return _made(quotient, said, f"{_plain(one)}{unit} ÷ {_plain(other)}{unit}")


def per_second(number: int, seconds: float, rate: str) -> str:
    """A measured rate, as it is written: 32 ÷ 12.3456 ms = 2592.0 images/s."""
    return f"{number:,} ÷ {1e3 * seconds:,.7g} ms = {rate}"


def quantile(seconds: Iterable[float], share: float = 0.5) -> Worked:
    """The time up to which a share of the repeats lies, in ms: no. 2 of 3 repeats in order is 200.00 ms."""
    ordered = [1e3 * each for each in sorted(seconds)]
    if len(ordered) == 1:
        return Worked(ordered[0], ms(ordered[0]), f"timed once: {ms(ordered[0])}")
    found = f"{len(ordered)} repeats in order, {ms(ordered[0])} to {ms(ordered[-1])}"
    before, part = divmod(share * (len(ordered) - 1), 1)
    low, high = int(before), math.ceil(before + part)
    time, way = ordered[low], f"no. {low + 1}"
    if low != high:
        time += part * (ordered[high] - ordered[low])
        way = f"{part:g} of the way from no. {low + 1}, {ms(ordered[low])}, to no. {high + 1}, {ms(ordered[high])},"
    return Worked(time, ms(time), f"{found}: {way} is {ms(time)}")


def difference(a: int, b: int) -> Worked:
    """B less A: 25,557,032 − 21,797,672 = +3,759,360."""
    return _made(b - a, signed(b - a), f"{b:,} − {a:,}")


def growth(a: int, b: int) -> Worked:
    """By how much B is more than A, in per cent of A: (25,557,032 − 21,797,672) ÷ 21,797,672 = +17.25 %."""
    found = 100 * (b - a) / a
    return _made(found, _percents(found, 100 * b / a, "+"), f"({b:,} − {a:,}) ÷ {a:,}")


def spread(low: int, high: int, of: int) -> Worked:
    """How far apart two numbers are, in per cent of a third: (4,144,854,528 − 3,857,973,248) ÷ 4,089,184,256."""
    found = 100 * (high - low) / of
    return _made(found, _percents(found, math.inf), f"({high:,} − {low:,}) ÷ {of:,}")


def _percents(found: float, rest: float, sign: str = "") -> str:
    """Two decimals; more where it would be said as none, or as all, of which a `rest` is left."""
    least = min((each for each in (abs(found), rest) if each > 0), default=LEAST)
    digits = 2 if least >= LEAST else 1 - math.floor(math.log10(least))
    return f"{found:{sign},.{digits}f} %"


def off(one: float, other: float) -> Worked:
    """By how much one ratio misses another, in per cent of it: 3.7772 ÷ 2.0000 − 1 = +88.9 %."""
    found = 100 * (one / other - 1)
    return _made(found, f"{found:+.1f} %", f"{one:.4f} ÷ {other:.4f} − 1")


def points(before: float, after: float) -> Worked:
    """A difference of percentages, in points: 25.03 − 28.54 = −3.51 points."""
    return _made(after - before, f"{round(after - before, 3):+g} points", f"{after:g} − {before:g}")


def _made(value: float, said: str, terms: str) -> Worked:
    """A number at the end of what it is made of."""
    return Worked(value, _minus(said), f"{terms} = {_minus(said)}")


def _minus(number: str) -> str:
    return f"−{number[1:]}" if number.startswith("-") else number


def ms(time: float) -> str:
    """A time in milliseconds: four figures, or as many as stand before two decimals."""
    return f"{time:,.2f} ms" if abs(time) >= LONG else f"{time:.4g} ms"


def rate_of(number: float, what: str) -> str:
    """So many a second, exact enough to reckon with: 2.039 TB/s."""
    for size, letter in PREFIXES:
        if number >= size:
            return f"{number / size:.5g} {letter}{what}/s"
    return f"{number:,.5g} {what}/s"


def _plain(number: float) -> str:
    """All digits of what was counted, four of what was measured."""
    if isinstance(number, int):
        return f"{number:,}"
    return f"{number:,.0f}" if 1000 <= abs(number) < MOST else f"{number:.4g}"
