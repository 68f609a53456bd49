"""What a page would come to late: where its server is, and the scripts that nearly every page needs, with the document.

Streamlit asks for the script of a widget when it first meets one, and until that is there shows a grey bar of another
height: a page would move under the reader, and be drawn in several rounds over the line.
"""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit

from resnet_explorer.ui.canvas import PATH

if TYPE_CHECKING:
    from collections.abc import Sequence

EVERYWHERE = ("BidiComponent", "Html")
"""Streamlit's names for scripts of what every page has: figures, and texts (`markup.py`)."""
WIDGETS = (
    *("Selectbox", "ButtonGroup", "Button", "DownloadButton", "PageLink"),
    *("Radio", "Checkbox", "NumberInput", "TextInput", "Slider"),
)
"""What pages need."""
FIRST: dict[str, tuple[str, ...]] = {
    "start": (),
    "why": (),
    "explore": ("ButtonGroup", "Button", "DownloadButton", "NumberInput"),
    "block": ("DownloadButton",),
    "bottleneck": ("Button", "DownloadButton"),
    "progression": ("Button",),
    "compare": ("Button", "DownloadButton"),
    "catalogue": ("DownloadButton", "TextInput"),
    "ledger": ("Button", "NumberInput"),
    "cost": ("Button", "NumberInput"),
    "your_net": (),
    "gradients": ("ButtonGroup", "DownloadButton", "Radio", "TextInput"),
    "laboratory": (),
}
"""Of each page what somebody needs who arrives there, besides those; of one that is not here, that is all."""
SERVER = 'window.__streamlit = { BACKEND_BASE_URL: new URL("./", document.baseURI).href };'
"""Where the server is. Otherwise Streamlit would look for it under the name of the page first, be told that it is not
there, wait, and look above.
"""
FOLDER = Path(streamlit.__file__).parent / "static" / "static" / "js"
HELPER = "preload-helper."
"""Of the script through which Streamlit asks for all others."""
_NEEDS = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
_EXPORT = re.compile(r"export\{(\w+) as (\w+)\};\s*$")
_AT_ONCE = """
const here = new Map();
const begin = (address) => import(address).then((script) => here.set(address.split("/").pop(), script), () => {});
for (const { href } of document.querySelectorAll("link[data-widget]")) begin(href);
const rest = () => {
  const over = document.querySelector("[data-test-script-state=notRunning]");
  if (over && !document.querySelector("[data-testid=stSkeleton]")) for (const name of WIDGETS) begin(`./${name}`);
  else setTimeout(rest, 1000);
};
setTimeout(rest, 1000);
const early = (load, ...more) => {
  const [, name] = /^\\(\\)=>import\\(`\\.\\/([^`]+)`\\)$/.exec(load) ?? [];
  const script = here.get(name);
  return script ? { then: (done) => done(script) } : LATER(load, ...more);
};
export { early as NAME };
"""
"""What the document has asked for is begun with, and when the page is whole, what other pages need."""


def links(page: str) -> str:
    """Elements for the head of a page's document; none for a script that this Streamlit does not have."""
    return _links(FIRST.get(page, WIDGETS))  # kept by that: addresses are anybody's


@functools.cache
def _links(first: tuple[str, ...]) -> str:
    widgets = [name for widget in (*EVERYWHERE, *first) for name in _named(widget)]
    needed = [name for name in _with_needs(widgets) if name not in widgets]
    return "\n".join(
        [
            f"<script>{SERVER}</script>",
            _asked(PATH),
            *(_asked(f"static/js/{name}", " data-widget") for name in widgets),
            *(_asked(f"static/js/{name}") for name in needed),
            f'<script type="module" crossorigin src="./{PATH}"></script>',
        ]
    )


def helper(text: str) -> str:
    """That script, which gives a widget that is here at once, not later; another Streamlit's, as it is.

    React asks for a widget when it first draws one, and what is given later, if only by a moment, it draws in a second
    round, after all else.
    """
    found = _EXPORT.search(text)
    if not found:
        return text
    names = json.dumps([name for widget in WIDGETS for name in _named(widget)])
    ours = _AT_ONCE.replace("WIDGETS", names).replace("LATER", found[1]).replace("NAME", found[2])
    return text[: found.start()] + ours


def _named(script: str) -> list[str]:
    return [path.name for path in FOLDER.glob(f"{script}.*.js")]


def _asked(address: str, mark: str = "") -> str:
    return f'<link rel="modulepreload" crossorigin href="./{address}"{mark}>'


def _with_needs(scripts: Sequence[str]) -> list[str]:
    """The scripts and then what they need in turn, each once, without those that the document asks for by itself."""
    document = FOLDER.parents[1].joinpath("index.html").read_text(encoding="utf-8")
    found: dict[str, None] = {}
    waiting = [*scripts]
    while waiting:
        name = waiting.pop(0)
        if name not in found and name not in document:
            found[name] = None
            waiting += _NEEDS.findall((FOLDER / name).read_text(encoding="utf-8"))
    return list(found)
