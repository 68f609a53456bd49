"""A network as a graph: named nodes over primitive operations, in the order they are computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.spec.ops import NORMALISING, Add, Conv2d, Flatten, GlobalAvgPool2d, Linear, Op

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from resnet_explorer.spec.ops import Shape

IMAGE = "image"
"""The name that nodes use for the network's input."""


class Node(NamedTuple):
    """One operation in its place.

    `path` is the torch module's path (`layer1.0.conv1`); `inputs` are paths, or `IMAGE`; `stage` is the paper's name
    (`conv2_x`); `block` is the path of the block it belongs to (`layer1.0`), if any; `shortcut` is true of what lies
    on a block's shortcut, `gate` of what computes a factor for the main path.
    """

    path: str
    op: Op
    inputs: tuple[str, ...]
    stage: str
    block: str | None
    shortcut: bool
    gate: bool = False

    @property
    def main(self) -> bool:
        """Whether it lies on the main path, whose weighted layers make the depth."""
        return not (self.shortcut or self.gate)


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes in order of computation; the last one is the output."""

    nodes: tuple[Node, ...]

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)

    @property
    def convolutions(self) -> tuple[Node, ...]:
        """Those of the main path, in order: neither projections nor gates."""
        return tuple(node for node in self.nodes if node.op.kind == "conv" and node.main)

    @property
    def normed(self) -> bool:
        """Whether anything in it normalises."""
        return any(node.op.kind in NORMALISING for node in self.nodes)

    @property
    def joined(self) -> bool:
        """Whether a shortcut joins a branch anywhere in it."""
        return any(node.op.branch is not None for node in self.nodes)

    @property
    def branches(self) -> tuple[tuple[Node, ...], ...]:
        """The convolutions of each block whose branch is added, block by block."""
        found: dict[str | None, tuple[Node, ...]] = {node.block: () for node in self.nodes if node.op.kind == "add"}
        for node in self.convolutions:
            if node.block in found:
                found[node.block] += (node,)
        return tuple(found.values())


def shapes(graph: Graph, image: Shape) -> dict[str, Shape]:
    """The output shape of every node for an input of that shape; the input's own under `IMAGE`."""
    known: dict[str, Shape] = {IMAGE: image}
    for node in graph.nodes:
        known[node.path] = node.op.shape(known[node.inputs[0]])
    return known


def plain(graph: Graph, blocks: Collection[str] | None = None) -> Graph:
    """The plain counterpart: each operation in its plain form, and what nobody reads any more is dropped.

    An addition, which has none, becomes its branch. Plain twice is plain once. With `blocks`, the paths of some, these
    alone are made plain: their shortcuts are cut.
    """
    if blocks is not None and not blocks:
        return graph
    stands_for: dict[str, str] = {}
    kept: list[Node] = []
    ops: dict[Op, Op] = {}
    for node in graph.nodes:
        inputs = tuple(stands_for.get(path, path) for path in node.inputs)
        op = node.op.plain if blocks is None or node.block in blocks else node.op
        if op is None:
            stands_for[node.path] = inputs[node.op.branch or 0]
        else:
            kept.append(node._replace(inputs=inputs, op=ops.setdefault(op, op)))
    last = graph.nodes[-1].path
    return Graph(_read(kept, stands_for.get(last, last)))


def _read(nodes: list[Node], last: str) -> tuple[Node, ...]:
    """The nodes on which that one depends, and itself."""
    needed = {last}
    for node in reversed(nodes):
        if node.path in needed:
            needed.update(node.inputs)
    return tuple(node for node in nodes if node.path in needed)


class Builder:
    """Writes a graph down, node by node; each method adds one node and returns its path.

    `stage` and `block` are what the next nodes belong to; `shortcut` and `gate` mark them as lying on one. Equal
    operations are made one object, so that a reading may count each once.
    """

    def __init__(self, *, bias: bool, channels: int) -> None:
        self.stage = ""
        self.block: str | None = None
        self.shortcut = False
        self.gate = False
        self.bias = bias
        self._nodes: list[Node] = []
        self._channels = {IMAGE: channels}
        self._ops: dict[Op, Op] = {}

    def channels(self, path: str) -> int:
        """Channels that a node gives."""
        return self._channels[path]

    def add_node(self, name: str, op: Op, *inputs: str, channels: int) -> str:
        """Append any operation; `name` is relative to the present block."""
        path = f"{self.block}.{name}" if self.block else name
        op = self._ops.setdefault(op, op)
        self._nodes.append(Node(path, op, inputs, self.stage, self.block, self.shortcut, self.gate))
        self._channels[path] = channels
        return path

    def keep(self, name: str, op: Op, x: str) -> str:
        """Append an operation that keeps the number of channels."""
        return self.add_node(name, op, x, channels=self.channels(x))

    def conv(self, name: str, x: str, out: int, kernel: int, *, stride: int = 1, groups: int = 1) -> str:
        """Append a convolution; it has a bias only in a net without normalisation."""
        op = Conv2d(self.channels(x), out, kernel, stride, groups, self.bias)
        return self.add_node(name, op, x, channels=out)

    def add(self, name: str, branch: str, shortcut: str) -> str:
        """Append the addition of branch and shortcut."""
        return self.add_node(name, Add(), branch, shortcut, channels=self.channels(branch))

    def head(self, x: str, classes: int) -> str:
        """Append global average pooling and the classifier."""
        x = self.keep("avgpool", GlobalAvgPool2d(), x)
        x = self.keep("flatten", Flatten(), x)
        return self.add_node("fc", Linear(self.channels(x), classes), x, channels=classes)

    def graph(self) -> Graph:
        """What was written."""
        return Graph(tuple(self._nodes))
