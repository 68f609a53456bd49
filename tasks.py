#!/usr/bin/env python3
"""Set up, run, test, check and measure ResNet Explorer: `python3 tasks.py run`.

Needs nothing but Python 3.11+; `test` and `check` need Node besides, and install it where they can. Each task first
makes `.venv` and installs the pinned requirements into it; a stamp in `.venv` remembers what was installed, so that the
next call starts at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
SCRIPT_TESTS = ROOT / "tests" / "canvas"
LEAST_NODE = "20.19"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TWO_AT_ONCE = ("-n", "2")
EVERYTHING = (*TWO_AT_ONCE, "--no-loadscope-reorder")
USAGE = """usage: python3 tasks.py TASK [ARGUMENTS]

  run    open the app               arguments go to streamlit:  run --server.port 8600
  test   run every test             arguments go to pytest:     test -k gradients
                                    test --fast: what takes no browser, page, training or process
  faults run the slow tests of what may go wrong with servers and clusters
  check  format, lint, types and layers
  docs   make the site of the documents in build/docs
  bench  run the benchmarks         arguments name some:        bench page"""


class TaskError(Exception):
    """A task cannot go on; the message says what to do, in one sentence."""


def call(*command: str | Path, quiet: bool = False) -> bool:
    """Run a command in the project's folder and tell whether it succeeded."""
    output = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(command, cwd=ROOT, stdout=output, stderr=output, check=False).returncode == 0
    except FileNotFoundError:
        return False


def told(*command: str | Path) -> tuple[bool, str]:
    """Run a command in the project's folder; tell whether it succeeded, and all that it said."""
    ran = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    return ran.returncode == 0, ran.stdout


def hand_over(*command: str | Path) -> bool:
    """Become the command, so that Ctrl-C and other signals reach it alone; where that is not possible, wait for it."""
    if os.name != "nt":
        os.chdir(ROOT)
        os.execv(command[0], command)
    return wait_for(*command)


def wait_for(*command: str | Path) -> bool:
    """Run a command in the project's folder until it ends by itself: it hears Ctrl-C too, and may have to tidy up."""
    with subprocess.Popen(command, cwd=ROOT) as process:
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                return process.wait() == 0


def install(requirements: str) -> None:
    """Bring `.venv` up to one requirements file, unless its stamp says that this was done."""
    sources = (ROOT / name for name in ("requirements.txt", requirements, "pyproject.toml"))
    wanted = hashlib.sha256(b"\0".join([sys.version.encode(), bytes(ROOT), *(s.read_bytes() for s in sources)]))
    stamp = VENV / f"{requirements}.installed"
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted.hexdigest():
        return
    if not (PYTHON.exists() and call(PYTHON, "-m", "pip", "--version", quiet=True)):
        make_venv()
    say(f"installing {requirements} into .venv (minutes the first time)")
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    if not (call(*pip, "-r", requirements) and call(*pip, "--no-deps", "-e", ".")):
        raise TaskError("pip failed, see its message above: connect to the network and run this again.")
    stamp.write_text(wanted.hexdigest(), encoding="ascii")


def make_venv() -> None:
    """Make an empty virtual environment."""
    say("making .venv")
    if not call(sys.executable, "-m", "venv", "--clear", VENV):
        raise TaskError(
            "Python's venv module is missing: install it (Debian, Ubuntu: apt install python3-venv) and run again."
        )


def chromium() -> str | None:
    """Find the path of an installed Chromium or Chrome."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def require_chromium() -> None:
    """Find a Chromium for the browser tests, or install one; they are never skipped."""
    if chromium() or playwright_has_chromium():
        return
    say("installing Chromium for the browser tests")
    if apt_install("chromium") and chromium():
        return
    if call(PYTHON, "-m", "playwright", "install", "--with-deps", "chromium"):
        return
    raise TaskError("The browser tests need Chromium: install `chromium` or `google-chrome` on PATH and run again.")


def apt_install(*packages: str) -> bool:
    """Install packages of Debian or Ubuntu where we may; tell whether they are there now."""
    root = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    if not Path("/etc/debian_version").exists() or (root and not call(*root, "true", quiet=True)):
        return False
    apt = (*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq")
    call(*apt, "update")
    return call(*apt, "install", "-y", "--no-install-recommends", *packages)


def nginx() -> str | None:
    """Find the path of an installed nginx, which may stand where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def require_nginx() -> None:
    """Find an nginx for the tests of two web processes, or install one; they are never skipped."""
    if nginx():
        return
    say("installing nginx for the tests of two web processes")
    if not (apt_install("nginx-light") and nginx()):
        raise TaskError("The tests of two web processes need nginx: install it and run again.")


def npm(*arguments: str) -> tuple[str | Path, ...]:
    """The command that runs npm where the tests of the drawings' scripts are."""
    return (shutil.which("npm") or "npm", "--prefix", SCRIPT_TESTS, *arguments)


