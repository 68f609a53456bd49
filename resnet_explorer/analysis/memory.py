"""Training memory, in bytes, as a closed form that names each of its terms."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.spec.ops import RESHAPED

if TYPE_CHECKING:
    from resnet_explorer.spec.graph import Graph
    from resnet_explorer.spec.ops import Shape

VIEWS = RESHAPED | {"slice"}
"""The kinds of operations that give no tensor of their own: who keeps a part of a map keeps the map."""

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
    return sum(saved_by(graph, known).values())


def saved_by(graph: Graph, known: dict[str, Shape]) -> dict[str, int]:
    """The same bytes by operation, each tensor where it is needed first."""
    return {path: FLOAT * kept.values + INDEX * kept.indices for path, kept in _kept(graph, known).items()}


def saved(graph: Graph, known: dict[str, Shape]) -> Saved:
    """What autograd keeps of one image for the backward pass."""
    kept = _kept(graph, known).values()
    return Saved(sum(each.values for each in kept), sum(each.indices for each in kept))


def _kept(graph: Graph, known: dict[str, Shape]) -> dict[str, Saved]:
    """What autograd keeps of one image, by operation: each tensor once, where it is needed first.

    Convolutions, BatchNorm, pooling, fc, a leaky ReLU and the scale of a branch need their input, ReLU its output, max
    pooling the places of its maxima, dropout its mask, products all their inputs, what is padded beforehand its
    padded input. What BatchNorm keeps per channel does
    not grow with the batch and is left out; GroupNorm's means and deviations do, and are counted.
    """
    tensors: set[str] = set()
    found: dict[str, Saved] = {}
    alias: dict[str, str] = {}
    for node in graph.nodes:
        if node.op.kind in VIEWS:
            alias[node.path] = alias.get(node.inputs[0], node.inputs[0])
        numbers, indices = node.op.statistics, 0
        for what in node.op.saves:
            if what == "indices":
                indices += math.prod(known[node.path])
            elif what == "mask":
                numbers += math.prod(known[node.path])
            elif what == "padded":
                numbers += math.prod(node.op.padded(known[node.inputs[0]]))
            else:
                kept = {"input": node.inputs[:1], "inputs": node.inputs, "output": (node.path,)}[what]
                new = {alias.get(path, path) for path in kept} - tensors
                tensors |= new
                numbers += sum(math.prod(known[path]) for path in new)
        found[node.path] = Saved(numbers, indices)
    return found
