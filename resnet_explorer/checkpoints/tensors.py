"""What is known of a tensor before it is read: its name, its shape, and whether it is learned."""

from __future__ import annotations

import math
from typing import NamedTuple, TypeAlias

from resnet_explorer.errors import shown

STATISTICS = ("running_mean", "running_var", "num_batches_tracked")
"""What BatchNorm keeps beside its learned tensors."""


class Tensor(NamedTuple):
    """A tensor of a file. `floating` is false of whole numbers, which nothing learns."""

    shape: tuple[int, ...]
    floating: bool = True


Tensors: TypeAlias = dict[str, Tensor]


def kept(name: str) -> bool:
    """Whether a tensor of that name is a statistic of BatchNorm."""
    return name.rpartition(".")[2] in STATISTICS


def learned(name: str, tensor: Tensor) -> int:
    """Its parameters: the numbers in it, none in a statistic or in whole numbers."""
    return math.prod(tensor.shape) if tensor.floating and not kept(name) else 0


def total(tensors: Tensors) -> int:
    """The parameters of all of them."""
    return sum(learned(name, tensor) for name, tensor in tensors.items())


def told(name: str) -> str:
    """A name of a file as it may be shown: short, and nothing in it that a terminal or a page would obey."""
    return shown(name, 62)[1:-1] if len(name) <= 60 else shown(name, 60)[1:]
