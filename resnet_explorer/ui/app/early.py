"""Streamlit's scripts that nearly every page needs, asked for with the document.

Streamlit asks for the script of a widget when it first meets one, and until that is there shows a grey bar of another
height: a page would move under the reader, and be drawn in several rounds over the line.
"""

from __future__ import annotations

import re
from pathlib import Path

import streamlit

SCRIPTS = (
    *("rehype-raw", "BidiComponent", "Selectbox", "NumberInput", "Slider", "ButtonGroup", "Checkbox", "Radio"),
    *("Button", "PageLink"),
)
FOLDER = Path(streamlit.__file__).parent / "static" / "static" / "js"
_NEEDS = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')


def links() -> str:
    """Elements for the document's head; none for a script that this Streamlit does not have."""
    return "\n".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in _all())


def _all() -> list[str]:
    """The scripts and what they need in turn, each once."""
    found: dict[str, None] = {}
    waiting = [path.name for script in SCRIPTS for path in FOLDER.glob(f"{script}.*.js")]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += _NEEDS.findall((FOLDER / name).read_text(encoding="utf-8"))
    return list(found)
