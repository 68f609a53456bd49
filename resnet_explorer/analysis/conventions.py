"""How numbers are written, and what is counted by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.spec.ops import Shape


PREFIXES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def capital(text: str) -> str:
    """The text with a capital letter at its beginning, the others as they are."""
    return text[:1].upper() + text[1:]


def noun(count: int, one: str) -> str:
    """What so many are called: block, blocks; class, classes."""
    return one if count == 1 else f"{one}{'es' if one.endswith('s') else 's'}"


def plural(count: int, one: str) -> str:
    """1 block, 3 blocks."""
    return f"{count:,} {noun(count, one)}"


def listed(parts: Iterable[str]) -> str:
    """a, b and c."""
    *before, last = [*parts] or [""]
    return f"{', '.join(before)} and {last}" if before else last


def times(said: str) -> str:
    """3.2 times, as they stand before *as far* or *the loss*; about, where so many are said as one: 1, 1.00."""
    whole, _, part = said.partition(".")
    return f"{said} times" if whole != "1" or part.strip("0") else "about"


def short(number: float) -> str:
    """Three significant figures with k, M, G or T: 11.7 M."""
    for size, letter in PREFIXES:
        if abs(number) >= 0.9995 * size:
            return f"{_three(number / size)} {letter}"
    return f"{number:,.0f}" if number == int(number) else f"{number:.3g}"


def exact(number: int) -> str:
    """All digits, in groups of three: 11,689,512."""
    return f"{number:,}"


def sizes(shape: Shape) -> str:
    """A shape: channels × height × width, 64 × 56 × 56."""
    return " × ".join(f"{n:,}" for n in shape)


def kernel(sides: Shape) -> str:
    """The sides of a kernel: 3×3; of one that moves along a line, 5 (1-D)."""
    return "×".join(map(str, sides)) if len(sides) > 1 else f"{sides[0]} (1-D)"


def pixels(shape: Shape, by: str = " × ") -> str:
    """Height and width of an image, and its channels where they are not the three of colours: 224 × 224 px.

    Of an input without sides it is the number of its values: 10 values.
    """
    channels, *sides = shape
    if not sides:
        return plural(channels, "value")
    said = "" if channels == 3 else f", {plural(channels, 'channel')}"
    return f"{by.join(map(str, sides))} px{said}"


def side(shape: Shape) -> str:
    """The side of a map, all of them where they differ: 56, 64 × 128; none of what is no map."""
    sides = shape[1:]
    return sizes(sides[:1] if len({*sides}) == 1 else sides)


def size(number: int) -> str:
    """Bytes in powers of 1000: 102 MB."""
    return f"{short(number)}B" if number >= 1000 else f"{number} B"


def shares(parts: list[int]) -> list[float]:
    """The parts as percentages with one decimal that add up to exactly 100, by the largest remainders."""
    total = sum(parts)
    if not total:
        return [0.0 for _ in parts]
    tenths = [1000 * part // total for part in parts]
    order = sorted(range(len(parts)), key=lambda i: 1000 * parts[i] % total, reverse=True)
    for index in order[: 1000 - sum(tenths)]:
        tenths[index] += 1
    return [tenth / 10 for tenth in tenths]


def _three(number: float) -> str:
    magnitude = abs(number)
    return f"{number:.2f}" if magnitude < 9.995 else f"{number:.1f}" if magnitude < 99.95 else f"{number:.0f}"
