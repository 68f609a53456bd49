"""The theoretical receptive field: how many pixels of the image, across, one output value can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.graph import IMAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.spec.graph import Graph


def fields_px(graph: Graph) -> dict[str, int]:
    """The receptive field of every convolution and pooling along the longest path, in pixels.

    A window of k pixels at a spacing of j pixels of the image adds (k - 1) * j; a stride multiplies the spacing.
    Behind global pooling everything is seen: the value stays that of the last map. Padding and image borders are
    left out of account, as is usual.
    """
    return _walk(graph, max)


def range_px(graph: Graph) -> tuple[int, int]:
    """The receptive field of the last map along the shortest path (shortcuts wherever there are any), and the longest.

    The net is a sum over all paths from image to output (arXiv:1605.06431); each sees a window between these two.
    """
    last = graph.nodes[-1].path
    return _walk(graph, min)[last], _walk(graph, max)[last]


def _walk(graph: Graph, choose: Callable[[int, int], int]) -> dict[str, int]:
    known = {IMAGE: (1, 1)}
    for node in graph.nodes:
        kernel, stride = node.op.window
        field, spacing = known[node.inputs[0]]
        for other in node.inputs[1:]:
            field = choose(field, known[other][0])
        known[node.path] = field + (kernel - 1) * spacing, spacing * stride
    return {path: field for path, (field, _) in known.items()}
