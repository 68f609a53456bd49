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

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
REGISTER = ROOT / "docs" / "claims.md"
DOCUMENTS = (ROOT / "README.md", ROOT / "docs" / "definitions.md", ROOT / "docs" / "data.md")
"""Those that speak of nets; the others speak of the program."""


def _words(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({words})(?!\w)", re.IGNORECASE)


# What the program is about: a sentence that names none of it states nothing of nets.
_SUBJECT = _words(
    r"nets?|networks?|res(net|next)\w*|plain|residual|vgg|layers?|blocks?|stages?|branch(es)?|shortcuts?|skips?|identity|"
    r"projections?|bottlenecks?|convolutions?|filters?|channels?|depth|deep\w*|shallow\w*|width|wide\w*|narrow\w*|"
    r"batchnorm|groupnorm|normalis\w+|initialis\w+|gradients?|signals?|loss(es)?|landscapes?|accura\w+|errors?|train\w*|"
    r"learn\w*|optimis\w+|weights?|parameters?|macs?|flops?|memory|maps?|jacobian|variances?|norms?|papers?|torchvision|"
    r"relus?|strides?|pool\w*|sgd|adam|recipes?|theory"
)
# A clause that goes on about the one before.
_POINTS = re.compile(
    r"\W*(it|they|this|that|these|those|such|both|each)\b(?! (picture|page|run|link|view)\b)", re.IGNORECASE
)
# What says how something behaves, compares or comes about.
_BEHAVES = _words(
    r"better|worse|best|worst|hard(er)?|eas(y|ier)|fast(er)?|slow(er)?|cheap\w*|more|most|fewer|less|least|larger|smaller|"
    r"higher|lower|same|equal|nearly|half|twice|double|trains?|trained|learns?|learned|explo\w+|vanish\w*|fr(ee|o)ze\w*|"
    r"diverge\w*|grow(s|n)?|shrink\w*|fades?|helps?|hurts?|harms?|improv\w+|cures?|prevent\w*|causes?|saves?|costs?|loses?|"
    r"surviv\w+|degrad\w+|overfit\w*|generalis\w+|converg\w+|smooth\w*|stab\w+|regularis\w+|enabl\w+|allows?|solv\w+|"
    r"fix(es)?|depends?|matters?|works?|optimis\w+|essential|hypothesis|no|after|multiplies|sum"
)
# What a value beside it does not show.
_GENERAL = _words(
    r"because|so that|therefore|since|always|never|cannot|due to|makes?|must|means that|harder|easier|, so"
)
# What makes a statement of words that do not end as a sentence.
_VERB = _words(r"is|are|was|were|has|have|had|does|do|did|can|could|may|might|will|would|should|comes?|means")
# Numbers that are part of a name.
_NAMES = re.compile(
    r"\b(ResNe[Xt]|PreResNet|plain|VGG|WRN|CIFAR|torchvision|NVIDIA|ImageNet|Python)[- ]?\d[\w.-]*|\d+×\d+d?|"
    r"\bconv\d_x\b|\bv1(\.5)?\b|\bCC BY 4\.0|\d+(\.\d+){3}"
)
_STATES_NOTHING = re.compile(r"^(“|Choose |Press )|\ballowed\b|\?$")
_CITED = re.compile(r"arXiv:\d|doi:|https?://|\b(Section|Table|Figure)s? \d|\bet al\. \d{4}")
_NAMES_SOURCE = re.compile(rf"{_CITED.pattern}|`(python3? |[\w/]+\.py)|Measured on \d\d\d\d")
_END = re.compile(r"[.!][*”)]*$")
_SPLIT = re.compile(r"\s*\n+\s*|(?<!et al\.)(?<!\bno\.)(?<=[.!?])[*”)]*\s+(?=[“(*`{√]*[A-Z0-9{√])")
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
        """Whether it states a number of its own, or of nets how they behave, compare or come about.

        Names, labels, questions, requests, popular claims in quotes and what is allowed as input state nothing.
        """
        if _STATES_NOTHING.search(self.text) or not (_END.search(self.text) or _VERB.search(self.text)):
            return False
        return any(map(_claims, re.split(r"[;:](?=\s)", self.text)))


def _claims(clause: str) -> bool:
    said = _NAMES.sub("", re.sub(r"^[{}\s]+", "", clause))
    if re.search(r"\d", said):
        return True
    if not (_SUBJECT.search(clause) or _POINTS.match(clause)):
        return False
    return bool(_GENERAL.search(clause) or ("{}" not in said and _BEHAVES.search(clause)))


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
    for sentence in _SPLIT.split(shown):
        joined = " ".join(sentence.split())
        if len(re.findall(r"[^\W\d_]{2,}", joined)) > 2 and not joined.startswith("<"):
            yield joined


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a module, docstrings left out, each with its line; those inside of others too."""
    bodies = (node.body for node in ast.walk(tree) if isinstance(getattr(node, "body", None), list))
    docstrings = {each.value for body in bodies for each in body if isinstance(each, ast.Expr)}

    def found(node: ast.AST) -> Iterator[tuple[int, str]]:
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(map(_part, node.values))
            parts = (each for each in node.values if isinstance(each, ast.FormattedValue))
            for part in parts:
                yield from found(part.value)
        elif isinstance(node, ast.Raise) or (isinstance(node, ast.keyword) and node.arg == "help"):
            return
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str) and node not in docstrings:
                yield node.lineno, node.value
        else:
            for child in ast.iter_child_nodes(node):
                yield from found(child)

    yield from found(tree)


def _part(node: ast.expr) -> str:
    if isinstance(node, ast.FormattedValue):
        return "{name}" if _NAMED.search(ast.unparse(node.value)) else "{}"
    return str(getattr(node, "value", ""))


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
