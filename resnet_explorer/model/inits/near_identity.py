"""Each convolution begins as the identity with a little noise: a plain net that starts where a residual one does."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from torch import nn

from resnet_explorer.model.inits import pytorch
from resnet_explorer.model.inits.init import Init, he_deviation, normal
from resnet_explorer.spec import ops

if TYPE_CHECKING:
    import torch
    from torch import Tensor

EPS = 0.1
COLOURS = 3
"""Channels of the image: the convolution that reads them has nothing to hand on, and begins as He's."""


def _fill(eps: float, op: ops.Op, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
    """Convolutions Dirac + eps · He (each channel to itself, as far as there are both), the first He's; biases zero."""
    if not isinstance(op, ops.Conv2d):
        pytorch.fill(op, name, tensor, draws)
    elif name == "bias":
        tensor.zero_()
    elif op.in_channels == COLOURS:
        normal(tensor, he_deviation(op), draws)
    else:
        normal(tensor, he_deviation(op), draws)
        tensor.mul_(eps).add_(nn.init.dirac_(tensor.new_empty(tensor.shape), op.groups))


def _near(eps: float) -> functools.partial[None]:
    return functools.partial(_fill, eps)


NEAR_IDENTITY = Init(
    name="near_identity", title="near the identity: Dirac + ε · He (arXiv:1706.00388)", fill=_near(EPS), near=_near
)
