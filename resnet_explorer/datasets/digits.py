"""1797 handwritten digits of 8x8 pixels.

"Optical Recognition of Handwritten Digits" (its test part) by E. Alpaydin and C. Kaynak, UCI Machine Learning
Repository, 1998, https://doi.org/10.24432/C50P49, licensed CC BY 4.0; see DIGITS.md beside the data.
"""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import TYPE_CHECKING

from resnet_explorer.datasets.dataset import Dataset, Facts, Images

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TRAIN = 1500
"""The first so many are for training."""
FACTS = Facts(classes=10, channels=1, side=8, train=TRAIN, test=297)


@functools.cache
def _packaged() -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """All images, N, 1, 8, 8, standardised as a whole, and their labels."""
    import numpy as np  # noqa: PLC0415 - naming a data set must stay light

    with (files(__package__) / "digits.npz").open("rb") as file, np.load(file) as data:
        images, labels = data["images"].astype(np.float32), data["labels"].astype(np.int64)
    train = images[:TRAIN].astype(np.float64)
    standardised = (images - train.mean()) / train.std()
    return standardised.astype(np.float32)[:, None], labels


def _train() -> Images:
    images, labels = _packaged()
    return Images(images[:TRAIN], labels[:TRAIN])


def _test() -> Images:
    images, labels = _packaged()
    return Images(images[TRAIN:], labels[TRAIN:])


DIGITS = Dataset(
    name="digits",
    title="Handwritten digits, 8×8",
    source="Alpaydin & Kaynak 1998, UCI Machine Learning Repository, doi:10.24432/C50P49, CC BY 4.0",
    facts=lambda: FACTS,
    train=_train,
    test=_test,
)
