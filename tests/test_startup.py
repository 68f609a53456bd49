"""What is loaded by whom, where every library is installed: counted in modules, since seconds depend on the machine."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOADED = "print(*sorted(set(sys.modules) - before), sep='\\n')"


def loaded(code: str) -> set[str]:
    """The modules that a fresh interpreter has after the code and had not before."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; before = set(sys.modules); {code}; {LOADED}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split("LOADED")[-1].split())


def foreign(modules: set[str]) -> set[str]:
    """Those that are neither Python's nor ours."""
    return {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names) - {"resnet_explorer"}


def test_the_package_itself_loads_nothing() -> None:
    found = loaded("import resnet_explorer")
    assert {name for name in found if name.startswith("resnet_explorer")} == {"resnet_explorer"}
    assert not foreign(found)
    assert not found & {"dataclasses", "importlib.metadata", "json"}


@pytest.mark.parametrize(
    "code",
    [
        "import resnet_explorer as rx; rx.analyse(rx.preset('resnet50'))",
        "from resnet_explorer import diagrams",
        "from resnet_explorer.experiments import EXPERIMENTS",
        "import resnet_explorer.jobs, resnet_explorer.tasks",
        "from resnet_explorer.cli import main; main(['list']); print('LOADED')",
        "from resnet_explorer.cli import main; main(['compare', 'plain34', 'resnet34']); print('LOADED')",
        "from resnet_explorer.cli import main; main(['experiment', '--list']); print('LOADED')",
    ],
)
def test_what_counts_draws_and_describes_loads_no_library(code: str) -> None:
    found = loaded(code)
    assert "resnet_explorer.spec" in found
    assert not foreign(found)
    assert "cli" not in code or "resnet_explorer.jobs" not in found


def test_charts_load_no_library_before_they_are_drawn() -> None:
    assert not foreign(loaded("from resnet_explorer.figures import plot, dots, surface, waterfall, roofline"))
