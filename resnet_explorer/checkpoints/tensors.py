"""What is known of a tensor before it is read: its name, its shape, and whether it is learned."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from resnet_explorer.bounded import bounded
from resnet_explorer.errors import shown

if TYPE_CHECKING:
    from collections.abc import Collection

    from resnet_explorer.spec import Graph, NetSpec

Shape: TypeAlias = tuple[int, ...]
NORM = "bn"
MOST_KEPT = 30_000
"""Of the tensors of all nets together that are remembered."""

STATISTICS = ("running_mean", "running_var", "num_batches_tracked")
"""What BatchNorm keeps beside its learned tensors."""


class Tensor(NamedTuple):
    """A tensor of a file. `floating` is false of whole numbers, which nothing learns."""

    shape: tuple[int, ...]
    floating: bool = True


Tensors: TypeAlias = dict[str, Tensor]


def kept(name: str) -> bool:
    """Whether a tensor of that name is a statistic of BatchNorm, whatever stands before it."""
    return name.endswith(STATISTICS)


def learned(name: str, tensor: Tensor) -> int:
    """Its parameters: the numbers in it, none in a statistic or in whole numbers."""
    return math.prod(tensor.shape) if tensor.floating and not kept(name) else 0


def total(tensors: Tensors) -> int:
    """The parameters of all of them."""
    return sum(math.prod(each.shape) for name, each in tensors.items() if each.floating and not kept(name))


def lines(names: Collection[str]) -> str:
    """Names in a row, each in a line, for patterns; one with a line break is no net's and left out."""
    joined = "\n".join(names)
    whole = joined.count("\n") < max(1, len(names))
    return joined if whole else "\n".join(name for name in names if "\n" not in name)


def told(name: str) -> str:
    """A name of a file as it may be shown: short, and nothing in it that a terminal or a page would obey."""
    return shown(name, 62)[1:-1] if len(name) <= 60 else shown(name, 60)[1:]


def expected(graph: Graph) -> dict[str, Shape]:
    """The tensors of a net's state_dict: learned ones, and the statistics of BatchNorm."""
    found: dict[str, Shape] = {}
    for node in graph:
        weights = node.op.weights
        for name, shape in weights:
            found[f"{node.path}.{name}"] = shape
        if node.op.kind == NORM:
            channels = weights[0][1] if weights else node.op.shape(())[:1]
            for name, shape in zip(STATISTICS, (channels, channels, ()), strict=True):
                found[f"{node.path}.{name}"] = shape
    return found


def shapes(tensors: Tensors) -> dict[str, Shape]:
    """Their shapes, by name."""
    return dict(zip(tensors, map(operator.itemgetter(0), tensors.values()), strict=True))  # half of the time


@bounded(MOST_KEPT, len)
def wanted(spec: NetSpec) -> dict[str, Shape]:
    """The tensors of a net; not to be written to."""
    return expected(spec.graph)


def same_tensors(a: NetSpec, b: NetSpec) -> bool:
    """Whether two nets have the same tensors, by name and shape."""
    return wanted(a) == wanted(b)
