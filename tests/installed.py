"""The package as people install it: built, and put into a virtual environment of its own, without a network."""

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALL_LIBRARIES = f"import sys; sys.path.append({sysconfig.get_path('purelib')!r})"


@dataclass(frozen=True)
class Installed:
    """A virtual environment that has nothing but the wheel, and what was built."""

    folder: Path
    wheel: Path
    sdist: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def command(self) -> Path:
        """What `resnet-explorer` is there."""
        return self.python.with_name("resnet-explorer.exe" if os.name == "nt" else "resnet-explorer")

    def environment(self, home: Path, *, libraries: bool) -> dict[str, str]:
        """The variables of a person with an empty home; `libraries`: with those that these tests have."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "STREAMLIT"))}
        more = {"PYTHONPATH": str(self.folder / "libraries")} if libraries else {}
        return {**kept, **more, "HOME": str(home), "USERPROFILE": str(home), "PYTHONUNBUFFERED": "1"}


def install(folder: Path) -> Installed:
    """Build the package, and install its wheel and nothing else."""
    _run("-m", "hatchling", "build", "-d", str(folder))
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    made = Installed(folder / "venv", wheel, sdist)
    _run("-m", "venv", "--without-pip", str(made.folder))
    pip = ("-m", "pip", "--python", str(made.python), "install", "--quiet", "--no-compile")
    _run(*pip, "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel))
    (made.folder / "libraries").mkdir()
    (made.folder / "libraries" / "sitecustomize.py").write_text(ALL_LIBRARIES, encoding="utf-8")
    return made


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
