"""Glorot & Bengio, AISTATS 2010: between what the forward and what the backward pass would want."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.model.inits import pytorch
from resnet_explorer.model.inits.init import Init, always, convolutions, fans, uniform

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from resnet_explorer.spec import ops


def _weights(op: ops.Conv2d, tensor: Tensor, draws: torch.Generator | None) -> None:
    """Uniform within ±√(6 / (fan_in + fan_out))."""
    uniform(tensor, math.sqrt(6 / sum(fans(op))), draws)


XAVIER = Init(
    name="xavier", title="Xavier (Glorot & Bengio 2010)", of=always(convolutions(_weights, rest=pytorch.fill))
)
