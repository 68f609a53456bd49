"""The drawing of a net: as SVG, and as a graph for Graphviz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer import diagrams
from resnet_explorer.exports.export import Export
from resnet_explorer.spec import title

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report


def _svg(report: Report) -> str:
    return diagrams.standalone(diagrams.axis(report))


def _dot(report: Report) -> str:
    return diagrams.dot(report, title(report.spec))


SVG = Export(
    name="svg",
    title="SVG",
    help="the net on the layer axis, drawn",
    suffix=".svg",
    mime="image/svg+xml",
    write=_svg,
    any_net=True,
)
DOT = Export(
    name="dot",
    title="DOT",
    help="every operation as a graph, for Graphviz",
    suffix=".dot",
    mime="text/vnd.graphviz",
    write=_dot,
    any_net=True,
)
