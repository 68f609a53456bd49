"""Norms of weight gradients, read in one go."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import torch

from resnet_explorer.spec import ops

if TYPE_CHECKING:
    from torch import Tensor, nn

    from resnet_explorer.spec import Graph


class Watched(NamedTuple):
    """The weights that are watched: of every convolution and fc, projections and gates included, in the graph's order.

    `first` and `last` are the places of the main path's first and last convolution.
    """

    paths: tuple[str, ...]
    weights: tuple[Tensor, ...]
    first: int
    last: int


def watched(module: nn.Module, graph: Graph) -> Watched:
    """The weights to watch in a module that was built from the graph."""
    nodes = [node for node in graph if isinstance(node.op, ops.Conv2d | ops.Linear)]
    paths = tuple(node.path for node in nodes)
    convs = graph.convolutions
    weights = tuple(module.get_parameter(f"{node.path}.weight") for node in nodes)
    return Watched(paths, weights, paths.index(convs[0].path), paths.index(convs[-1].path))


def read(loss: Tensor, watch: Watched) -> tuple[float, tuple[float, ...], tuple[float, ...]]:
    """The loss, the Euclidean norm of each weight's gradient, and that of each weight.

    They are read after one synchronisation with the device; a processor needs none, and is asked one by one. A weight
    without a gradient, on which the loss does not depend, has 0 for that.
    """
    gradients = [weight.new_zeros(()) if weight.grad is None else weight.grad for weight in watch.weights]
    with torch.no_grad():
        norms = torch._foreach_norm([*gradients, *watch.weights])  # noqa: SLF001 - what clip_grad_norm_ is made of
        found = [loss, *norms]
        loss_value, *values = (
            [one.item() for one in found] if loss.device.type == "cpu" else torch.stack(found).tolist()
        )
    return loss_value, tuple(values[: len(gradients)]), tuple(values[len(gradients) :])


def ratio(norms: tuple[float, ...], watch: Watched) -> float:
    """First norm over last: infinite if the last alone is zero, no number (NaN) if both are."""
    first, last = norms[watch.first], norms[watch.last]
    if last == 0:
        return math.inf if first > 0 else math.nan
    return first / last
