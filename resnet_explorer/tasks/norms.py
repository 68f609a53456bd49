"""Norms of tensors, whatever their size, and those of weights and their gradients, read in one go."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from resnet_explorer.spec import ops
from resnet_explorer.tasks.ends import ratio as quotient

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from torch import Tensor, nn

    from resnet_explorer.spec import Graph

LEAST = 1e-12
"""A smaller norm is taken again in float64: in float32 the squares of numbers below 1e-22 are lost, or all of them."""


class Watched(NamedTuple):
    """The weights that are watched: of every convolution and fc, projections and gates included, in the graph's order.

    `first` and `last` are the places of the main path's first and last convolution, of those that are not frozen.
    """

    paths: tuple[str, ...]
    weights: tuple[Tensor, ...]
    first: int
    last: int


def watched(module: nn.Module, graph: Graph, frozen: frozenset[str] = frozenset()) -> Watched:
    """The weights to watch in a module that was built from the graph, of which some operations may be frozen."""
    nodes = [node for node in graph if isinstance(node.op, ops.Conv2d | ops.Linear)]
    paths = tuple(node.path for node in nodes)
    convs = [node for node in graph.convolutions if node.path not in frozen] or graph.convolutions
    weights = tuple(module.get_parameter(f"{node.path}.weight") for node in nodes)
    return Watched(paths, weights, paths.index(convs[0].path), paths.index(convs[-1].path))


def norms(tensors: Sequence[Tensor]) -> tuple[float, ...]:
    """The Euclidean norm of each tensor: 0 is a tensor of zeros, and infinite one that holds what is not finite."""
    with torch.no_grad():
        return _exact(tensors, _numbers(torch._foreach_norm([*tensors])))  # noqa: SLF001 - what clip_grad_norm_ is made of


class Vectors:
    """Tensors of one dimension whose norms are asked for again and again, each time as `norms` would tell them.

    Where they lie on a processor numpy sees their numbers too, and takes a third of torch's time.
    """

    def __init__(self, tensors: Iterable[Tensor]) -> None:
        self._tensors = [*tensors]
        self._arrays = [each.numpy() for each in self._tensors if each.device.type == "cpu"]

    def norms(self) -> tuple[float, ...]:
        """Their norms, as their numbers are now."""
        if not self._arrays:
            return norms(self._tensors)
        with np.errstate(over="ignore", invalid="ignore"):  # what overflows is taken again, and may be infinite
            found = [math.sqrt(each.dot(each)) for each in self._arrays]
        return _exact(self._tensors, found)


def read(loss: Tensor, watch: Watched) -> tuple[float, tuple[float, ...], tuple[float, ...]]:
    """The loss, the Euclidean norm of each weight's gradient, and that of each weight.

    They are read after one synchronisation with the device; a processor needs none, and is asked one by one. A weight
    without a gradient, on which the loss does not depend, has 0 for that.
    """
    gradients = [weight.new_zeros(()) if weight.grad is None else weight.grad for weight in watch.weights]
    tensors = [*gradients, *watch.weights]
    with torch.no_grad():
        value, *found = _numbers([loss, *torch._foreach_norm(tensors)])  # noqa: SLF001
        values = _exact(tensors, found)
    return value, values[: len(gradients)], values[len(gradients) :]


def _numbers(scalars: Sequence[Tensor]) -> list[float]:
    on_cpu = scalars[0].device.type == "cpu"
    return [one.item() for one in scalars] if on_cpu else torch.stack([*scalars]).tolist()


def _exact(tensors: Sequence[Tensor], found: Sequence[float]) -> tuple[float, ...]:
    """The norms, where what was found in the precision of the tensors may be an underflow or an overflow in float64."""
    return tuple(
        value if LEAST < value < math.inf else tensor.cpu().double().norm().item()
        for tensor, value in zip(tensors, found, strict=True)
    )


def ratio(norms: tuple[float, ...], watch: Watched) -> float:
    """The norm of the main path's first convolution over that of its last."""
    return quotient(norms[watch.first], norms[watch.last])
