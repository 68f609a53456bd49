"""Measured numbers in words and labels."""

from __future__ import annotations

import math

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float) -> str:
    """Three digits; large and small ones with a power of ten, as 4.27·10⁶."""
    if not math.isfinite(value):
        return "not a finite number"
    if 1000 <= abs(value) < 1e6:
        return _signed(f"{value:,.0f}")
    text, _, power = f"{value:.3g}".partition("e")
    return _signed(f"{text}·10{raised(int(power))}" if power else text)


def raised(power: int) -> str:
    """A whole number as an exponent: ²⁷."""
    return str(power).translate(_RAISED)


def _signed(text: str) -> str:
    return text.replace("-", "−")
