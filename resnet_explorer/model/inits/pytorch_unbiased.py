"""PyTorch's default with every bias at zero: what it would be for a net without biases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.model.inits import pytorch
from resnet_explorer.model.inits.init import Init, always

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from resnet_explorer.spec.graph import Node


def _fill(node: Node, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
    """As PyTorch does, but all biases zero: without normalisation, the net is homogeneous in each layer's weights."""
    pytorch.fill(node, name, tensor, draws)
    if name == "bias":
        tensor.zero_()


PYTORCH_UNBIASED = Init(name="pytorch_unbiased", title="PyTorch's default, biases 0", of=always(_fill))
