"""The documentation is complete: every entry of a registry that people meet is defined."""

import ast
import dataclasses
import json
import re
from pathlib import Path

import pytest

from benchmarks import _peers_shown as peers
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.spec.blocks import BLOCKS, Block
from resnet_explorer.spec.norms import NORMS
from resnet_explorer.spec.stems import Stem
from resnet_explorer.tasks.initialisation import INITS
from resnet_explorer.ui.view.navigation import PAGES
from tests.browser.checks import MOST_STOPS
from tests.claims import REGISTER
from tests.conftest import SLOW

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", [*METRICS.names, *BLOCKS.names, *NORMS.names, *INITS])
def test_every_entry_is_defined(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_stands_in_the_readme(page: object) -> None:
    assert f"**{page.title}**" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("what", "record"), [("a block type", Block), ("a stem", Stem)])
def test_what_a_record_is_made_of_stands_in_the_row_that_tells_how_to_add_one(what: str, record: type) -> None:
    [row] = re.findall(rf"^\| {what}\b.*", (ROOT / "docs" / "adding.md").read_text(encoding="utf-8"), re.MULTILINE)
    told = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", row))))
    assert {field.name for field in dataclasses.fields(record)} <= told


def test_every_setting_of_the_environment_is_documented() -> None:
    package = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "resnet_explorer").rglob("*.py"))
    files = (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    documents = "".join(file.read_text(encoding="utf-8") for file in files)
    names = set(re.findall(r"\"(RESNET_EXPLORER_[A-Z_]+)\"", package))
    assert len(names) > 5
    assert names <= set(re.findall(r"RESNET_EXPLORER_[A-Z_]+", documents))


def test_the_stops_that_are_counted_are_told() -> None:
    told = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    assert f"every page, and every recorded experiment on a phone: at most {MOST_STOPS} stops of the Tab key" in told


def test_the_table_of_scripts_says_what_each_asks() -> None:
    folder = ROOT / "resnet_explorer" / "ui" / "canvas" / "scripts"
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told: dict[str, set[str]] = {}
    for row in re.findall(r"^\|(.*`\w+\.js`.*)\|(.*)\|$", text, re.MULTILINE):
        modules, asked = (re.findall(r"`(\w+\.js)`", cell) for cell in row)
        for module in modules:
            told.setdefault(module, set()).update(asked)
    asking = re.compile(r'^(?:import|\}).* from "\./(\w+\.js)";$', re.MULTILINE)
    asks = {file.name: set(asking.findall(file.read_text(encoding="utf-8"))) for file in folder.glob("*.js")}
    asks["load.js"] = {"main.js"}  # by the address that the server writes there
    assert told == {name: each - {"dom.js"} for name, each in asks.items() if each - {"dom.js"}}
    assert {f"`{file.name}`" for file in folder.glob("*.[jd]*s")} <= set(re.findall(r"`[\w.]+`", text))


def test_documents_name_files_that_exist() -> None:
    package = ROOT / "resnet_explorer"
    for document in set((ROOT / "docs").glob("*.md")) - {REGISTER}:  # which has its own tests
        for word in document.read_text(encoding="utf-8").replace("(", "`").split("`"):
            if word.endswith((".py", "/")) and "NAME" not in word and " " not in word:
                assert (ROOT / word).exists() or (package / word).exists(), f"{document.name} names {word}"


@pytest.mark.parametrize("file", sorted((ROOT / "resnet_explorer").rglob("*.py")), ids=lambda file: file.name)
def test_modules_and_functions_keep_their_budget(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 40, node.name


@pytest.mark.parametrize("file", sorted((ROOT / "pages").glob("*.py")), ids=lambda file: file.name)
def test_pages_keep_their_budget(file: Path) -> None:
    assert file.read_text(encoding="utf-8").count("\n") <= 80


def test_what_the_fast_lane_leaves_out_is_there() -> None:
    assert [name for name in SLOW if not (ROOT / name).exists()] == []


def test_the_page_beside_others_is_made_of_what_was_measured() -> None:
    result = json.loads(peers.RESULT.read_text(encoding="utf-8"))
    judged = "ResNet-152"
    assert peers.PAGE.read_text(encoding="utf-8") == peers.page(result, judged)
    assert peers.PICTURE.read_text(encoding="utf-8") == peers.picture(result)
    found = peers.ratios(result["cpu_seconds"][judged])
    assert (found["fvcore"] >= 300, found["fastest"] >= 75, found["from_module"] <= 1.6) == (True, True, True)
