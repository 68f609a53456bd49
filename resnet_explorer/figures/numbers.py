"""Measured numbers in words and labels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.conventions import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def raised(power: int) -> str:
    """A whole number as an exponent: ²⁷."""
    return str(power).translate(_RAISED)


def _signed(text: str) -> str:
    return text.replace("-", "−")


def array(values: Sequence[Any]) -> Any:
    """Numbers, or rows of them, as an array, which travels as bytes: 32 bits each where these hold them, or 64."""
    import numpy as np  # noqa: PLC0415 - heavy, and only drawn charts need it

    exact = np.asarray(values, dtype=np.float64)
    with np.errstate(over="ignore"):
        short = exact.astype(np.float32)
    return short if np.allclose(short, exact, rtol=1e-6, atol=0.0, equal_nan=True) else exact
