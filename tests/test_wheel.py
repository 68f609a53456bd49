"""The package as people get it: what is in it, and what runs where nothing else is installed."""

import json
import subprocess
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from resnet_explorer import __version__
from tests import bare
from tests.installed import ROOT, Installed, install

FOLDERS = ("resnet_explorer", "pages", "tests", "docs", "benchmarks", "scripts", ".streamlit", ".ci")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def alone(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What came of `bare.py`, run by the interpreter that has nothing but the wheel."""
    empty = tmp_path_factory.mktemp("empty")
    done = subprocess.run(
        [installed.python, ROOT / "tests" / "bare.py"],
        cwd=empty,
        env=installed.environment(empty, libraries=False),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def files(folder: str) -> set[str]:
    """Every file below a folder, by its path from the top, but for what Python and npm leave there."""
    found = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in found if not {"__pycache__", "node_modules"} & set(path.parts)}


def test_the_wheel_has_the_package_and_the_app_and_nothing_else(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = wheel.namelist()
        same = {name: wheel.read(f"resnet_explorer/app/{name}") for name in ("app.py", ".streamlit/config.toml")}
    about = f"resnet_explorer-{__version__}.dist-info/"
    assert sorted(name for name in names if not name.startswith(about)) == sorted(
        files("resnet_explorer")
        | {f"resnet_explorer/app/{name}" for name in ("app.py", ".streamlit/config.toml", *files("pages"))}
    )
    assert {name.removeprefix(about) for name in names if name.startswith(about)} == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "entry_points.txt",
        "licenses/LICENSE",
        "licenses/resnet_explorer/ui/app/icons/LICENSE",
    }
    for name, content in same.items():
        assert content == (ROOT / name).read_bytes()


def test_the_source_has_what_its_tests_need(installed: Installed) -> None:
    with tarfile.open(installed.sdist) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    top = {"app.py", "tasks.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt", "README.md", "LICENSE"}
    assert top | set().union(*map(files, FOLDERS)) <= names


def test_without_any_library_it_counts_and_draws_as_with_all(alone: Any, installed: Installed) -> None:
    assert Path(alone["place"]).is_relative_to(installed.folder)
    assert alone["foreign"] == []
    assert alone["commands"] == bare.commands()
    assert alone["pictures"] == bare.pictures()
    header_alone, pickled = alone["weights"]
    assert "another net: of no known kind" in header_alone
    assert "this needs torch" in pickled
    assert all(alone["commands"].values())


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [
        *((" ".join(each), "torch", "torch") for each in bare.LACKING if each != ("app",)),
        ("app", "dask", "app"),
        ("build", "torch", "torch"),
        ("frame", "pandas", "table"),
    ],
)
def test_what_needs_more_says_so_in_a_sentence(alone: Any, name: str, library: str, extra: str) -> None:
    said = f'this needs {library}, which is not installed: pip install "resnet-explorer[{extra}]"'
    assert alone["lacking"][name].removeprefix("resnet-explorer: error: ").rstrip("\n") == said


def test_the_installed_command_runs_in_any_folder(installed: Installed, tmp_path: Path) -> None:
    done = subprocess.run(
        [installed.command, "summary", "resnet50"],
        cwd=tmp_path,
        env=installed.environment(tmp_path, libraries=False),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "4,089,184,256" in done.stdout


def test_it_is_named_and_numbered_once(installed: Installed) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" not in project
    assert installed.wheel.name == f"resnet_explorer-{__version__}-py3-none-any.whl"
