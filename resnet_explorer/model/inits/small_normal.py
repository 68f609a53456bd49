"""One small deviation for every layer, as AlexNet and VGG were begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.model.inits import pytorch
from resnet_explorer.model.inits.init import Init, normal
from resnet_explorer.spec import ops

if TYPE_CHECKING:
    import torch
    from torch import Tensor

DEVIATION = 0.01


def _fill(op: ops.Op, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
    """Convolutions and fc N(0, 0.01²), their biases zero."""
    if not isinstance(op, ops.Conv2d | ops.Linear):
        pytorch.fill(op, name, tensor, draws)
    elif name == "bias":
        tensor.zero_()
    else:
        normal(tensor, DEVIATION, draws)


SMALL_NORMAL = Init(name="n0.01", title="N(0, 0.01²), as AlexNet and VGG", fill=_fill)
