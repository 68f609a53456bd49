"""He et al., arXiv:1502.01852, by the fan-out, for the slope of the net's own activation: the backward pass is kept."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.model.inits import pytorch
from resnet_explorer.model.inits.init import Init, convolutions, fans, gain, normal

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from resnet_explorer.model.inits.init import Fill
    from resnet_explorer.spec import Graph, ops


def _of(graph: Graph, _eps: float) -> Fill:
    """Convolutions N(0, 2 / ((1 + s²) fan_out)), their biases zero; fc as PyTorch does."""
    size = gain(graph)

    def weights(op: ops.Conv2d, tensor: Tensor, draws: torch.Generator | None) -> None:
        normal(tensor, size / math.sqrt(fans(op)[1]), draws)

    return convolutions(weights, rest=pytorch.fill)


HE_SLOPE = Init(name="he_slope", title="He, fan-out, for the net's slope (arXiv:1502.01852)", of=_of)
