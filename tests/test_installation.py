"""What is told of a library that is missing, and how the app is opened."""

import importlib.metadata
import importlib.util
import runpy
import sys
from types import SimpleNamespace
from typing import Any

import pytest

import resnet_explorer as rx
from resnet_explorer.cli import main
from resnet_explorer.errors import Missing
from resnet_explorer.installation import APP_FOLDER, explained
from resnet_explorer.jobs import worker
from resnet_explorer.tasks.train import TrainConfig

TOLD = {"table": "pandas>=3", "torch": "torch<3,>=2; numpy", "app": "numpy; pandas; plotly; streamlit"}
TOLD["all"] = "; ".join(TOLD.values())
TORCH_FIRST = 'this needs torch, which is not installed: pip install "resnet-explorer[torch]"'


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the package says of itself, in short; `test_wheel.py` reads what it really says."""
    lines = [f'{each}; extra == "{extra}"' for extra, names in TOLD.items() for each in names.split("; ")]
    monkeypatch.setattr(importlib.metadata, "requires", lambda _name: lines)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What Streamlit is asked for, which is not started."""
    asked: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", sys.argv)
    monkeypatch.delenv("RESNET_EXPLORER_SCHEDULER", raising=False)

    def run(module: str, **_settings: Any) -> None:
        asked.append([module, *sys.argv[1:]])

    monkeypatch.setattr(runpy, "run_module", run)
    return asked


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a library look as if it were not installed."""
    find = importlib.util.find_spec

    def without(library: str) -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == library else find(name))

    return without


def missing(library: str) -> str:
    """What is told of a module that cannot be imported."""
    with pytest.raises(Missing) as caught, explained():
        raise ModuleNotFoundError(name=library)
    return str(caught.value)


@pytest.mark.parametrize(
    ("library", "extra"),
    [
        ("torch", "torch"),
        ("torch.nn", "torch"),
        ("pandas", "table"),
        ("numpy", "torch"),
        ("plotly", "app"),
        ("x", "all"),
    ],
)
def test_the_smallest_extra_that_brings_a_library_is_named(library: str, extra: str) -> None:
    assert missing(library).endswith(f'pip install "resnet-explorer[{extra}]"')
    assert missing(library).startswith(f"this needs {library.partition('.')[0]}, which is not installed")


def test_a_checkout_that_is_not_installed_tells_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "requires", unknown)
    assert missing("torch") == 'this needs torch, which is not installed: pip install "resnet-explorer[all]"'


@pytest.mark.parametrize("name", ["resnet_explorer.spec.nothing", None])
def test_a_fault_of_ours_is_not_told_as_a_missing_library(name: str | None) -> None:
    with pytest.raises(ModuleNotFoundError), explained():
        raise ModuleNotFoundError(name=name)


def test_who_counts_on_import_errors_and_who_on_ours_catch_it() -> None:
    assert issubclass(Missing, ImportError)
    assert issubclass(Missing, rx.ExplorerError)


def test_the_app_is_opened_by_streamlit_with_its_script(opened: list[list[str]]) -> None:
    assert main(["app", "--port", "8600", "--", "--server.headless", "true"]) == 0
    assert opened == [
        ["streamlit", "run", str(APP_FOLDER / "app.py"), "--server.port=8600", "--server.headless", "true"]
    ]
    assert (APP_FOLDER / ".streamlit" / "config.toml").is_file()


def test_without_torch_the_app_is_not_opened_unless_others_train(
    opened: list[list[str]], lacking: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking("torch")
    assert main(["app"]) == 2
    assert capsys.readouterr().err == f"resnet-explorer: error: {TORCH_FIRST}\n"
    monkeypatch.setenv("RESNET_EXPLORER_SCHEDULER", "tcp://127.0.0.1:8786")
    assert main(["app"]) == 0
    lacking("pandas")
    assert main(["app"]) == 2
    assert len(opened) == 1


def test_a_worker_that_lacks_a_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object) -> None:
        raise ModuleNotFoundError(name="torch")

    monkeypatch.setattr("resnet_explorer.tasks.TASKS", {"train": SimpleNamespace(carry_out=run)})
    with pytest.raises(Missing, match="this needs torch"):
        worker._run("resnet_explorer.tasks:TASKS", TrainConfig(net=rx.NetSpec()), print, bool)
