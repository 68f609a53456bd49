"""CIFAR-10 in its binary version, as published: records of one label and 3 x 32 x 32 values, red, green, blue.

A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009,
https://www.cs.toronto.edu/~kriz/cifar.html. The files are looked for in `cifar-10-batches-bin`; see `files`.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer.datasets import files
from resnet_explorer.datasets.dataset import Dataset, Facts, Images

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

NAME = "cifar10"
RECORD = 1 + 3 * 32 * 32
MOST_RECORDS = 10_000
TRAIN = tuple(f"data_batch_{number}.bin" for number in range(1, 6))
TEST = ("test_batch.bin",)


def _paths(names: tuple[str, ...]) -> tuple[Path, ...]:
    at = files.folder() / "cifar-10-batches-bin"
    return tuple(files.first_of([at / name]) for name in names)


def _records(path: Path) -> int:
    size = path.stat().st_size
    if size == 0 or size % RECORD or size > MOST_RECORDS * RECORD:
        allowed = f"a multiple of {RECORD:,} (1 label, 3 × 32 × 32 values) up to {MOST_RECORDS * RECORD:,}"
        raise files.Unusable(path, "its size in bytes", f"{size:,}", allowed)
    return size // RECORD


def _facts() -> Facts:
    train, test = _paths(TRAIN), _paths(TEST)
    counts = [sum(map(_records, part)) for part in (train, test)]
    return Facts(classes=10, channels=3, side=32, train=counts[0], test=counts[1], stamp=files.stamp((*train, *test)))


def _read(names: tuple[str, ...]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    import numpy as np  # noqa: PLC0415 - naming a data set must stay light

    paths = _paths(names)
    counts = [_records(path) for path in paths]
    images = np.empty((sum(counts), 3, 32, 32), np.uint8)
    labels = np.empty(sum(counts), np.int64)
    begin = 0
    for path, count in zip(paths, counts, strict=True):
        records = np.memmap(path, np.uint8, "r", shape=(count, RECORD))
        labels[begin : begin + count] = files.labels_of(path, records[:, 0], 10)
        images[begin : begin + count] = records[:, 1:].reshape(count, 3, 32, 32)
        begin += count
    return images, labels


@functools.lru_cache(maxsize=1)
def _train_of(_stamp: str) -> Images:
    images, labels = _read(TRAIN)
    return Images(images, labels, *files.statistics(images))


def _train() -> Images:
    return _train_of(_facts().stamp)


def _test() -> Images:
    return Images(*_read(TEST), *_train()[2:])


CIFAR10 = Dataset(
    name=NAME,
    title="CIFAR-10, 32×32 colour",
    source="Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html, binary version",
    facts=_facts,
    train=_train,
    test=_test,
)
