"""How a notebook shows things: pictures as images of their own, so that no style leaks into it, and short tables."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from resnet_explorer import diagrams
from resnet_explorer.analysis import analyse
from resnet_explorer.analysis.table import stage_rows
from resnet_explorer.errors import ExplorerError
from resnet_explorer.spec import title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resnet_explorer.analysis import Report
    from resnet_explorer.analysis.compare import Comparison
    from resnet_explorer.diagrams import Drawing
    from resnet_explorer.spec.imports import Net

STAGES = "stage", "output", "made of", "parameters", "%", "MACs", "%"


def of_spec(spec: Net) -> str:
    """A net: its picture and its stages."""
    return of_report(analyse(spec))


def of_report(report: Report) -> str:
    """The same of its analysis."""
    total = ("total", "", "", report.params, 100.0, report.macs, 100.0)
    return _drawn(report) + table(STAGES, [*stage_rows(report), total])


def of_comparison(found: Comparison) -> str:
    """Both nets at one scale, and the causes of their difference."""
    pictures = "".join(
        f"<p>{escape(title(report.spec))}</p>{_drawn(report, beside=other)}"
        for report, other in ((found.a, found.b), (found.b, found.a))
    )
    total = ("all", "", found.difference("params"), found.difference("macs"))
    rows = [(each.title, each.change, each.params, each.macs) for each in found.causes]
    return pictures + table(("cause", "from A to B", "parameters", "MACs"), [*rows, total])


def _drawn(report: Report, beside: Report | None = None) -> str:
    """The net on the layer axis; of one that has nothing to draw a sentence."""
    try:
        return picture(diagrams.axis(report, beside=beside))
    except ExplorerError as error:
        return f"<p>{escape(str(error))}</p>"


def picture(drawing: Drawing) -> str:
    """A drawing as an image."""
    data = b64encode(diagrams.standalone(drawing).encode()).decode()
    return f'<img alt="{escape(drawing.alt)}" width="100%" src="data:image/svg+xml;base64,{data}">'


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table, numbers to the right with all their digits."""
    heads = "".join(f"<th>{escape(each)}</th>" for each in head)
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return f'<td style="text-align:right">{value:,}</td>'
    return f'<td style="text-align:left">{escape(str(value))}</td>'
