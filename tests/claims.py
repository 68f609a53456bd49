"""Every sentence of the program and of its documents that states a number or a claim, and where it is from.

A sentence of the program is in order if it names a paper itself, or if `docs/claims.md` has it under the paper, the
test or the command that it rests on; what the program puts into it (a value in braces) it has counted or measured. In a
document the source may stand in the same paragraph, or in the first one of the section.
`python -m tests.claims` lists them all.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.talks import claims

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
REGISTER = ROOT / "docs" / "claims.md"
DOCUMENTS = (ROOT / "README.md", ROOT / "docs" / "definitions.md", ROOT / "docs" / "data.md")
"""Those that speak of nets; the others speak of the program."""


_CITED = re.compile(r"arXiv:\d|doi:|https?://|\b(Section|Table|Figure)s? \d|\bet al\. \d{4}")
_NAMES_SOURCE = re.compile(rf"{_CITED.pattern}|`(python3? |[\w/]+\.py)|Measured on \d\d\d\d")
_PLACE = re.compile(r"\{[^{}]*\}")
_NAMED = re.compile(r"(title|name|path|names|HINT)(\(.*\))?$")
"""Expressions that put in what something is called, and no value."""


class Sentence(NamedTuple):
    """A sentence, where it stands, and whether it is sourced there; `{}` is a value that is put in, `{name}` a name."""

    place: str
    text: str
    sourced: bool

    @property
    def claims(self) -> bool:
        """Whether it states a number, or of nets how they behave, compare or come about."""
        return claims.claims(self.text)


@cache
def sentences() -> tuple[Sentence, ...]:
    """Those of the program's texts and of its documents."""
    files = sorted([*(ROOT / "pages").rglob("*.py"), *(ROOT / "resnet_explorer").rglob("*.py")])
    return *(each for file in files for each in _of_module(file)), *(each for file in DOCUMENTS for each in _of(file))


def _of_module(file: Path) -> Iterator[Sentence]:
    for line, text in _texts(ast.parse(file.read_text(encoding="utf-8"))):
        for sentence in _split(text):
            yield Sentence(f"{file.relative_to(ROOT)}:{line}", sentence, bool(_CITED.search(sentence)))


def _of(document: Path) -> Iterator[Sentence]:
    """Those of a document, code left out."""
    text = re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for section in re.split(r"^#+ .*$", text, flags=re.MULTILINE):
        first, *others = re.split(r"\n\s*\n|\n(?=- |\| )", section.strip())
        for paragraph in (first, *others):
            sourced = any(_NAMES_SOURCE.search(each) for each in (first, paragraph))
            for sentence in _split(" ".join(paragraph.lstrip("-| ").split())):
                yield Sentence(str(document.relative_to(ROOT)), sentence, sourced)


def _split(text: str) -> Iterator[str]:
    """The sentences of a text that have some words."""
    shown = _PLACE.sub(lambda place: place[0] if place[0] == "{name}" else "{}", text)
    for sentence in claims.sentences(shown):
        joined = " ".join(sentence.split())
        if len(re.findall(r"[^\W\d_]{2,}", joined)) > 2 and not joined.startswith("<"):
            yield joined


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a module, docstrings left out, each with its line; those inside of others too."""
    bodies = (node.body for node in ast.walk(tree) if isinstance(getattr(node, "body", None), list))
    docstrings = {each.value for body in bodies for each in body if isinstance(each, ast.Expr)}

    def found(node: ast.AST) -> Iterator[tuple[int, str]]:
        if parts := [*_parts(node)]:
            yield node.lineno, "".join(map(_part, parts))
            for part in parts:
                if not isinstance(part, ast.Constant):
                    yield from found(part)
        elif isinstance(node, ast.Raise) or (isinstance(node, ast.keyword) and node.arg == "help"):
            return
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str) and node not in docstrings:
                yield node.lineno, node.value
        else:
            for child in ast.iter_child_nodes(node):
                yield from found(child)

    yield from found(tree)


def _parts(node: ast.AST) -> Iterator[ast.expr]:
    """What a text is put together of, by an f-string or by `say`: words, and what is put in; nothing of others."""
    if isinstance(node, ast.JoinedStr):
        yield from (each.value if isinstance(each, ast.FormattedValue) else each for each in node.values)
    elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
        for each in node.args:
            yield from _parts(each) if isinstance(each, ast.JoinedStr) else (each,)


def _part(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "{name}" if _NAMED.search(ast.unparse(node)) else "{}"


class Entry(NamedTuple):
    """A sentence of the register, and the source that it stands under."""

    source: str
    text: str


@cache
def register() -> tuple[Entry, ...]:
    """The sentences of `docs/claims.md`, each an item below the heading that names its source."""
    source, found = "", []
    for line in REGISTER.read_text().splitlines():
        if line.startswith("## "):
            source = line.removeprefix("## ")
        elif line.startswith("- "):
            found.append(Entry(source, line.removeprefix("- ")))
    return tuple(found)


if __name__ == "__main__":
    known = {entry.text: entry.source for entry in register()}
    for each in sentences():
        if each.claims:
            where = known.get(each.text, "named there" if each.sourced else "NOWHERE")
            print(f"{each.place}: {each.text}\n    {where}")  # noqa: T201
