"""Each layer as PyTorch itself initialises it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.model.inits.init import Init, always, fans, uniform
from resnet_explorer.spec import ops

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from resnet_explorer.spec.graph import Node


def fill(node: Node, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
    """Weights and biases uniform within ±1 / √fan_in."""
    if not isinstance(node.op, ops.Conv2d | ops.Linear | ops.ChannelConv):
        raise NotImplementedError(f"no default initialisation of {node.op.kind}.{name}")
    uniform(tensor, 1 / math.sqrt(fans(node.op)[0]), draws)


PYTORCH = Init(name="pytorch", title="PyTorch's default", of=always(fill))
