"""The formats in which a net is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.errors import ExplorerError
from resnet_explorer.exports.bibtex import BIBTEX
from resnet_explorer.exports.data import IPYNB, JSON, notebook
from resnet_explorer.exports.export import Export
from resnet_explorer.exports.page import HTML
from resnet_explorer.exports.pictures import DOT, SVG
from resnet_explorer.exports.pytorch import PYTORCH
from resnet_explorer.exports.safetensors import SAFETENSORS
from resnet_explorer.exports.tables import CSV, LATEX, MARKDOWN
from resnet_explorer.registry import Registry
from resnet_explorer.spec import NetSpec, title

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report

EXPORTS = Registry("format", (PYTORCH, CSV, MARKDOWN, LATEX, JSON, SVG, DOT, HTML, SAFETENSORS, BIBTEX, IPYNB))

__all__ = ["EXPORTS", "IPYNB", "Export", "file_of", "notebook"]


def file_of(form: Export, report: Report) -> str | bytes:
    """The file of a net in a format, if it can be one.

    Raises:
        ExplorerError: the net is imported, and the format is for nets with a description.
    """
    if form.any_net or isinstance(report.spec, NetSpec):
        return form.write(report)
    *others, last = (each.name for each in EXPORTS if each.any_net)
    raise ExplorerError(
        f"{title(report.spec)} is an imported net, which {form.name} cannot hold, as no description makes it anew; "
        f"take {', '.join(others)} or {last}"
    )
