"""A network without some of its blocks: their branches are gone, their shortcuts stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from resnet_explorer.model.layers import PadChannels
from resnet_explorer.spec import IMAGE, ops
from resnet_explorer.tasks.run_graph import output, run_graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor, nn

    from resnet_explorer.spec import Graph
    from resnet_explorer.spec.graph import Node
    from resnet_explorer.tasks.data import Batch


def blocks(graph: Graph) -> tuple[str, ...]:
    """The blocks, in order."""
    return tuple(dict.fromkeys(node.block for node in graph if node.block))


def additions(graph: Graph) -> dict[str, str]:
    """The addition of each block that has one, by block."""
    return {node.block: node.path for node in graph if node.block and node.op.branch is not None}


class Deletion:
    """Takes blocks out of a network as it runs.

    Where a block adds, nothing is added to the shortcut. Where it does not (a plain net), the block's input goes on,
    subsampled and padded with zeros as option A does where the block changes the shape.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._adds = additions(graph)
        places = {node.path: place for place, node in enumerate(graph)}
        firsts = {node.block: node for node in reversed(graph.nodes) if node.block}
        self._begin = {block: places[node.path] for block, node in firsts.items()}
        self._enters = {block: node.inputs[0] for block, node in firsts.items()}
        self._borders = {
            path
            for begin in self._begin.values()
            for node in graph.nodes[begin:]
            for path in node.inputs
            if places.get(path, -1) < begin
        }
        self._last = {node.block: node.path for node in graph if node.block}
        self._bypass = {block: self._change(block) for block in blocks(graph)}

    def _change(self, block: str) -> PadChannels:
        """What brings a block's input to the shape of its output."""
        convs = [node.op for node in self.graph if node.block == block and isinstance(node.op, ops.Conv2d)]
        stride = max(op.stride for op in convs)
        return PadChannels(convs[-1].out_channels, stride)

    def accuracy(self, module: nn.Module, batch: Batch, gone: frozenset[str]) -> float:
        """The share of images that are classed rightly without those blocks."""
        return self.accuracies(module, batch, [gone])[0]

    def accuracies(self, module: nn.Module, batch: Batch, each: Sequence[frozenset[str]]) -> list[float]:
        """The share of images that are classed rightly, each time without those blocks.

        What comes before the first block that is gone is as in the whole network, which runs once; what a block that is
        gone would have given is not computed.
        """
        end = self.graph.nodes[-1].path
        with torch.no_grad():
            known = run_graph(module, self.graph, {IMAGE: batch.images}, kept={end, *self._borders})
            outputs = (self._run(module, known, gone) if gone else known[end] for gone in each)
            return [(output.argmax(1) == batch.labels).float().mean().item() for output in outputs]

    def _run(self, module: nn.Module, known: dict[str, Tensor], gone: frozenset[str]) -> Tensor:
        """The network's output without those blocks, of which there is one at least."""
        adds = {self._adds[block] for block in gone if block in self._adds}
        leaves = {self._last[block]: block for block in gone if block not in self._adds}

        def cut(node: Node) -> Node:
            if node.path in leaves:
                return node._replace(inputs=(self._enters[leaves[node.path]],))
            return node._replace(inputs=(node.inputs[1], *node.inputs[1:])) if node.path in adds else node

        def alter(node: Node, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
            if node.path in leaves:
                return (self._bypass[leaves[node.path]](inputs[0]),)
            return (torch.zeros_like(inputs[0]), *inputs[1:]) if node.path in adds else inputs

        begin = min(self._begin[block] for block in gone)
        nodes = [cut(node) for node in self.graph.nodes[begin:]]
        return output(module, _read(nodes), known, alter)


def _read(nodes: Sequence[Node]) -> list[Node]:
    """The nodes on which the last one depends."""
    needed, found = {nodes[-1].path}, []
    for node in reversed(nodes):
        if node.path in needed:
            needed.update(node.inputs)
            found.append(node)
    return found[::-1]
