"""Each convolution begins as the identity with a little noise: a plain net that starts where a residual one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import nn

from resnet_explorer.model.inits import he, pytorch
from resnet_explorer.model.inits.init import Init, convolutions, he_normal
from resnet_explorer.spec import IMAGE

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from resnet_explorer.model.inits.init import Fill
    from resnet_explorer.spec import Graph, ops
    from resnet_explorer.spec.graph import Node

EPS = 0.1


def _of(_graph: Graph, eps: float) -> Fill:
    """Convolutions Dirac + eps · He (each channel to itself, as far as there are both), biases zero; fc as PyTorch.

    The convolution that reads the image has nothing to hand on, and begins as He's.
    """

    def weights(op: ops.Conv2d, tensor: Tensor, draws: torch.Generator | None) -> None:
        he_normal(op, tensor, draws)
        tensor.mul_(eps).add_(nn.init.dirac_(tensor.new_empty(tensor.shape), op.groups))

    near = convolutions(weights, rest=pytorch.fill)

    def fill(node: Node, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
        (he.fill if IMAGE in node.inputs else near)(node, name, tensor, draws)

    return fill


NEAR_IDENTITY = Init(name="near_identity", title="near the identity: Dirac + ε · He (arXiv:1706.00388)", of=_of)
