"""The net as a Graphviz graph in the DOT language, for tools that lay graphs out themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import conventions
from resnet_explorer.diagrams import wording
from resnet_explorer.spec import IMAGE

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report


def dot(report: Report, name: str) -> str:
    """DOT source: a node for each operation with its kind, an edge for each tensor with its shape.

    Blocks are clusters; what lies on a shortcut is dashed. All labels are plain text.
    """
    image = f"image {conventions.sizes(report.spec.input_shape)}"
    lines = ["rankdir=TB", "node [shape=box]", f"{_quoted(IMAGE)} [label={_quoted(image)} shape=plaintext]"]
    blocks: dict[str, list[str]] = {}
    for layer in report.layers:
        node = layer.node
        style = "dashed" if node.shortcut else "solid"
        label = f"{node.path}: {wording.operation(node.op)}"
        lines.append(f"{_quoted(node.path)} [label={_quoted(label)} style={style}]")
        if node.block:
            blocks.setdefault(node.block, []).append(node.path)
    shapes = {IMAGE: report.spec.input_shape} | {layer.path: layer.output_shape for layer in report.layers}
    lines += [
        f"{_quoted(source)} -> {_quoted(layer.path)} [label={_quoted(conventions.sizes(shapes[source]))}]"
        for layer in report.layers
        for source in layer.node.inputs
    ]
    for block, paths in blocks.items():
        inside = [f"label={_quoted(block)}", *map(_quoted, paths)]
        lines.append(f"subgraph {_quoted(f'cluster_{block}')} {{ {'; '.join(inside)} }}")
    return "\n".join([f"digraph {_quoted(name)} {{", *(f"\t{line}" for line in lines), "}", ""])


def _quoted(text: str) -> str:
    """Text in which nothing means anything to Graphviz."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
