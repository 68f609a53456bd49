"""A page of its own: the net drawn, counted with workings, and its sources. One file that prints well."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import resnet_explorer
from resnet_explorer import diagrams
from resnet_explorer.analysis import formula
from resnet_explorer.analysis.conventions import capital, sizes
from resnet_explorer.analysis.ledger import ledger, of_line
from resnet_explorer.analysis.measures import BATCH, MEASURES
from resnet_explorer.analysis.origins import papers
from resnet_explorer.analysis.table import stage_rows
from resnet_explorer.exports.export import Export
from resnet_explorer.exports.tables import shown
from resnet_explorer.spec import NetSpec, title, to_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resnet_explorer.analysis import Report
    from resnet_explorer.spec.imports import Net

STYLE = """
body{font:15px/1.5 system-ui,sans-serif;color:#1B1D21;background:#FCFBF8;
max-width:72rem;margin:2rem auto;padding:0 1rem}
h1{margin-bottom:0}h2{margin-top:2rem}.m{color:#5F6470}
.wide{overflow-x:auto}.wide svg{max-width:100%;min-width:50rem;height:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:13px;width:100%}
th,td{padding:.2rem .6rem;border-bottom:1px solid #DAD6CB;text-align:left;vertical-align:top}
td.n,th.n{text-align:right;white-space:nowrap}thead{display:table-header-group}tr{break-inside:avoid}
@media print{body{margin:0;max-width:none;background:#fff;font-size:10pt}table{font-size:8pt}
.wide{overflow:visible}.wide svg{width:100%;min-width:0}@page{margin:15mm}}
"""
RIGHT = " class=n"
NUMERIC = frozenset({"number", "parameters", "MACs", "%", "receptive field"})
"""Heads of columns of numbers; a number stands on the right there, its working on the left."""
NUMBER = re.compile(r"[\d,.]+( px| \w?B)?")


def _html(report: Report) -> str:
    spec = report.spec
    name = escape(title(spec))
    drawing = diagrams.standalone(diagrams.axis(report)).partition("\n")[2]
    parts = [
        f"<h1>{name}</h1>",
        f"<p class=m>{shown(report)}</p>",
        f"<div class=wide>{drawing}</div>",
        "<h2>What it costs</h2>",
        _table(("", "number", "how it is made"), _measures(report)),
        "<h2>Stage by stage</h2>",
        _table(
            ("stage", "output", "made of", "parameters", "%", "MACs", "%"),
            ([*map(_written, row)] for row in stage_rows(report)),
        ),
        "<h2>Under every convention</h2>",
        _table(
            ("convention", "who counts so", "number and terms"),
            ((line.convention.title, line.convention.who, of_line(line)) for line in ledger(report)),
        ),
        "<h2>Layer by layer</h2>",
        _table(
            ("layer", "output", "how its parameters are made", "how its MACs are made", "receptive field"),
            _layers(report),
        ),
        *_sources(spec),
    ]
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )


def _sources(net: Net) -> list[str]:
    """The papers, and what it was made from."""
    made = f"<p class=m>Made by ResNet Explorer {resnet_explorer.__version__} from"
    if not isinstance(net, NetSpec):
        return [
            f"{made} the module itself, which ran once.</p>",
            *(f"<p>{escape(each)}</p>" for each in getattr(net, "notes", ())),
        ]
    cited = (f"<li>{_link(paper.link)}, {escape(paper.authors)} {paper.year}</li>" for paper in papers(net))
    query = f"<code>{escape(to_query(net))}</code>"
    return ["<h2>Sources</h2>", "<ul>", *cited, "</ul>", f"{made} its description,", f"{query}</p>"]


def _measures(report: Report) -> Iterable[tuple[str, ...]]:
    for measure in MEASURES:
        note = f", {BATCH} images in a mini-batch" if measure.name == "training_memory" else ""
        unit = " B" if note else f" {measure.unit}" if measure.unit else ""
        made = measure.made(report, BATCH)
        yield f"{capital(measure.title)}{note}", f"{made.text}{unit}", made.working


def _layers(report: Report) -> Iterable[tuple[str, ...]]:
    for layer in report.layers:
        made = (formula.working(layer, metric) for metric in ("params", "macs"))
        yield layer.path, sizes(layer.output_shape), *made, f"{layer.field_px:,} px"


def _table(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    heads = "".join(f"<th{RIGHT if each in NUMERIC else ''}>{escape(each)}</th>" for each in head)
    lines = "".join(f"<tr>{''.join(map(_cell, head, row))}</tr>\n" for row in rows)
    return f"<div class=wide><table><thead><tr>{heads}</tr></thead><tbody>\n{lines}</tbody></table></div>"


def _cell(head: str, text: str) -> str:
    kind = RIGHT if head in NUMERIC and NUMBER.fullmatch(text) else ""
    return f"<td{kind}>{escape(text).replace(chr(10), '<br>')}</td>"


def _written(value: object) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _link(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address.removeprefix("https://"))}</a>'


HTML = Export(
    name="html",
    title="HTML page",
    help="drawing, tables, workings and sources in one file, to read or print",
    suffix=".html",
    mime="text/html",
    write=_html,
    any_net=True,
)
