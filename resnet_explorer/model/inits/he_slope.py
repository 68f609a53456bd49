"""He et al., arXiv:1502.01852, for the slope of the net's own activation.

By the fan-in the forward pass is kept, by the fan-out the backward pass.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.model.inits import pytorch
from resnet_explorer.model.inits.init import Init, convolutions, fans, gain, normal

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch
    from torch import Tensor

    from resnet_explorer.model.inits.init import Fill
    from resnet_explorer.spec import Graph, ops


def _by(fan: int) -> Callable[[Graph, float], Fill]:
    """Convolutions N(0, 2 / ((1 + s²) fan)), by that one of their fans, biases zero; fc as PyTorch does."""

    def of(graph: Graph, _eps: float) -> Fill:
        size = gain(graph)

        def weights(op: ops.Conv2d, tensor: Tensor, draws: torch.Generator | None) -> None:
            normal(tensor, size / math.sqrt(fans(op)[fan]), draws)

        return convolutions(weights, rest=pytorch.fill)

    return of


HE_FAN_IN = Init(name="he_fan_in", title="He, fan-in, for the net's slope (arXiv:1502.01852)", of=_by(0))
HE_SLOPE = Init(name="he_slope", title="He, fan-out, for the net's slope (arXiv:1502.01852)", of=_by(1))
