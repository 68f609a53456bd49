"""Where the ways into an operation part: its dominators, and what lies on one way alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.spec.graph import IMAGE

if TYPE_CHECKING:
    from collections.abc import Mapping


class Fork(NamedTuple):
    """The ways into an operation of two inputs: where they part, and the operations on each of them alone."""

    source: str
    ways: tuple[frozenset[str], frozenset[str]]

    @property
    def region(self) -> frozenset[str]:
        """All that lies between."""
        return self.ways[0] | self.ways[1]


class Dominators:
    """The dominator tree of operations that are given in order, each with what it reads."""

    def __init__(self, inputs: Mapping[str, tuple[str, ...]]) -> None:
        self.inputs = inputs
        self._above = {IMAGE: IMAGE}
        self._depth = {IMAGE: 0}
        for path, read in inputs.items():
            above = read[0]
            for other in read[1:]:
                above = self.common(above, other)
            self._above[path], self._depth[path] = above, self._depth[above] + 1

    def common(self, one: str, other: str) -> str:
        """The last operation through which every way to both goes."""
        while one != other:
            if self._depth[one] < self._depth[other]:
                one, other = other, one
            one = self._above[one]
        return one

    def fork(self, one: str, other: str) -> Fork:
        """Where the ways to these two part."""
        source = self.common(one, other)
        first, second = self._upwards(one, source), self._upwards(other, source)
        return Fork(source, (frozenset(first - second), frozenset(second - first)))

    def _upwards(self, path: str, until: str) -> set[str]:
        found: set[str] = set()
        waiting = [path]
        while waiting:
            each = waiting.pop()
            if each not in found and each not in {until, IMAGE}:
                found.add(each)
                waiting += self.inputs[each]
        return found