def require_node() -> None:
    """Find a Node for the checks and tests of the drawings' scripts, or install one; they are never skipped."""
    if not has_node():
        say("installing Node for the checks of scripts")
        if not (apt_install("nodejs", "npm") and has_node()):
            raise TaskError(
                f"The checks of scripts need Node {LEAST_NODE} or newer: install it with npm and run again."
            )
    lock = (SCRIPT_TESTS / "package-lock.json").read_text(encoding="utf-8")
    stamp = SCRIPT_TESTS / "node_modules" / "installed"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == lock:
        return
    say("installing Node's packages for the checks of scripts")
    if not call(*npm("ci", "--loglevel", "error")):
        raise TaskError("npm failed, see its message above: connect to the network and run this again.")
    stamp.write_text(lock, encoding="utf-8")


def has_node() -> bool:
    """Tell whether there is a Node that is new enough, with npm."""
    script = f"process.exit(process.versions.node.localeCompare('{LEAST_NODE}', 'en', {{ numeric: true }}) < 0 ? 1 : 0)"
    return shutil.which("npm") is not None and call("node", "--eval", script, quiet=True)


def playwright_has_chromium() -> bool:
    """Tell whether Playwright has downloaded a Chromium of its own."""
    script = (
        "import os, sys; from playwright.sync_api import sync_playwright as p\n"
        "with p() as playwright: sys.exit(not os.path.exists(playwright.chromium.executable_path))"
    )
    return call(PYTHON, "-c", script, quiet=True)


def run(*arguments: str) -> bool:
    """Open the app."""
    install("requirements.txt")
    return hand_over(PYTHON, "-m", "streamlit", "run", "app.py", *arguments)


def test(*arguments: str) -> bool:
    """Run the tests: those of scripts, then all others on two processes, those in the browser last."""
    install("requirements-dev.txt")
    if arguments[:1] == ("--fast",):
        return hand_over(PYTHON, "-m", "pytest", *TWO_AT_ONCE, "-m", "not slow", *arguments[1:])
    require_node()
    if not arguments and not call(*npm("test", "--silent")):
        return False
    require_chromium()
    return hand_over(PYTHON, "-m", "pytest", *(arguments or EVERYTHING))


def faults(*arguments: str) -> bool:
    """Run the tests of faults that take too long for every day: killed servers, several of them, and a cluster."""
    install("requirements-dev.txt")
    require_nginx()
    return hand_over(PYTHON, "-m", "pytest", "-v", *(arguments or ("tests/faults",)))


def check() -> bool:
    """Check format, lint, types, here and as Windows has them, and layers, and scripts, and report on all of them."""
    install("requirements-dev.txt")
    require_node()
    ruff, mypy = (PYTHON, "-m", "ruff"), (PYTHON, "-m", "mypy")
    windows = (
        "--platform",
        "win32",
        "--cache-dir",
        ".mypy_cache/win32",
        "resnet_explorer",
        "pages",
        "app.py",
        "tasks.py",
    )
    scripts, layers = npm("run", "--silent", "check"), (BIN / "lint-imports",)
    slowest_first = (mypy, (*mypy, *windows), scripts, layers, (*ruff, "check"), (*ruff, "format", "--check"))
    passed = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for succeeded, said in pool.map(lambda command: told(*command), slowest_first):
            print(said, end="", flush=True)
            passed.append(succeeded)
    return all(passed)


def docs() -> bool:
    """Make the site; a warning is an error."""
    install("requirements-dev.txt")
    return call(PYTHON, "-m", "sphinx", "-W", "--keep-going", "-q", "docs", "build/docs")


def bench(*names: str) -> bool:
    """Run the benchmarks, one after the other."""
    install("requirements-dev.txt")
    known = sorted(path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py"))
    if unknown := set(names) - set(known):
        raise TaskError(f"unknown benchmark {', '.join(sorted(unknown))}; expected some of: {', '.join(known)}.")
    if "peers" in (names or known):
        install("requirements-bench.txt")
    return all([call(PYTHON, "-m", f"benchmarks.{name}") for name in names or known])  # noqa: C419 (each)


def say(message: str) -> None:
    """Tell the person at the terminal what goes on."""
    print(f"tasks: {message}", file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """Run one task by its name; return the exit status."""
    tasks = {"run": run, "test": test, "faults": faults, "check": check, "docs": docs, "bench": bench}
    if not arguments or arguments[0] not in tasks:
        print(USAGE)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    if sys.version_info < (3, 11):
        say("Python 3.11 or newer is needed, this is %d.%d; call tasks.py with a newer one." % sys.version_info[:2])
        return 1
    try:
        return 0 if tasks[arguments[0]](*arguments[1:]) else 1
    except TaskError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
