"""What a page would come to late: where its server is, and the scripts that nearly every page needs, with the document.

Streamlit asks for the script of a widget when it first meets one, and until that is there shows a grey bar of another
height: a page would move under the reader, and be drawn in several rounds over the line.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import streamlit

from resnet_explorer.ui.canvas import PATH

TEXTS = "rehype-raw"
WIDGETS = (
    *("BidiComponent", "Html", "Selectbox", "ButtonGroup", "Button", "PageLink"),
    *("Radio", "Checkbox", "NumberInput", "Slider"),
)
"""What nearly every page needs, by Streamlit's names for scripts: raw HTML in texts, and these widgets. What draws
figures comes first.
"""
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
for (const name of WIDGETS) import(`./${name}`).then((script) => here.set(name, script), () => {});
const early = (load, ...more) => {
  const [, name] = /^\\(\\)=>import\\(`\\.\\/([^`]+)`\\)$/.exec(load) ?? [];
  const script = here.get(name);
  return script ? { then: (done) => done(script) } : LATER(load, ...more);
};
export { early as NAME };
"""


def links() -> str:
    """Elements for the document's head; none for a script that this Streamlit does not have."""
    asked = [PATH, *(f"static/js/{name}" for name in _all())]
    begun = [PATH, *(f"static/js/{name}" for name in _named(TEXTS))]
    return "\n".join(
        [
            f"<script>{SERVER}</script>",
            *(f'<link rel="modulepreload" crossorigin href="./{address}">' for address in asked),
            *(f'<script type="module" crossorigin src="./{address}"></script>' for address in begun),
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


def _all() -> list[str]:
    """The scripts and then what they need in turn, each once, without those that the document asks for by itself."""
    document = FOLDER.parents[1].joinpath("index.html").read_text(encoding="utf-8")
    found: dict[str, None] = {}
    waiting = [name for script in (WIDGETS[0], TEXTS, *WIDGETS[1:]) for name in _named(script)]
    while waiting:
        name = waiting.pop(0)
        if name not in found and name not in document:
            found[name] = None
            waiting += _NEEDS.findall((FOLDER / name).read_text(encoding="utf-8"))
    return list(found)
