"""The record of an initialisation, and what several of them share."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from resnet_explorer.spec import Graph, ops
from resnet_explorer.spec.graph import Node

Fill = Callable[[Node, str, Tensor, torch.Generator | None], object]
"""Fills one parameter of a node, by its name, in place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Init:
    """A way to initialise: `of(graph, eps)` gives the fill for the nodes of that net.

    `eps` is the one choice there is, of the initialisation near the identity; the others pass it by.
    """

    name: str
    title: str
    of: Callable[[Graph, float], Fill]


def always(fill: Fill) -> Callable[[Graph, float], Fill]:
    """The same fill for every net."""
    return lambda _graph, _eps: fill


def convolutions(weights: Callable[[ops.Conv2d, Tensor, torch.Generator | None], object], rest: Fill) -> Fill:
    """Fills the weights of convolutions so, their biases with zero, and all else with `rest`."""

    def fill(node: Node, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
        if not isinstance(node.op, ops.Conv2d):
            rest(node, name, tensor, draws)
        elif name == "bias":
            tensor.zero_()
        else:
            weights(node.op, tensor, draws)

    return fill


def normal(tensor: Tensor, deviation: float, draws: torch.Generator | None) -> None:
    """Fill with N(0, deviation²)."""
    tensor.normal_(0.0, deviation, generator=draws)


def uniform(tensor: Tensor, bound: float, draws: torch.Generator | None) -> None:
    """Fill evenly within ±bound."""
    tensor.uniform_(-bound, bound, generator=draws)


def fans(op: ops.Conv2d | ops.Linear | ops.ChannelConv) -> tuple[int, int]:
    """How many values enter one output of the operation, and how many outputs one value enters (no groups counted)."""
    if isinstance(op, ops.Linear):
        return op.in_features, op.out_features
    if isinstance(op, ops.ChannelConv):
        return op.kernel, op.kernel
    return op.in_channels // op.groups * op.kernel**2, op.out_channels * op.kernel**2


def he_normal(op: ops.Conv2d, tensor: Tensor, draws: torch.Generator | None) -> None:
    """He's initialisation by the fan-out: N(0, 2 / (out_channels · k²))."""
    normal(tensor, math.sqrt(2 / fans(op)[1]), draws)


def gain(graph: Graph) -> float:
    """By what an activation of the net's own slope s takes the size of a signal down: √(2 / (1 + s²))."""
    slope = next((node.op.slope for node in graph if isinstance(node.op, ops.LeakyReLU)), 0.0)
    return math.sqrt(2 / (1 + slope**2))
