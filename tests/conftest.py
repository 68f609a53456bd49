"""Settings shared by all tests."""

import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from tests.kept import compare

# One thread per process: reproducible sums, and two test processes do not fight over two cores. Set before torch loads.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Tests keep no runs in the folder of whoever runs them.
os.environ.setdefault("RESNET_EXPLORER_STORE", "off")
# What was compiled is kept, tests too: they start Python a hundred times, and a container may have told it not to.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A slow machine is no failure, and the same commit gives the same verdict twice.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


SLOW = (
    "tests/browser/", "tests/canvas/", "tests/jobs/", "tests/model/", "tests/tasks/", "tests/ui/",
    "tests/analysis/test_ledger.py", "tests/checkpoints/test_hostile.py", "tests/checkpoints/test_load.py",
    "tests/experiments/test_command.py", "tests/experiments/test_must_hold.py",
    "tests/experiments/test_recorded.py", "tests/test_cli.py", "tests/test_installation.py", "tests/test_numbers.py",
    "tests/test_requirements.py", "tests/test_site.py", "tests/test_snippets.py", "tests/test_startup.py",
    "tests/test_systems.py", "tests/test_wheel.py",
)  # fmt: skip
"""What runs real modules or processes, or opens pages: left out by `test --fast`."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Slow faults run where they are asked for: `python3 tasks.py faults`. The fast lane does not read what is slow."""
    asked = any("faults" in str(each) for each in config.args)
    name = collection_path.relative_to(config.rootpath).as_posix() + "/" * collection_path.is_dir()
    slow = config.option.markexpr == "not slow" and name.startswith(SLOW)
    return True if slow or (collection_path.name == "faults" and not asked) else None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--keep", action="store_true", help="keep what is drawn and said now, once it was looked at")


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Holds a text against the one of that name in `tests/reference/kept`."""
    return partial(compare, anew=request.config.getoption("--keep"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.nodeid.startswith("tests/browser/"))  # Playwright leaves an event loop behind
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker("slow")


def pytest_collection_finish() -> None:
    """Garbage is looked for less often, and not among thousands of tests and all that they import: those stay."""
    gc.freeze()
    gc.set_threshold(7_000, 10, 20)


class Files(LoadFileScheduling):  # type: ignore[misc]  # xdist ships no types
    """Deals out files; of the browser's folder, which comes last and takes longest, single tests that share nothing."""

    def _split_scope(self, nodeid: str) -> str:
        shares = "test_installed.py" in nodeid or not nodeid.startswith("tests/browser/")
        return str(super()._split_scope(nodeid)) if shares else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Files:
    return Files(config, log)
