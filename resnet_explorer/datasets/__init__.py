"""The data sets: two that are always there, and those whose files lie in the folder of data sets (see `files`)."""

from __future__ import annotations

import re
from typing import NamedTuple

from resnet_explorer.datasets import npz
from resnet_explorer.datasets.cifar10 import CIFAR10
from resnet_explorer.datasets.dataset import Dataset, Facts, Images
from resnet_explorer.datasets.digits import DIGITS
from resnet_explorer.datasets.idx import FASHION, MNIST
from resnet_explorer.datasets.shapes import SHAPES
from resnet_explorer.errors import ExplorerError, UnknownName
from resnet_explorer.options import Text
from resnet_explorer.registry import Registry

DATASETS = Registry("data set", (DIGITS, SHAPES, CIFAR10, FASHION, MNIST))

NAMED = Text("|".join((*DATASETS.names, npz.PATTERN)), f"{', '.join(DATASETS.names)}, or npz. and the name of a file")
"""What a data set may be called."""


class Found(NamedTuple):
    """A data set and what is known of it; `facts` is None where it cannot be used, and `problem` says why."""

    dataset: Dataset
    facts: Facts | None
    problem: str = ""


def find(name: str) -> Dataset:
    """The data set of that name.

    Raises:
        UnknownName: there is none.
    """
    if name in DATASETS:
        return DATASETS[name]
    if re.fullmatch(npz.PATTERN, name):
        return npz.dataset(name)
    raise UnknownName("data set", name, (*DATASETS.names, *npz.names()))


def look(name: str) -> Found:
    """The data set of that name, whether it can be used or not; cheap, and needs no torch."""
    dataset = find(name)
    try:
        return Found(dataset, dataset.facts())
    except ExplorerError as error:
        return Found(dataset, None, str(error))
    except OSError as error:
        return Found(dataset, None, f"its files cannot be read ({error.strerror})")


def here() -> tuple[Found, ...]:
    """Every data set: those that are registered, then the .npz files of the folder."""
    return tuple(look(name) for name in (*DATASETS.names, *npz.names()))


__all__ = ["DATASETS", "DIGITS", "NAMED", "Dataset", "Facts", "Found", "Images", "find", "here", "look"]
