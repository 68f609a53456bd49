"""Xiao et al. 2018, arXiv:1806.05393: the middle of each kernel an orthogonal matrix, all around it zero.

A layer then hands the length of what it is given on as it is, at every place of the map alike. The gain makes up for
what the activation takes; where a convolution widens, √(out/in) keeps the size of each value rather than the length.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from torch import nn

from resnet_explorer.model.inits import pytorch
from resnet_explorer.model.inits.init import Init, convolutions, gain

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from resnet_explorer.model.inits.init import Fill
    from resnet_explorer.spec import Graph, ops


def _of(graph: Graph, _eps: float) -> Fill:
    """Convolutions delta-orthogonal, each group by itself, their biases zero; fc as PyTorch does."""
    size = gain(graph)

    def weights(op: ops.Conv2d, tensor: Tensor, draws: torch.Generator | None) -> None:
        wider = math.sqrt(max(1.0, op.out_channels / op.in_channels))
        middle = op.kernel // 2
        tensor.zero_()
        for group in tensor[:, :, middle, middle].chunk(op.groups):
            matrix = tensor.new_empty(group.shape)
            group.copy_(nn.init.orthogonal_(matrix, size * wider, generator=draws))

    return convolutions(weights, rest=pytorch.fill)


DELTA_ORTHOGONAL = Init(name="delta_orthogonal", title="delta-orthogonal (arXiv:1806.05393)", of=_of)
