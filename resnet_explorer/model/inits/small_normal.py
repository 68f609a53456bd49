"""One small deviation for every layer, as AlexNet and VGG were begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.model.inits.init import Init, always, normal

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from resnet_explorer.spec.graph import Node

DEVIATION = 0.01


def _fill(_node: Node, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
    """Convolutions and fc N(0, 0.01²), their biases zero."""
    if name == "bias":
        tensor.zero_()
    else:
        normal(tensor, DEVIATION, draws)


SMALL_NORMAL = Init(name="n0.01", title="N(0, 0.01²), as AlexNet and VGG", of=always(_fill))
