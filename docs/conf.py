"""Settings of Sphinx, which makes the site from these documents: `python3 tasks.py docs`."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx import addnodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parents[1]))

from resnet_explorer import __version__

project = "ResNet Explorer"
author = "ResNet Explorer contributors"
release = version = __version__

PAGES_OF_TOP = {"changelog", "contributing", "security"}
"""Pages that include a file of the repository's top."""

exclude_patterns = ["claims.md"]  # a list for a test, of sentences that stand elsewhere

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
napoleon_use_ivar = True  # a list of attributes, instead of an entry of its own for each

html_theme = "furo"
html_title = "ResNet Explorer"
html_show_sphinx = False
html_copy_source = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#00629A", "color-brand-content": "#005A8F"},
    "dark_css_variables": {"color-brand-primary": "#56B4E9", "color-brand-content": "#8CCBF0"},
}


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", _as_written, priority=900)  # after napoleon
    app.connect("doctree-read", _from_the_top)


def _as_written(_app: Sphinx, what: str, _name: str, found: Any, _options: object, lines: list[str]) -> None:
    """Give a property its own docstring back: napoleon takes words before a colon there for a type."""
    if what == "property":
        made = found.fget if isinstance(found, property) else found.func  # a cached one
        lines[:] = inspect.cleandoc(made.__doc__ or "").splitlines()


def _from_the_top(_app: Sphinx, document: Any) -> None:
    """Lead links to files at the top of the repository, such as CHANGELOG.md, to the pages that include them."""
    for link in document.findall(addnodes.pending_xref):
        page = link["reftarget"].removesuffix(".md").lower()
        if link["reftype"] == "myst" and page in PAGES_OF_TOP:
            link["refdomain"], link["reftarget"], link["reftargetid"] = "doc", page, None
