"""A visitor's own pictures: an .npz of numpy in the folder of data sets.

`x_train` holds pictures N, H, W or N, H, W, C with C 1 or 3 and H = W, uint8 or float32; `y_train` labels N, whole
numbers from 0. `x_test` and `y_test` are the test part, where there is one. Headers are read first; nothing pickled is
ever loaded.
"""

from __future__ import annotations

import functools
import lzma
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.datasets import files
from resnet_explorer.datasets.dataset import Dataset, Facts, Images
from resnet_explorer.errors import ExplorerError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

PREFIX = "npz."
PATTERN = r"npz\.[a-z0-9_-]{1,40}"
MOST_SETS = 20
PICTURES = "uint8 or float32"
BROKEN = (
    zipfile.BadZipFile, ValueError, KeyError, TypeError, OverflowError, OSError, EOFError, zlib.error, lzma.LZMAError,
    RuntimeError, SyntaxError, MemoryError,
)  # fmt: skip
"""What reading an archive may raise that somebody made by hand: encrypted, of an odd method, version or header."""


class Head(NamedTuple):
    """What the header of an array tells."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]


def names() -> tuple[str, ...]:
    """The names of the sets in the folder, in order; none where there is no folder."""
    try:
        found = sorted(f"{PREFIX}{path.stem}" for path in files.folder().glob("*.npz"))
    except ExplorerError:
        return ()
    return tuple(name for name in found if re.fullmatch(PATTERN, name))[:MOST_SETS]


def _path(name: str) -> Path:
    return files.first_of([files.folder() / f"{name.removeprefix(PREFIX)}.npz"])


def _heads(path: Path) -> dict[str, Head]:
    """The header of every array, without its values."""
    from numpy.lib import format as npy  # noqa: PLC0415 - naming a data set must stay light

    heads = {}
    readers = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
    try:
        with zipfile.ZipFile(path) as archive:
            for key in ("x_train", "y_train", "x_test", "y_test"):
                if f"{key}.npy" in archive.namelist():
                    with archive.open(f"{key}.npy") as file:
                        shape, _, dtype = readers[npy.read_magic(file)](file)
                    heads[key] = Head(shape, dtype)
    except BROKEN:
        raise files.Unusable(path, "its form", "broken", "an .npz as numpy.savez writes it") from None
    return heads


def _kind(head: Head) -> str:
    """What its values are; the names of fields are their author's, and stand in no message."""
    return "records" if head.dtype.names else str(head.dtype)


def _part(path: Path, heads: dict[str, Head], part: str) -> tuple[int, int, int]:
    """Number, channels and side of the pictures of a part, as far as headers tell."""
    import numpy as np  # noqa: PLC0415 - naming a data set must stay light

    missing = [key for key in (f"x_{part}", f"y_{part}") if key not in heads]
    if missing:
        raise files.Unusable(path, "a missing array", missing[0], "x_train, y_train, and x_test with y_test")
    x, y = heads[f"x_{part}"], heads[f"y_{part}"]
    if x.dtype not in (np.dtype(np.uint8), np.dtype(np.float32)):
        raise files.Unusable(path, f"the kind of x_{part}", _kind(x), PICTURES)
    channels = x.shape[3] if len(x.shape) == 4 else 1
    if len(x.shape) not in (3, 4) or x.shape[1] != x.shape[2] or channels not in (1, 3):
        raise files.Unusable(path, f"the shape of x_{part}", x.shape, "N, H, H or N, H, H, C with C 1 or 3")
    files.bounded(path, x.shape[0] * x.dtype.itemsize, x.shape[1], channels)
    if y.dtype.kind not in "iu" or y.shape != x.shape[:1]:
        got = f"{_kind(y)} of shape {y.shape}"
        raise files.Unusable(path, f"y_{part}", got, f"whole numbers of shape {x.shape[:1]}, one a picture")
    return x.shape[0], channels, x.shape[1]


def _array(path: Path, key: str) -> NDArray[Any]:
    import numpy as np  # noqa: PLC0415 - naming a data set must stay light

    try:
        with np.load(path, allow_pickle=False) as archive:
            found: NDArray[Any] = archive[key]
    except BROKEN:
        raise files.Unusable(path, key, "broken", "an array as numpy.savez writes it") from None
    return found


@functools.lru_cache(maxsize=32)
def _facts_of(path: Path, stamp: str) -> Facts:
    heads = _heads(path)
    train, channels, side = _part(path, heads, "train")
    test = 0
    if "x_test" in heads or "y_test" in heads:
        test, *other = _part(path, heads, "test")
        if other != [channels, side]:
            raise files.Unusable(path, "the shape of x_test", heads["x_test"].shape, "that of x_train but for N")
    labels = _array(path, "y_train")
    classes = 1 + int(labels.max())
    if classes < 2:
        raise files.Unusable(path, "the number of classes", classes, f"2 to {files.MOST_CLASSES}")
    files.labels_of(path, labels, files.MOST_CLASSES)
    if test:
        files.labels_of(path, _array(path, "y_test"), classes)
    return Facts(classes=classes, channels=channels, side=side, train=train, test=test, stamp=stamp)


def _facts(name: str) -> Facts:
    path = _path(name)
    return _facts_of(path, files.stamp([path]))


def _read(path: Path, part: str) -> tuple[NDArray[Any], NDArray[np.int64]]:
    import numpy as np  # noqa: PLC0415 - naming a data set must stay light

    images = _array(path, f"x_{part}")
    if not np.isfinite(images).all():
        raise files.Unusable(path, f"a value of x_{part}", "not finite", "finite numbers")
    images = images[..., None] if images.ndim == 3 else images
    return np.ascontiguousarray(images.transpose(0, 3, 1, 2)), _array(path, f"y_{part}").astype(np.int64)


@functools.lru_cache(maxsize=2)
def _train_of(path: Path, _stamp: str) -> Images:
    images, labels = _read(path, "train")
    return Images(images, labels, *files.statistics(images))


def _train(name: str) -> Images:
    _facts(name)  # headers are looked at before anything is allocated
    path = _path(name)
    return _train_of(path, files.stamp([path]))


def _test(name: str) -> Images:
    train = _train(name)
    if not _facts(name).test:
        return Images(train.images[:0], train.labels[:0], *train[2:])
    return Images(*_read(_path(name), "test"), *train[2:])


def dataset(name: str) -> Dataset:
    """The set of that name, whether its file is there or not."""
    return Dataset(
        name=name,
        title=f"{name.removeprefix(PREFIX)}.npz",
        source=f"Your own pictures, in the folder that {files.FOLDER} names",
        facts=functools.partial(_facts, name),
        train=functools.partial(_train, name),
        test=functools.partial(_test, name),
    )
