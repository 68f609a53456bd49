"""Training memory, in bytes, as a closed form that names each of its terms."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.spec.ops import RESHAPED

if TYPE_CHECKING:
    from resnet_explorer.spec.graph import Graph
    from resnet_explorer.spec.ops import Shape

FLOAT = 4
INDEX = 8


class TrainingMemory(NamedTuple):
    """Bytes that training in float32 with SGD and momentum holds at its peak, without the library's workspace."""

    weights: int
    gradients: int
    momentum: int
    saved: int

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self)


def training_memory(params: int, saved_bytes: int, batch: int) -> TrainingMemory:
    """Weights, gradients and momentum take 4 bytes a parameter each; the batch takes what backward needs of it."""
    each = FLOAT * params
    return TrainingMemory(weights=each, gradients=each, momentum=each, saved=saved_bytes * batch)


class Saved(NamedTuple):
    """What autograd keeps of one image: values of maps, and places of maxima."""

    values: int
    indices: int


def saved_bytes(graph: Graph, known: dict[str, Shape]) -> int:
    """Bytes that autograd keeps of one image in float32; see `saved`. The places of maxima take 8 bytes each."""
    kept = saved(graph, known)
    return FLOAT * kept.values + INDEX * kept.indices


def saved(graph: Graph, known: dict[str, Shape]) -> Saved:
    """What autograd keeps of one image for the backward pass: each tensor once, however many need it.

    Convolutions, BatchNorm, pooling, fc, a leaky ReLU and the scale of a branch need their input, ReLU its output, max
    pooling the places of its maxima, dropout its mask, products all their inputs, what is padded beforehand its
    padded input. What BatchNorm keeps per channel does
    not grow with the batch and is left out; GroupNorm's means and deviations do, and are counted.
    """
    tensors: set[str] = set()
    numbers = indices = 0
    alias: dict[str, str] = {}
    for node in graph.nodes:
        if node.op.kind in RESHAPED:
            alias[node.path] = node.inputs[0]
        numbers += node.op.statistics
        for what in node.op.saves:
            if what == "indices":
                indices += math.prod(known[node.path])
            elif what == "mask":
                numbers += math.prod(known[node.path])
            elif what == "padded":
                numbers += math.prod(node.op.padded(known[node.inputs[0]]))
            else:
                kept = {"input": node.inputs[:1], "inputs": node.inputs, "output": (node.path,)}[what]
                tensors.update(alias.get(path, path) for path in kept)
    return Saved(numbers + sum(math.prod(known[path]) for path in tensors), indices)
