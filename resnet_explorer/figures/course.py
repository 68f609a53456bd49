"""Where a noisy line goes: through the middle of the values close by."""

from __future__ import annotations

import bisect
import math
import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LONG = 50
"""From so many points on a line is long: it may be smoothed, has small markers, and travels as bytes."""
NEAR = 1.1
"""What is less than so many times x away is close by."""


def course(x: Sequence[float], y: Sequence[float], *, smooth: bool) -> Sequence[float]:
    """A line's values; of a long one that is to be smooth, at each place the median of those within a tenth of x."""
    if not smooth or len(x) < LONG:
        return y
    found = []
    for at in x:
        first, last = bisect.bisect_left(x, at / NEAR), bisect.bisect_right(x, at * NEAR)
        near = [value for value in y[first:last] if not math.isnan(value)]
        found.append(statistics.median(near) if near else math.nan)
    return found
