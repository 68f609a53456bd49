"""The record of a data set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray


class Images(NamedTuple):
    """Pictures N, C, H, W, uint8 or float32, and their labels, int64 of shape N.

    `(images - centre) / scale` is what a network is shown; `centre` is a number or C, H, W. Both are taken from the
    training part. Pictures that are already float32 have 0 and 1.
    """

    images: NDArray[Any]
    labels: NDArray[np.int64]
    centre: NDArray[np.float32] | float = 0.0
    scale: float = 1.0


class Facts(NamedTuple):
    """What is known of a set before its pictures are read: `side` is height and width; `stamp` changes with its files.

    `test` is 0 where there is no test part.
    """

    classes: int
    channels: int
    side: int
    train: int
    test: int
    stamp: str = ""

    @property
    def bytes(self) -> int:
        """Bytes of its pictures, one for each value."""
        return (self.train + self.test) * self.channels * self.side**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A data set: `facts()` is cheap, `train()` and `test()` load its fixed parts.

    `source` names its makers and its licence. Each of the three raises `ExplorerError` with a sentence (what, got,
    allowed) where its files are missing or broken.
    """

    name: str
    title: str
    source: str
    facts: Callable[[], Facts]
    train: Callable[[], Images]
    test: Callable[[], Images]
