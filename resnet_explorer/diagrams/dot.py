"""The net as a Graphviz graph in the DOT language, for tools that lay graphs out themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import conventions
from resnet_explorer.diagrams import wording
from resnet_explorer.installation import explained
from resnet_explorer.spec import IMAGE

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report


def dot(report: Report, name: str) -> str:
    """DOT source: a node for each operation with its kind, an edge for each tensor with its shape.

    Blocks are clusters; what lies on a shortcut is dashed. All labels are plain text.

    Raises:
        Missing: graphviz, the Python package, is not installed.
    """
    with explained():
        import graphviz  # noqa: PLC0415 - the other drawings need none of it

    graph = graphviz.Digraph(name, graph_attr={"rankdir": "TB"}, node_attr={"shape": "box"})
    graph.node(IMAGE, _plain(f"image {conventions.sizes(report.spec.input_shape)}"), shape="plaintext")
    blocks: dict[str | None, list[str]] = {}
    for layer in report.layers:
        node = layer.node
        blocks.setdefault(node.block, []).append(node.path)
        label = _plain(f"{node.path}: {wording.operation(node.op)}")
        graph.node(node.path, label, style="dashed" if node.shortcut else "solid")
    shapes = {IMAGE: report.spec.input_shape} | {layer.path: layer.output_shape for layer in report.layers}
    for layer in report.layers:
        for source in layer.node.inputs:
            graph.edge(source, layer.path, label=_plain(conventions.sizes(shapes[source])))
    for block, paths in blocks.items():
        if block:
            with graph.subgraph(name=f"cluster_{block}", graph_attr={"label": _plain(block)}) as cluster:
                for path in paths:
                    cluster.node(path)
    return str(graph.source)


def _plain(text: str) -> str:
    """Text in which neither backslashes nor angle brackets mean anything to Graphviz."""
    import graphviz  # noqa: PLC0415 - the other drawings need none of it

    return str(graphviz.nohtml(graphviz.escape(text)))
