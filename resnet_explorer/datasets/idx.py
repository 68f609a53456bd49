"""MNIST and Fashion-MNIST: files of the IDX format, plain or as .gz.

Big-endian: 0, 0, 8 (bytes), the number of dimensions, then each size in four bytes, then the values.
Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", 1998; H. Xiao, K. Rasul, R. Vollgraf,
"Fashion-MNIST", 2017, arXiv:1708.07747, MIT licence.
"""

from __future__ import annotations

import functools
import gzip
import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from resnet_explorer.datasets import files
from resnet_explorer.datasets.dataset import Dataset, Facts, Images

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

CLASSES = 10
TRAIN, TEST = "train", "t10k"


def _paths(name: str, part: str) -> tuple[Path, Path]:
    """The files of pictures and of labels."""
    at = files.folder() / name.replace("_", "-")
    stems = (f"{part}-images-idx3-ubyte", f"{part}-labels-idx1-ubyte")
    pictures, labels = (files.first_of([at / stem, at / f"{stem}.gz"]) for stem in stems)
    return pictures, labels


def _open(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def _exactly(file: BinaryIO, path: Path, count: int) -> bytes:
    try:
        found = file.read(count)
    except (OSError, EOFError, zlib.error):
        raise files.Unusable(path, "its compressed form", "broken", "a complete gzip file") from None
    if len(found) != count:
        raise files.Unusable(path, "its length after the header, in bytes", f"{len(found):,}", f"{count:,}")
    return found


def _header(file: BinaryIO, path: Path, dimensions: int) -> tuple[int, ...]:
    head = _exactly(file, path, 4)
    wanted = bytes((0, 0, 8, dimensions))
    if head != wanted:
        raise files.Unusable(path, "its first four bytes", head.hex(), f"{wanted.hex()} (IDX, bytes, {dimensions}-D)")
    return struct.unpack(f">{dimensions}I", _exactly(file, path, 4 * dimensions))


def _sizes(path: Path) -> tuple[int, int]:
    """How many pictures there are, and their side."""
    with _open(path) as file:
        count, height, width = _header(file, path, 3)
    if height != width:
        raise files.Unusable(path, "a picture", f"{height} × {width}", "square pictures")
    files.bounded(path, count, height, 1)
    expected = 16 + count * height**2
    if path.suffix != ".gz" and path.stat().st_size != expected:
        raise files.Unusable(path, "its size in bytes", f"{path.stat().st_size:,}", f"{expected:,}")
    return count, height


def _labels(path: Path, count: int) -> NDArray[np.int64]:
    import numpy as np  # noqa: PLC0415 - naming a data set must stay light

    with _open(path) as file:
        found = _header(file, path, 1)[0]
        if found != count:
            raise files.Unusable(path, "its number of labels", f"{found:,}", f"{count:,}, one a picture")
        values = np.frombuffer(_exactly(file, path, count), np.uint8)
    return files.labels_of(path, values, CLASSES)


def _stamp(name: str) -> str:
    return files.stamp((*_paths(name, TRAIN), *_paths(name, TEST)))


@functools.lru_cache(maxsize=4)
def _facts_of(name: str, stamp: str) -> Facts:
    found = []
    for part in (TRAIN, TEST):
        pictures, labels = _paths(name, part)
        count, side = _sizes(pictures)
        _labels(labels, count)
        found.append((count, side, pictures))
    (train, side, _), (test, other, path) = found
    if side != other:
        raise files.Unusable(path, "the side of its pictures", other, f"{side}, as in the training part")
    return Facts(classes=CLASSES, channels=1, side=side, train=train, test=test, stamp=stamp)


def _read(name: str, part: str) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    import numpy as np  # noqa: PLC0415 - naming a data set must stay light

    pictures, labels = _paths(name, part)
    count, side = _sizes(pictures)
    with _open(pictures) as file:
        file.read(16)
        values = _exactly(file, pictures, count * side**2)
    return np.frombuffer(values, np.uint8).reshape(count, 1, side, side), _labels(labels, count)


@functools.lru_cache(maxsize=2)
def _train_of(name: str, _stamp: str) -> Images:
    images, labels = _read(name, TRAIN)
    return Images(images, labels, *files.statistics(images))


def _train(name: str) -> Images:
    return _train_of(name, _stamp(name))


def _test(name: str) -> Images:
    return Images(*_read(name, TEST), *_train(name)[2:])


def _set(name: str, title: str, source: str) -> Dataset:
    return Dataset(
        name=name,
        title=title,
        source=source,
        facts=lambda: _facts_of(name, _stamp(name)),
        train=functools.partial(_train, name),
        test=functools.partial(_test, name),
    )


MNIST = _set("mnist", "MNIST, 28×28", "LeCun, Cortes & Burges 1998")
FASHION = _set("fashion_mnist", "Fashion-MNIST, 28×28", "Xiao, Rasul & Vollgraf 2017, arXiv:1708.07747, MIT licence")
