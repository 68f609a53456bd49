"""The record of a data set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray


class Images(NamedTuple):
    """Standardised pictures, float32 of shape N, C, H, W, and their labels, int64 of shape N."""

    images: NDArray[np.float32]
    labels: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A data set: `train()` and `test()` load its fixed parts, standardised by the mean and deviation of the former.

    `source` names its makers and its licence.
    """

    name: str
    title: str
    source: str
    classes: int
    train: Callable[[], Images]
    test: Callable[[], Images]
