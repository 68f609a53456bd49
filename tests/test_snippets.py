"""Every piece of code in README and documents runs, and every command in them is one that there is."""

import ast
import contextlib
import json
import re
import shlex
import sys
import types
from pathlib import Path
from typing import Any

import pytest
from distributed.cli.dask_scheduler import main as dask_scheduler
from distributed.cli.dask_worker import main as dask_worker

import tasks
from resnet_explorer.cli import _parser, main
from resnet_explorer.jobs.admission import WORKERS
from resnet_explorer.jobs.place import PLACE
from tests import claims

ROOT = Path(__file__).parents[1]
DOCUMENTS = {path: path.read_text(encoding="utf-8") for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]}
FENCED = re.compile(r"^```(.*)\n([\s\S]*?)^```$", re.MULTILINE)
INLINE = re.compile(r"`((?:python3?|pip|streamlit|resnet-explorer|env) [^`]+)`")
NO_CODE = {"text", "{include} ../README.md", "{toctree}", "{eval-rst}"} | {
    f"{{include}} ../{name}.md" for name in ("CHANGELOG", "CONTRIBUTING", "SECURITY")
}
BLOCKS = [(path, *found) for path, text in DOCUMENTS.items() for found in FENCED.findall(text)]
LINES = [line for _, language, text in BLOCKS if not language for line in text.splitlines() if line]
WORDS = sorted({words for text in DOCUMENTS.values() for words in INLINE.findall(text)})
PYTHON = {path: [text for each, kind, text in BLOCKS if (each, kind) == (path, "python")] for path in DOCUMENTS}
PYTHON = {path: texts for path, texts in PYTHON.items() if texts}
SELF = ("python -m resnet_explorer", "resnet-explorer")


def arguments(line: str, program: str) -> list[str] | None:
    """What the line hands to that program; None if it calls another one."""
    words, start = shlex.split(line, comments=True), program.split()
    return words[len(start) :] if words[: len(start)] == start else None


def test_every_block_of_code_is_looked_at() -> None:
    assert {language for _, language, _ in BLOCKS} - NO_CODE == {"", "python"}
    assert {path.name for path in PYTHON} == {"README.md", "adding.md", "api.md"}
    assert len(LINES) > 15
    assert len(WORDS) > 15


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.name)
def test_code_runs_from_top_to_bottom_and_gives_what_stands_beside_it(path: Path) -> None:
    known: dict[str, Any] = {}
    for text in PYTHON[path]:
        for statement in ast.parse(text).body:
            code = ast.unparse(statement)
            if not isinstance(statement, ast.Expr):
                exec(code, known)  # noqa: S102 - our own documents
                continue
            found = eval(code, known)  # noqa: S307 - likewise
            with contextlib.suppress(SyntaxError, ValueError):  # words, not a value
                assert found == ast.literal_eval(text.splitlines()[statement.lineno - 1].partition("# ")[2])


def test_the_block_of_the_guide_is_the_basic_block() -> None:
    (text,) = PYTHON[ROOT / "docs" / "adding.md"]
    module = (ROOT / "resnet_explorer" / "spec" / "blocks" / "basic.py").read_text(encoding="utf-8")
    shown, written = (
        [ast.unparse(line) for node in ast.parse(code).body if isinstance(node, ast.FunctionDef) for line in node.body]
        for code in (text, module)
    )
    assert shown == written


@pytest.mark.parametrize("line", [line for line in LINES if arguments(line, SELF[0])])
def test_a_command_of_ours_does_what_it_says(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As it stands, but that nets are trained for two steps, by one worker, runs kept apart, torchvision a stand-in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(WORKERS, "1")
    monkeypatch.setenv(PLACE, str(tmp_path))
    monkeypatch.setitem(sys.modules, "torchvision", types.ModuleType("torchvision"))
    models = types.ModuleType("torchvision.models")
    exec("import resnet_explorer\ndef resnet50(): return resnet_explorer.build('resnet50', init=None)", vars(models))  # noqa: S102
    monkeypatch.setitem(sys.modules, "torchvision.models", models)
    given = arguments(line, SELF[0])
    assert given
    assert main([*given, *(["--steps", "2"] if given[0] == "train" else [])]) == 0
    out = capsys.readouterr().out
    assert json.loads(out) if "--json" in given else len(out.strip().splitlines()) >= 1


@pytest.mark.parametrize("line", [*LINES, *WORDS])
def test_every_command_is_one_that_there_is(line: str) -> None:
    known = [(check, given) for program, check in PROGRAMS.items() if (given := arguments(line, program)) is not None]
    assert known, "what checks this command?"
    check, given = known[0]
    assert check(given)


def _ours(given: list[str]) -> object:
    return _parser().parse_args(given or ["list"])


def _task(given: list[str]) -> object:
    return re.search(rf"^  {given[0]} ", tasks.USAGE, re.MULTILINE)


def _pip(given: list[str]) -> bool:
    extra = re.fullmatch(r"(?:\.|resnet-explorer)\[(\w+)\]", given[0])
    named, file = (f"\n{extra[1]} = [", "pyproject.toml") if extra else (f"{given[0]}\n", "requirements.txt")
    return named in (ROOT / file).read_text(encoding="utf-8")


PROGRAMS = {
    **dict.fromkeys(SELF, _ours),
    "python3 tasks.py": _task,
    "pip install": _pip,
    "streamlit run": lambda given: (ROOT / given[0]).is_file(),
    "python -m tests.claims": lambda given: not given and claims.__file__,
    "docker compose -f": lambda given: (ROOT / given[0]).is_file() and given[1:] == ["up", "--build"],
    "dask scheduler": lambda given: dask_scheduler.make_context("", given),
    "python scripts/make_icons.py": lambda given: not given,
    "python -m hatchling": lambda given: given == ["build"],
    "env -u MALLOC_TRIM_THRESHOLD_ OMP_NUM_THREADS=1 dask worker": lambda given: dask_worker.make_context("", given),
    **{
        f"python -m benchmarks.{path.stem}": lambda given: not given for path in (ROOT / "benchmarks").glob("[a-z]*.py")
    },
}
