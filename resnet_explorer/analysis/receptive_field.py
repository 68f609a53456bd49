"""The theoretical receptive field: how many pixels of the image, across, one output value can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.bounded import bounded
from resnet_explorer.spec.graph import IMAGE
from resnet_explorer.spec.network import MOST_NODES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from resnet_explorer.spec.graph import Graph


@bounded(MOST_NODES, len)
def receptive_fields(graph: Graph, choose: Callable[[int, int], int]) -> Mapping[str, tuple[int, int]]:
    """The receptive field of every operation, and the spacing of its values, in pixels of the image.

    A window of k pixels at a spacing of j pixels of the image adds (k - 1) * j; a stride multiplies the spacing, what
    enlarges the map divides it. Behind global pooling everything is seen: the value stays that of the last map, also
    where a window goes over channels in a row.
    Padding and image borders are left out of account, as is usual, and so is what `past` tells of. Where paths meet,
    `choose` takes the longest one (`max`) or the shortest (`min`).
    """
    known = {IMAGE: (1, 1)}
    pooled: set[str] = set()
    for node in graph.nodes:
        if node.op.kind == "avgpool" or pooled.issuperset(node.inputs):
            pooled.add(node.path)
        kernel, stride = (1, 1) if node.path in pooled else node.op.window
        field, spacing = known[node.inputs[0]]
        for other in node.inputs[1:]:
            field = choose(field, known[other][0])
        known[node.path] = field + (kernel - 1) * spacing, max(1, spacing * stride // node.op.enlarges)
    return known


def past(graph: Graph) -> str:
    """By what a value of the last map depends on the whole image, past its window; empty where nothing makes it so.

    That is the squeeze of a gate, and a normalisation that takes each image alone. A BatchNorm does it while it is
    trained, and no more by its running statistics; pooling in front of the classifier comes behind the last map.
    """
    by = (node.op.whole for node in graph if node.op.whole and not (node.main and node.op.kind == "avgpool"))
    return " and ".join(dict.fromkeys(by))


def range_px(graph: Graph) -> tuple[int, int]:
    """The receptive field of the last map along the shortest path (shortcuts wherever there are any), and the longest.

    The net is a sum over all paths from image to output (arXiv:1605.06431); each sees a window between these two.
    """
    last = graph.nodes[-1].path
    return receptive_fields(graph, min)[last][0], receptive_fields(graph, max)[last][0]
