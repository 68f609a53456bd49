"""By how much a layer multiplies what passes through it, fitted to a row of norms."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH_NORM = math.sqrt(math.pi / (math.pi - 1))
"""A wide layer with BatchNorm and ReLU on the way back: 1.2112 (Yang et al. 2019, arXiv:1902.08129)."""

PYTORCH = 1 / math.sqrt(6)
"""A wide layer with ReLU, without BatchNorm, at PyTorch's default initialisation: 0.4082."""


def growth(norms: Sequence[float]) -> float:
    """The factor per layer towards the first: the slope of a straight line through the logarithms.

    Zeros and what is not finite are left out; no number (NaN) where fewer than two are left.
    """
    points = [(i, math.log(norm)) for i, norm in enumerate(norms) if norm > 0 and math.isfinite(norm)]
    if len(points) < 2:
        return math.nan
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    over = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return math.exp(-over / sum((x - mean_x) ** 2 for x, _ in points))
