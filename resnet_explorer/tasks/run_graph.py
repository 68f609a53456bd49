"""A module run node by node, so that what lies between its layers can be seen, or changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from resnet_explorer.model.build import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from torch import Tensor, nn

    from resnet_explorer.spec import Graph
    from resnet_explorer.spec.graph import Node

    Alter = Callable[[Node, tuple[Tensor, ...]], tuple[Tensor, ...]]


def run_graph(
    module: nn.Module,
    nodes: Graph | Sequence[Node],
    known: dict[str, Tensor],
    alter: Alter | None = None,
    kept: Collection[str] | None = None,
) -> dict[str, Tensor]:
    """The output of every node, by path, beside what was `known` already, such as the image.

    `alter(node, inputs)` may put other inputs in the place of a node's own. Where only some outputs are to be `kept`,
    the others are let go as soon as no later node reads them, and their memory is used again: half the time.
    """
    left = Counter(path for node in nodes for path in node.inputs)
    for node in nodes:
        inputs = tuple(known[path] for path in node.inputs)
        if alter:
            inputs = alter(node, inputs)
        function = FUNCTIONS.get(type(node.op))
        known[node.path] = function(*inputs) if function else module.get_submodule(node.path)(*inputs)
        if kept is not None:
            left.subtract(node.inputs)
            for path in {*node.inputs} - {*kept}:
                if not left[path]:
                    del known[path]
    return known


def output(
    module: nn.Module, nodes: Graph | Sequence[Node], known: dict[str, Tensor], alter: Alter | None = None
) -> Tensor:
    """What the last node gives."""
    end = [node.path for node in nodes][-1]
    return run_graph(module, nodes, dict(known), alter, kept=(end,))[end]
