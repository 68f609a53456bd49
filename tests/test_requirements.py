"""Every library that is imported is named: in the pins of the app and of development, and in the wheel's extras."""

import ast
import functools
import importlib.metadata
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from benchmarks._peers_shown import PEERS
from resnet_explorer import installation

ROOT = Path(__file__).parents[1]
OURS = {"resnet_explorer", "tests", "benchmarks", "tasks", *(path.stem for path in (ROOT / "tests").rglob("*.py"))}
NEVER_IMPORTED = {
    "furo",  # named in the settings of Sphinx,
    "myst-parser",
    "brotli",  # what fonttools reads and writes woff2 with,
    "import-linter",  # commands,
    "mypy",
    "ruff",
    "pandas-stubs",  # types,
    "pytest-playwright",  # and plugins of pytest
    "pytest-timeout",
}
TAKEN = {"uvloop", "orjson"}  # which Streamlit's server and plotly take where they are there
TINY = "blocks=1,1&width=8&stem=cifar&image=8&classes=10"
TORCH_IS_NOT_FOR = "dask distributed pandas plotly pyarrow starlette streamlit"

distributions = functools.cache(importlib.metadata.packages_distributions)


def imported(*places: str) -> set[str]:
    """The libraries that these files and folders import, anywhere in them, by the names of what is installed."""
    found: set[str] = set()
    for path in (
        each for place in places for each in ([ROOT / place] if "." in place else (ROOT / place).rglob("*.py"))
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module)
    modules = {name.partition(".")[0] for name in found} - OURS - set(sys.stdlib_module_names)
    return {canonicalize_name(distributions()[module][0]) for module in modules}


def read(name: str) -> list[Requirement]:
    """The lines of a file of pins."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def names(requirements: Iterable[Requirement]) -> set[str]:
    return {canonicalize_name(each.name) for each in requirements}


APP, DEVELOPMENT, BENCHMARK = map(read, ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {extra: list(map(Requirement, lines)) for extra, lines in PROJECT["optional-dependencies"].items()}
RANGES = [each for lines in EXTRAS.values() for each in lines if each.name != PROJECT["name"]]


def test_the_product_imports_what_its_pins_and_its_extras_name() -> None:
    used = imported("resnet_explorer", "pages", "app.py")
    assert used == names(APP) - TAKEN
    assert used == names(RANGES) - TAKEN


def test_all_extras_are_what_all_brings() -> None:
    assert PROJECT["dependencies"] == []
    (everything,) = EXTRAS["all"]
    assert everything.name == PROJECT["name"]
    assert everything.extras == set(EXTRAS) - {"all"}


def test_development_imports_what_is_pinned() -> None:
    used = imported("tests", "benchmarks", "scripts", "tasks.py", "docs/conf.py")
    assert used - names(APP) == names(DEVELOPMENT) - NEVER_IMPORTED
    assert names(DEVELOPMENT) >= NEVER_IMPORTED


def test_the_tools_of_others_are_for_one_benchmark_alone() -> None:
    others = names(BENCHMARK) - {"accelerate", "transformers"}  # which one of them needs
    assert others == set(PEERS)
    assert not names(BENCHMARK) & (names(APP) | names(DEVELOPMENT) | names(RANGES))


@pytest.mark.parametrize("pin", [*APP, *DEVELOPMENT, *BENCHMARK], ids=str)
def test_what_is_pinned_is_one_version_and_within_its_range(pin: Requirement) -> None:
    (exact,) = pin.specifier
    assert exact.operator == "=="
    ranges = [each.specifier for each in RANGES if canonicalize_name(each.name) == canonicalize_name(pin.name)]
    assert all(each.contains(exact.version) for each in ranges)
    assert all("<" in str(each) or "20" in str(each) or pin.name == "pyarrow" for each in ranges)


@pytest.mark.parametrize("library", sorted(names(RANGES)))
def test_a_library_is_called_as_what_it_is_imported_as(library: str) -> None:
    """So that a missing module can be looked up among the extras, see `installation`."""
    assert canonicalize_name(distributions()[installation.imported(library)][0]) == library


def test_the_extra_torch_is_enough_to_build_and_to_train() -> None:
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({TORCH_IS_NOT_FOR.split()}));"
        f"import resnet_explorer as rx; rx.build(rx.from_query({TINY!r}), seed=0);"
        "from resnet_explorer.cli import main;"
        f"sys.exit(main(['experiment', 'own', '--own_steps', '2', '--batch', '4', '--net_1', {TINY!r}, '--net_2', '']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
