"""A network without some of its blocks: their branches are gone, their shortcuts stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from resnet_explorer.experiments.probes.walk import output
from resnet_explorer.model.layers import PadChannels
from resnet_explorer.spec import ops

if TYPE_CHECKING:
    from torch import Tensor, nn

    from resnet_explorer.experiments.probes.data import Batch
    from resnet_explorer.spec import Graph
    from resnet_explorer.spec.graph import Node


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
        self._first = {node.block: node.path for node in reversed(graph.nodes) if node.block}
        self._last = {node.block: node.path for node in graph if node.block}
        self._bypass = {block: self._change(block) for block in blocks(graph)}

    def _change(self, block: str) -> PadChannels:
        """What brings a block's input to the shape of its output."""
        convs = [node.op for node in self.graph if node.block == block and isinstance(node.op, ops.Conv2d)]
        stride = max(op.stride for op in convs)
        return PadChannels(convs[-1].out_channels, stride)

    def accuracy(self, module: nn.Module, batch: Batch, gone: frozenset[str]) -> float:
        """The share of images that are classed rightly without those blocks."""
        held: dict[str, Tensor] = {}
        enters = {self._first[block]: block for block in gone if block not in self._adds}
        leaves = {self._last[block]: block for block in enters.values()}
        adds = {self._adds[block] for block in gone if block in self._adds}

        def alter(node: Node, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
            if node.path in enters:
                held[enters[node.path]] = self._bypass[enters[node.path]](inputs[0])
            if node.path in leaves:
                return (held[leaves[node.path]],)
            return (torch.zeros_like(inputs[0]), *inputs[1:]) if node.path in adds else inputs

        with torch.no_grad():
            chosen = output(module, self.graph, batch.images, alter).argmax(1)
        return (chosen == batch.labels).float().mean().item()
