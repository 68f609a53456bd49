"""Each layer as PyTorch itself initialises it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.model.inits.init import Init, fans, uniform
from resnet_explorer.spec import ops

if TYPE_CHECKING:
    import torch
    from torch import Tensor


def fill(op: ops.Op, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
    """Weights and biases uniform within ±1 / √fan_in; BatchNorm γ = 1 (0 where asked for), β = 0."""
    match op:
        case ops.BatchNorm2d() | ops.GroupNorm():
            tensor.fill_(float(name == "weight" and not op.zero_gamma))
        case ops.Conv2d() | ops.Linear():
            uniform(tensor, 1 / math.sqrt(fans(op)[0]), draws)
        case _:
            raise NotImplementedError(f"no default initialisation of {op.kind}.{name}")


PYTORCH = Init(name="pytorch", title="PyTorch's default", fill=fill)
