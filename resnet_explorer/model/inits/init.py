"""The record of an initialisation, and what several of them share."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from resnet_explorer.spec import ops

Fill = Callable[[ops.Op, str, Tensor, torch.Generator | None], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Init:
    """A way to initialise: `fill(op, name, tensor, generator)` fills one parameter of an operation in place.

    Where there is something to choose, `near(eps)` gives the fill of that choice, and `fill` is that of its default.
    """

    name: str
    title: str
    fill: Fill
    near: Callable[[float], Fill] | None = None

    def having(self, eps: float) -> Fill:
        """The fill with that choice; the same for every one where there is nothing to choose."""
        return self.near(eps) if self.near else self.fill


def normal(tensor: Tensor, deviation: float, draws: torch.Generator | None) -> None:
    """Fill with N(0, deviation²)."""
    tensor.normal_(0.0, deviation, generator=draws)


def uniform(tensor: Tensor, bound: float, draws: torch.Generator | None) -> None:
    """Fill evenly within ±bound."""
    tensor.uniform_(-bound, bound, generator=draws)


def fans(op: ops.Conv2d | ops.Linear) -> tuple[int, int]:
    """How many values enter one output of the operation, and how many outputs one value enters (no groups counted)."""
    if isinstance(op, ops.Linear):
        return op.in_features, op.out_features
    return op.in_channels // op.groups * op.kernel**2, op.out_channels * op.kernel**2


def he_deviation(op: ops.Conv2d) -> float:
    """The deviation of He's initialisation by the fan-out."""
    return math.sqrt(2 / fans(op)[1])
