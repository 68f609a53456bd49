"""The net for programs: JSON with a published schema, and a notebook that reads it anew."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import resnet_explorer
from resnet_explorer.analysis.layer_rows import layer_rows
from resnet_explorer.analysis.origins import papers
from resnet_explorer.analysis.table import makeup
from resnet_explorer.exports.export import Export
from resnet_explorer.spec import reference, title, to_query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis import Report
    from resnet_explorer.spec.imports import Net


@cache
def schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) that the JSON of every net follows; it names each field's meaning and unit."""
    read: dict[str, Any] = json.loads((Path(__file__).parent / "net.schema.json").read_text(encoding="utf-8"))
    return read


def _json(report: Report) -> str:
    spec = report.spec
    data = {
        "schema": schema()["$id"],
        "version": resnet_explorer.__version__,
        "title": title(spec),
        "query": to_query(spec),
        "input_shape": spec.input_shape,
        "classes": spec.classes,
        "depth": report.depth,
        "params": report.params,
        "macs": report.macs,
        "activations": report.activations,
        "field_px": report.field_px,
        "papers": [{"arxiv": paper.arxiv, "year": paper.year, "url": paper.link} for paper in papers(spec)],
        "stages": [
            {
                "name": stage.name,
                "output_shape": stage.output_shape,
                "made_of": makeup(stage),
                "params": stage.params,
                "macs": stage.macs,
                "blocks": stage.blocks,
            }
            for stage in report.stages
        ],
        "layers": [
            {**row, "inputs": layer.node.inputs} for row, layer in zip(layer_rows(report), report.layers, strict=True)
        ],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


VIEW = ("rx.compare(net.plain, net)", "rx.ledger(net)", "rx.memory(net, batch=256)")


def notebook(net: Net, view: Sequence[str] = (), maker: str = "") -> str:
    """A notebook that makes a net anew and looks at it: by these calls, or by all of `VIEW`.

    An imported net is made by the code of its `maker`, and named by it; any other one by its query, and built as well.
    """
    made = maker or f'net = rx.from_query("{reference(net)}")'
    source = "Described from its module" if maker else f"Read from its description, `{reference(net)}`"
    cells = [
        ("markdown", f"# {title(net)}\n\n{source}, by ResNet Explorer {resnet_explorer.__version__}."),
        ("code", f"import resnet_explorer as rx\n\n{made}\nnet"),
        ("code", "report = rx.analyse(net)\nreport.params, report.macs, report.depth"),
        ("code", "rx.draw(net)"),
        ("code", "report.to_frame()"),
        *(("code", each) for each in view or VIEW),
    ]
    if not maker:
        cells += [
            ("markdown", "The real module, a `torch.nn.Module`; the extra `torch` brings PyTorch."),
            ("code", "module = rx.build(net, seed=0)\nprint(module)"),
        ]
    made_of = {
        "cells": [_cell(number, kind, text) for number, (kind, text) in enumerate(cells)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(made_of, indent=1, ensure_ascii=False) + "\n"


def _cell(number: int, kind: str, text: str) -> dict[str, Any]:
    ran: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {
        "cell_type": kind,
        "id": f"cell-{number}",
        "metadata": {},
        "source": text.splitlines(keepends=True),
        **ran,
    }


JSON = Export(
    name="json",
    title="JSON",
    help="every layer and stage, by a published schema",
    suffix=".json",
    mime="application/json",
    write=_json,
)
IPYNB = Export(
    name="ipynb",
    title="Jupyter notebook",
    help="reads this net anew by the Python API",
    suffix=".ipynb",
    mime="application/x-ipynb+json",
    write=lambda report: notebook(report.spec),
)
