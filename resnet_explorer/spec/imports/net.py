"""What readings need of a net, and the net that was imported: not a family, since no option rewrites it."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Protocol

from resnet_explorer.spec.graph import Graph, plain

if TYPE_CHECKING:
    from resnet_explorer.spec.ops import Shape


class Net(Hashable, Protocol):
    """What is counted and drawn: a description (`NetSpec`), or an imported net."""

    @property
    def graph(self) -> Graph:
        """The network as a graph."""
        ...

    @property
    def input_shape(self) -> Shape:
        """The shape of one input, without the batch."""
        ...

    @property
    def sides(self) -> tuple[int, int]:
        """The input's height and width; of signals the height is 1."""
        ...

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def named_depth(self) -> str:
        """Why the title counts other layers than those with weights of the main path; empty where it does not."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ImportedNet:
    """Somebody's module, described: valid for the shape that it was shown.

    Attributes:
        title: its name, or that of its class.
        graph: its operations in the order in which they ran.
        input_shape: what it was shown, without the batch.
        notes: sentences on what was seen, and what was not.
        second: multiply-adds of each operation as torch's FlopCounterMode counts them, in the graph's order.
        modular: whether all that tools count is done by torch's own modules: then it is known what each counts.
    """

    title: str
    graph: Graph
    input_shape: Shape
    notes: tuple[str, ...] = ()
    second: tuple[int, ...] = ()
    modular: bool = False
    named_depth: ClassVar[str] = ""

    def __repr__(self) -> str:
        many = "1 operation" if len(self.graph) == 1 else f"{len(self.graph):,} operations"
        return f"<ImportedNet {self.title}: {many}, input {self.input_shape}>"

    def _repr_html_(self) -> str:
        return str(import_module("resnet_explorer.notebook").of_spec(self))

    @property
    def sides(self) -> tuple[int, int]:
        """The last two axes of its input; of signals the height is 1."""
        height, width = (1, 1, *self.input_shape[1:])[-2:]
        return height, width

    @property
    def plain(self) -> ImportedNet:
        """The counterpart without shortcuts; itself if it has none."""
        made = plain(self.graph) if self.graph.joined else self.graph
        if not made or made == self.graph:
            return self
        counted = dict(zip((node.path for node in self.graph), self.second, strict=True))
        second = tuple(counted[node.path] for node in made)
        return dataclasses.replace(self, title=f"{self.title}, plain", graph=made, second=second)
