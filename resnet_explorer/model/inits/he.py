"""He et al., arXiv:1502.01852, by the fan-out as torchvision does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.model.inits import pytorch
from resnet_explorer.model.inits.init import Init, he_deviation, normal
from resnet_explorer.spec import ops

if TYPE_CHECKING:
    import torch
    from torch import Tensor


def _fill(op: ops.Op, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
    """Convolutions N(0, 2 / (out_channels · k²)), their biases zero; fc as PyTorch and torchvision do."""
    if not isinstance(op, ops.Conv2d):
        pytorch.fill(op, name, tensor, draws)
    elif name == "bias":
        tensor.zero_()
    else:
        normal(tensor, he_deviation(op), draws)


HE = Init(name="he", title="He, fan-out (arXiv:1502.01852)", fill=_fill)
