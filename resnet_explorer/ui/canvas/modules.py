"""ES modules as one script, so that a visitor asks the server for one file however many there are.

Each module becomes the body of a function: what it imports are constants there, what it exports is what it returns.
So names of one module are unknown in another, as in the modules themselves. Modules say `import { a, b } from "./c.js"`
and `export class`, `export const` or `export function`, and nothing else.
"""

from __future__ import annotations

import posixpath
import re
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_COMMENT = re.compile(r"^\s*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:class|const|function) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def joined(folder: Path, entry: str, shown: str) -> str:
    """One module that exports by default what `entry` exports as `shown`, with all that it imports from the folder.

    Raises:
        CycleError: modules import each other in a circle.
        ValueError: a module imports or exports in another way than these do.
    """
    texts: dict[str, str] = {}
    imports: dict[str, list[str]] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in texts:
            texts[name] = lean((folder / name).read_text(encoding="utf-8"))
            imports[name] = [_beside(name, other) for _, other in _IMPORT.findall(texts[name])]
            waiting += imports[name]
    bodies = [_body(name, texts[name]) for name in TopologicalSorter(imports).static_order()]
    return "\n".join([*bodies, f"export default {_variable(entry)}.{shown};"])


def lean(text: str) -> str:
    """A text without comments on lines of their own, without indentation and without empty lines."""
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(filter(None, lines))


def _body(name: str, text: str) -> str:
    exports = ", ".join(_EXPORT.findall(text))
    text = _IMPORT.sub(lambda found: f"const {{{found[1]}}} = {_variable(_beside(name, found[2]))};", text)
    text = _EXPORT.sub("", text)
    if left := _LEFT.search(text):
        raise ValueError(
            f"{name}: cannot join {left[0]!r}; say import {{ a, b }} from or export class, const, function"
        )
    return f"const {_variable(name)} = (() => {{\n{text}\nreturn {{ {exports} }};\n}})();"


def _beside(name: str, other: str) -> str:
    """The module that one of that name calls so."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), other))


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
