"""A module run node by node, so that what lies between its layers can be seen, or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.model.build import FUNCTIONS
from resnet_explorer.spec import IMAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor, nn

    from resnet_explorer.spec import Graph
    from resnet_explorer.spec.graph import Node

    Alter = Callable[[Node, tuple[Tensor, ...]], tuple[Tensor, ...]]


def walk(
    module: nn.Module, nodes: Graph | Sequence[Node], known: dict[str, Tensor], alter: Alter | None = None
) -> dict[str, Tensor]:
    """The output of every node, by path, beside what was `known` already, such as the image.

    `alter(node, inputs)` may put other inputs in the place of a node's own.
    """
    for node in nodes:
        inputs = tuple(known[path] for path in node.inputs)
        if alter:
            inputs = alter(node, inputs)
        function = FUNCTIONS.get(type(node.op))
        known[node.path] = function(*inputs) if function else module.get_submodule(node.path)(*inputs)
    return known


def output(module: nn.Module, graph: Graph, images: Tensor, alter: Alter | None = None) -> Tensor:
    """What the network gives for some images."""
    return walk(module, graph, {IMAGE: images}, alter)[graph.nodes[-1].path]
