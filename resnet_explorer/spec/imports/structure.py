"""The structure of a net that was seen: which additions are shortcuts, what a gate is, its blocks and its stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.spec.graph import Graph, Node
from resnet_explorer.spec.imports.blocks import blocks
from resnet_explorer.spec.imports.dominators import Dominators, Fork
from resnet_explorer.spec.imports.stages import stages
from resnet_explorer.spec.ops import WEIGHTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resnet_explorer.spec.ops import Op, Shape

BOUNDED = frozenset({"sigmoid", "hardsigmoid", "softmax", "tanh"})
"""What gives a factor: a way to a product that holds one of these is a gate."""


class Seen(NamedTuple):
    """An operation as it ran: its path, what it is, what it reads and gives, and `home`, the module that holds it."""

    path: str
    op: Op
    inputs: tuple[str, ...]
    home: str
    shape: Shape


def structured(seen: Sequence[Seen]) -> Graph:
    """The graph of what was seen, with its structure.

    Where two ways meet in an addition, the lighter one is the shortcut; where one of the ways to a product holds a
    sigmoid, it is a gate. An addition reads its branch first, a product its map.
    """
    known = {each.path: each for each in seen}
    tree = Dominators({each.path: each.inputs for each in seen})
    shortcuts: set[str] = set()
    gates: set[str] = set()
    forks: dict[str, Fork] = {}
    turned: dict[str, tuple[str, ...]] = {}
    for each in seen:
        if each.op.kind not in _MARKS or len(each.inputs) < 2:
            continue
        fork = tree.fork(each.inputs[0], each.inputs[1])
        order, side, gate = _MARKS[each.op.kind](fork, known)
        turned[each.path] = tuple(each.inputs[place] for place in order) + each.inputs[2:]
        shortcuts |= side
        gates |= gate
        if each.op.kind == "mix":
            gates |= tree.fork(each.inputs[0], each.inputs[2]).ways[1]
        if each.op.kind != "mul":
            forks[each.path] = fork
    within = blocks(seen, forks)
    belongs = stages(seen, within, gates)
    return Graph(
        tuple(
            Node(
                each.path,
                each.op,
                turned.get(each.path, each.inputs),
                belongs[each.path],
                within.get(each.path),
                each.path in shortcuts,
                each.path in gates,
            )
            for each in seen
        )
    )


_Marks = tuple[tuple[int, int], frozenset[str], frozenset[str]]


def _addition(fork: Fork, known: Mapping[str, Seen]) -> _Marks:
    """The order of its inputs, branch first, what lies on the shortcut, and on a gate."""
    one, other = (_weight(way, known) for way in fork.ways)
    order = (1, 0) if one < other else (0, 1)
    return order, fork.ways[order[1]], frozenset()


def _product(fork: Fork, known: Mapping[str, Seen]) -> _Marks:
    for place in (1, 0):
        if any(known[path].op.kind in BOUNDED for path in fork.ways[place]):
            return (1 - place, place), frozenset(), fork.ways[place]
    return (0, 1), frozenset(), frozenset()


def _mix(fork: Fork, known: Mapping[str, Seen]) -> _Marks:  # noqa: ARG001 - its inputs say what they are
    return (0, 1), fork.ways[1], frozenset()


_MARKS = {"add": _addition, "mul": _product, "mix": _mix}


def _weight(way: frozenset[str], known: Mapping[str, Seen]) -> tuple[int, int, int]:
    """How heavy a way is: by its weighted layers, then by its parameters, then by its operations."""
    ops = [known[path].op for path in way]
    return sum(op.kind in WEIGHTED for op in ops), sum(op.params for op in ops), len(ops)
