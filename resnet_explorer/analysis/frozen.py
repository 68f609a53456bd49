"""Which layers of a net are frozen: they get no update, and their BatchNorms use what they have learned before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.errors import InvalidOption
from resnet_explorer.spec.ops import WEIGHTED

if TYPE_CHECKING:
    from collections.abc import Collection

    from resnet_explorer.spec import NetSpec
    from resnet_explorer.spec.graph import Graph

NOTHING, FROZEN_NORMS = "none", "bn"
FREEZES = (NOTHING, FROZEN_NORMS, "stem", *(f"conv{number}_x" for number in range(1, 8)))
TITLES = (
    "nothing",
    "every BatchNorm",
    "the stem",
    *(f"up to conv{number}_x" for number in range(1, 8)),
)


def outer(spec: NetSpec, freeze: str = NOTHING) -> tuple[int, int]:
    """The places, among the layers with weights, of the main path's first and last convolution that is not frozen."""
    paths = [node.path for node in spec.graph if node.op.kind in WEIGHTED]
    held = frozen(spec.graph, freeze)
    convs = [node for node in spec.graph.convolutions if node.path not in held] or spec.graph.convolutions
    return paths.index(convs[0].path), paths.index(convs[-1].path)


def trains(spec: NetSpec, freeze: str) -> bool:
    """Whether any convolution of the main path gets an update."""
    held = frozen(spec.graph, freeze)
    return any(node.path not in held for node in spec.graph.convolutions)


def freezable(graphs: Collection[Graph]) -> tuple[str, ...]:
    """What can be frozen in each of these nets."""
    return tuple(freeze for freeze in FREEZES if all(_has(graph, freeze) for graph in graphs))


def _has(graph: Graph, freeze: str) -> bool:
    try:
        frozen(graph, freeze)
    except InvalidOption:
        return False
    return True


def frozen(graph: Graph, freeze: str) -> frozenset[str]:
    """The paths of the operations with weights that are frozen: every BatchNorm, or all up to and including a stage.

    Raises:
        InvalidOption: the net has no BatchNorm, or no such stage.
    """
    if freeze == NOTHING:
        return frozenset()
    if freeze == FROZEN_NORMS:
        found = [node.path for node in graph if node.op.kind == "bn"]
        if not found:
            raise InvalidOption("freeze", freeze, "none or a stage of this net, which has no BatchNorm")
        return frozenset(found)
    stages = list(dict.fromkeys(node.stage for node in graph))[:-1]
    if freeze not in stages:
        raise InvalidOption("freeze", freeze, f"none, bn or a stage of this net: {', '.join(stages)}")
    upto = stages[: stages.index(freeze) + 1]
    return frozenset(node.path for node in graph if node.stage in upto and node.op.weights)
