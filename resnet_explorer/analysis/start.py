"""What two nets have in common before the first step: each tensor is drawn by its own path, so most are the same."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.spec import NetSpec
    from resnet_explorer.spec.graph import Graph

NAMED = 2
"""So many tensors are named one by one; of more, the first and the last."""


class Apart(NamedTuple):
    """The tensors, by their names, that one net has beside those of another, and those that start otherwise in it."""

    added: tuple[str, ...]
    otherwise: tuple[str, ...]


@functools.lru_cache(maxsize=64)
def apart(one: NetSpec, other: NetSpec, *, by_branch: bool = False) -> Apart:
    """What the second has that the first has not, and what starts otherwise, with the same seed and initialisation.

    `by_branch`: whether that goes by the number of branches, as "fixup_like" does.
    """
    known = {node.path: node.op for node in one.graph}
    tensors = [(node, f"{node.path}.{name}", name) for node in other.graph for name, _ in node.op.weights]
    added = tuple(path for node, path, _ in tensors if node.path not in known)
    shared = [(known[node.path], node.op, path, name) for node, path, name in tensors if node.path in known]
    branches = _scaled(other.graph) if by_branch else ()
    return Apart(
        added,
        tuple(
            path
            for mine, its, path, name in shared
            if name == "weight" and (mine != its or path.removesuffix(".weight") in branches)
        ),
    )


def _scaled(graph: Graph) -> frozenset[str]:
    """The convolutions in branches that are added: each last one, and if there are several branches all."""
    branches = graph.branches
    first = 0 if len(branches) > 1 else -1
    return frozenset(node.path for branch in branches for node in branch[first:])


def listed(names: Sequence[str]) -> str:
    """Their names, as code."""
    few = names if len(names) <= NAMED else (names[0], names[-1])
    return (" and " if len(names) <= NAMED else " to ").join(f"`{name}`" for name in few)
