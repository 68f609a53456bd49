"""Glorot & Bengio, AISTATS 2010: between what the forward and what the backward pass would want."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.model.inits import pytorch
from resnet_explorer.model.inits.init import Init, fans, uniform
from resnet_explorer.spec import ops

if TYPE_CHECKING:
    import torch
    from torch import Tensor


def _fill(op: ops.Op, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
    """Convolutions uniform within ±√(6 / (fan_in + fan_out)), their biases zero; fc as PyTorch does."""
    if not isinstance(op, ops.Conv2d):
        pytorch.fill(op, name, tensor, draws)
    elif name == "bias":
        tensor.zero_()
    else:
        uniform(tensor, math.sqrt(6 / sum(fans(op))), draws)


XAVIER = Init(name="xavier", title="Xavier (Glorot & Bengio 2010)", fill=_fill)
