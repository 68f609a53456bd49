"""The record of a probe at initialisation, and what it may look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.tasks.profile import Series

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from torch import Tensor

    from resnet_explorer.spec import Graph
    from resnet_explorer.tasks.norms import Watched


class Pass(NamedTuple):
    """One forward and backward pass: the weights with their gradients, and the output of every node with its own."""

    graph: Graph
    watch: Watched
    values: Mapping[str, Tensor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Something that is read off a pass: `read(seen)` gives the paths and their values."""

    name: str
    title: str
    read: Callable[[Pass], tuple[tuple[str, ...], tuple[float, ...]]]

    def series(self, seen: Pass) -> Series:
        """What it reads, as plain numbers."""
        paths, values = self.read(seen)
        return Series(self.name, paths, values)
