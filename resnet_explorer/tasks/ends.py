"""The two ends of a net: how its first layer's norm stands to its last one's."""

from __future__ import annotations

import math


def ratio(first: float, last: float) -> float:
    """First norm over last: infinite if the last alone is zero, no number (NaN) if both are."""
    if last == 0:
        return math.inf if first > 0 else math.nan
    return first / last
