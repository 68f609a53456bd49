"""One word is one thing: no two modules of the package define a class, or have a registry, of one name."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1] / "resnet_explorer"

SAME = {
    "Activation": "an activation as an option, and as an operation of an imported net",
    "Blur2d": "the operation of a description, and the module of torch that carries it out",
    "Facts": "what is known of a set of data before it is read, and of a call in somebody's module",
    "INITS": "the names of the initialisations, and the functions that have these names",
    "PadChannels": "the operation of a description, and the module of torch that carries it out",
    "Scale": "the operation of a description, and the module of torch that carries it out",
}
"""Names that stand in two modules, and why. The code that measures keeps its names: recorded runs name its hash."""


def defined(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The names of a module's classes and constants, and what each is: a class, a registry, or another constant."""
    for each in tree.body:
        if isinstance(each, ast.ClassDef) and not each.name.startswith("_"):
            yield each.name, "class"
        elif isinstance(each, ast.Assign | ast.AnnAssign):
            targets = each.targets if isinstance(each, ast.Assign) else [each.target]
            is_registry = isinstance(each.value, ast.Call) and ast.unparse(each.value.func) == "Registry"
            for name in (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)):
                if name.isupper():
                    yield name, "registry" if is_registry else "constant"


def twice(root: Path) -> dict[str, list[str]]:
    """The names of classes and registries that more than one module gives to something, and these modules."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for file in sorted(root.rglob("*.py")):
        for name, kind in defined(ast.parse(file.read_text(encoding="utf-8"))):
            found[name].append((kind, file.relative_to(root).as_posix()))
    return {
        name: [where for _, where in places]
        for name, places in found.items()
        if len(places) > 1 and any(kind != "constant" for kind, _ in places)
    }


def test_one_name_is_one_thing() -> None:
    found = twice(ROOT)
    assert {name: where for name, where in found.items() if name not in SAME} == {}
    assert set(SAME) <= set(found), "an exception that is none any more"


@pytest.mark.parametrize("word", ["ablation", "latency", "receptive", "schedule"])
def test_a_word_of_the_field_leads_to_code(word: str) -> None:
    sources = (file.read_text(encoding="utf-8") for file in ROOT.rglob("*.py"))
    assert any(re.search(rf"^\s*(def|class) \w*{word}", source, re.IGNORECASE | re.MULTILINE) for source in sources)


def test_a_name_that_is_given_twice_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("class Track: ...\n\nROWS = Registry('row', ())\nLIMIT = 1\n", encoding="utf-8")
    (tmp_path / "two.py").write_text("class Track: ...\n\nROWS, LIMIT = (), 2\n", encoding="utf-8")
    assert twice(tmp_path) == {"Track": ["one.py", "two.py"], "ROWS": ["one.py", "two.py"]}
