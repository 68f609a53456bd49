"""Data sets in files: the folder that a setting names, and what every reader of it checks.

`RESNET_EXPLORER_DATA` names the folder; nothing is downloaded, and no path comes from a visitor:

    cifar-10-batches-bin/   data_batch_1.bin ... data_batch_5.bin, test_batch.bin
    fashion-mnist/, mnist/  train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-...; each may end in .gz
    NAME.npz                x_train, y_train, and x_test, y_test where there is a test part
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resnet_explorer.errors import ExplorerError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

FOLDER = "RESNET_EXPLORER_DATA"
MOST_BYTES = 1_000_000_000
"""Bytes of pictures that a part may have; looked at before anything is read."""
MOST_CLASSES = 1000
CHUNK = 1024


class Unusable(ExplorerError):
    """A file that is missing, or is not what its format says."""

    def __init__(self, path: Path, what: str, got: object, allowed: str) -> None:
        super().__init__(f"{path.name}: {what} is {got}; allowed: {allowed}")


def folder() -> Path:
    """The folder of data sets.

    Raises:
        ExplorerError: the setting names none.
    """
    text = os.environ.get(FOLDER, "").strip()
    if not text:
        raise ExplorerError(f"no folder of data sets is set; allowed: a folder named by {FOLDER}")
    found = Path(text)
    if not found.is_dir():
        raise ExplorerError(f"{FOLDER} does not name a folder; allowed: a folder that is there")
    return found


def first_of(paths: Iterable[Path]) -> Path:
    """The first that is a file.

    Raises:
        ExplorerError: none is.
    """
    known = list(paths)
    found = next((path for path in known if path.is_file()), None)
    if found is None:
        where = f"{known[0].parent.name}/{known[0].name}"
        raise ExplorerError(f"{where} is not in the folder that {FOLDER} names")
    return found


def stamp(paths: Iterable[Path]) -> str:
    """What changes as soon as one of the files does: their places, sizes and times."""
    seen = ((path, path.stat()) for path in paths)
    return ";".join(f"{path}:{stat.st_size}:{stat.st_mtime_ns}" for path, stat in seen)


def bounded(path: Path, count: int, side: int, channels: int) -> None:
    """Look at the sizes that a header tells.

    Raises:
        Unusable: they are none, or more than is read here.
    """
    if count < 1 or side < 1:
        raise Unusable(path, "the number of pictures or of their pixels", 0, "1 or more")
    if side > 4096 or count * channels * side**2 > MOST_BYTES:
        raise Unusable(path, "its size in values", f"{count * channels * side**2:,}", f"at most {MOST_BYTES:,}")


def labels_of(path: Path, labels: NDArray[Any], classes: int) -> NDArray[np.int64]:
    """Labels as int64.

    Raises:
        Unusable: one is out of range.
    """
    import numpy as np  # noqa: PLC0415 - naming a data set must stay light

    low, high = int(labels.min()), int(labels.max())
    if low < 0 or high >= classes:
        raise Unusable(path, "a label", low if low < 0 else high, f"0 to {classes - 1}")
    return labels.astype(np.int64)


def statistics(images: NDArray[Any]) -> tuple[NDArray[np.float32], float]:
    """The mean of each pixel, C, H, W, and the one deviation from it over all; read a piece at a time."""
    import numpy as np  # noqa: PLC0415 - naming a data set must stay light

    total = np.zeros(images.shape[1:])
    squares = np.zeros(images.shape[1:])
    for begin in range(0, len(images), CHUNK):
        piece = images[begin : begin + CHUNK].astype(np.float64)
        total += piece.sum(0)
        squares += (piece**2).sum(0)
    mean = total / len(images)
    deviation = float(np.sqrt(max(0.0, float((squares / len(images) - mean**2).mean()))))
    return mean.astype(np.float32), deviation or 1.0
