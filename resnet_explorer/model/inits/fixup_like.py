"""After Fixup (Zhang, Dauphin & Ma 2019, arXiv:1901.09321), which trains residual nets without normalisation.

As there, the last convolution of each branch and the classifier start at zero, and the others of a branch at He's times
L^(-1/(2m - 2)), for L branches of m convolutions. Fixup also puts a learned scalar bias before each layer and a learned
scale into each branch, which are layers and not weights: the first are not there (convolutions without normalisation
have biases of their own, one a channel), the second are if the net's branches are scaled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.model.inits import he
from resnet_explorer.model.inits.init import Init

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from resnet_explorer.model.inits.init import Fill
    from resnet_explorer.spec import Graph
    from resnet_explorer.spec.graph import Node


def _of(graph: Graph, _eps: float) -> Fill:
    """By branch where there are any; the classifier zero; all else He's."""
    factors = _factors(graph)
    classifier = graph.nodes[-1].path

    def fill(node: Node, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
        he.fill(node, name, tensor, draws)
        if node.path == classifier:
            tensor.zero_()
        elif name == "weight":
            tensor.mul_(factors.get(node.path, 1.0))

    return fill


def _factors(graph: Graph) -> dict[str, float]:
    """What each convolution of a branch is multiplied by."""
    branches = graph.branches
    return {
        node.path: 0.0 if node is branch[-1] else len(branches) ** (-1 / (2 * len(branch) - 2))
        for branch in branches
        for node in branch
    }


FIXUP_LIKE = Init(name="fixup_like", title="Fixup-like (after arXiv:1901.09321)", of=_of)
