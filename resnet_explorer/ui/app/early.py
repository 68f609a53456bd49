"""What a page would come to late: where its server is, and the scripts that nearly every page needs, with the document.

Streamlit asks for the script of a widget when it first meets one, and until that is there shows a grey bar of another
height: a page would move under the reader, and be drawn in several rounds over the line.
"""

from __future__ import annotations

import re
from pathlib import Path

import streamlit

from resnet_explorer.ui.canvas import PATH

SCRIPTS = (
    *("rehype-raw", "BidiComponent", "Selectbox", "NumberInput", "Slider", "ButtonGroup", "Checkbox", "Radio"),
    *("Button", "PageLink"),
)
SERVER = """window.__streamlit = {
  BACKEND_BASE_URL: new URL("./", document.baseURI).href,
  HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
};"""
"""Where the server is, and that nobody but this page may stand around it. Otherwise Streamlit would look for the server
under the name of the page first, be told that it is not there, wait, and look above.
"""
FOLDER = Path(streamlit.__file__).parent / "static" / "static" / "js"
_NEEDS = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')


def links() -> str:
    """Elements for the document's head; none for a script that this Streamlit does not have."""
    server = f"<script>{SERVER}</script>"
    addresses = [PATH, *(f"static/js/{name}" for name in _all())]
    return "\n".join([server, *(f'<link rel="modulepreload" crossorigin href="./{address}">' for address in addresses)])


def _all() -> list[str]:
    """The scripts and what they need in turn, each once, without those that the document asks for by itself."""
    document = FOLDER.parents[1].joinpath("index.html").read_text(encoding="utf-8")
    found: dict[str, None] = {}
    waiting = [path.name for script in SCRIPTS for path in FOLDER.glob(f"{script}.*.js")]
    while waiting:
        name = waiting.pop()
        if name not in found and name not in document:
            found[name] = None
            waiting += _NEEDS.findall((FOLDER / name).read_text(encoding="utf-8"))
    return list(found)
