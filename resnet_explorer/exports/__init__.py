"""The formats in which a net is taken away."""

from resnet_explorer.exports.bibtex import BIBTEX
from resnet_explorer.exports.data import IPYNB, JSON, notebook
from resnet_explorer.exports.export import Export
from resnet_explorer.exports.page import HTML
from resnet_explorer.exports.pictures import DOT, SVG
from resnet_explorer.exports.pytorch import PYTORCH
from resnet_explorer.exports.safetensors import SAFETENSORS
from resnet_explorer.exports.tables import CSV, LATEX, MARKDOWN
from resnet_explorer.registry import Registry

EXPORTS = Registry("format", (PYTORCH, CSV, MARKDOWN, LATEX, JSON, SVG, DOT, HTML, SAFETENSORS, BIBTEX, IPYNB))

__all__ = ["EXPORTS", "IPYNB", "Export", "notebook"]
