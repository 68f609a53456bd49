"""Measured numbers in words and labels."""

from __future__ import annotations

import math

from resnet_explorer.analysis.conventions import PREFIXES

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 3) -> str:
    """Three digits, or so many; large and small ones with a power of ten, as 4.27·10⁶."""
    if not math.isfinite(value):
        return "not a finite number"
    if 1000 <= abs(value) < 1e6:
        return _signed(f"{value:,.{max(0, digits - len(str(int(abs(value)))))}f}")
    text, _, power = f"{value:.{digits}g}".partition("e")
    return _signed(f"{text}·10{raised(int(power))}" if power else text)


def lettered(value: float) -> str:
    """A round number as a tick of an axis: 500 M, 20 T."""
    for size, letter in PREFIXES:
        if value >= size:
            return f"{value / size:g} {letter}"
    return f"{value:g}"


def ten(power: int) -> str:
    """A power of ten as the tick of an axis: 1, 10, 10²."""
    return f"{10**power}" if power in (0, 1) else f"10{raised(power)}"


def raised(power: int) -> str:
    """A whole number as an exponent: ²⁷."""
    return str(power).translate(_RAISED)


def _signed(text: str) -> str:
    return text.replace("-", "−")
