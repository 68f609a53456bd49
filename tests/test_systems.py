"""What differs between systems, tried with the names taken away that others do not have."""

import ast
import asyncio
import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import psutil
import pytest

import tasks
from resnet_explorer import cli, processor
from resnet_explorer.jobs import machine, process, worker
from resnet_explorer.ui.parts import files

ROOT = Path(__file__).parents[1]
SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that is not POSIX, as far as our own code can tell."""
    for name in ("setpriority", "getpriority", "nice", "sched_getaffinity", "sysconf", "geteuid", "getloadavg"):
        monkeypatch.delattr(os, name, raising=False)
    monkeypatch.delattr(signal, "SIGKILL", raising=False)
    monkeypatch.setattr(machine, "CGROUP", Path("nowhere"))
    monkeypatch.setattr(processor, "CPUINFO", Path("nowhere"))


def test_a_worker_yields_to_others() -> None:
    code = "import psutil; from resnet_explorer.jobs.process import yield_to_others as y; y(); y(); "
    done = subprocess.run(
        [sys.executable, "-c", f"{code}print(psutil.Process().nice())"], capture_output=True, text=True, check=True
    )
    wanted = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", max(process.NICENESS, psutil.Process().nice()))
    assert int(done.stdout) == wanted


@pytest.mark.usefixtures("elsewhere")
def test_a_worker_is_prepared_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", 16384, raising=False)
    monkeypatch.setattr(psutil.Process, "nice", lambda _, value=None: told.append(value))
    monkeypatch.setattr(worker, "calibrated", lambda _: None)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    unused: Any = None
    asyncio.run(worker.Warm("tasks").setup(unused))
    assert told == [16384]


def test_processes_are_ended_whether_or_not_they_still_are() -> None:
    with subprocess.Popen(SLEEPS) as sleeper, subprocess.Popen(SLEEPS) as other:
        sleeper.kill()
        sleeper.wait()
        process.end([sleeper.pid, other.pid])
        assert other.wait(30) != 0


@pytest.mark.usefixtures("elsewhere")
def test_cores_and_memory_are_known_elsewhere() -> None:
    assert machine.cores() == os.cpu_count()
    assert machine.memory_bytes() == psutil.virtual_memory().total


@pytest.fixture
def apple(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    processor._brand.cache_clear()
    monkeypatch.setattr(processor, "CPUINFO", Path("nowhere"))
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    monkeypatch.setattr("platform.processor", lambda: "arm")
    return monkeypatch


def test_an_apple_says_what_it_is(apple: pytest.MonkeyPatch) -> None:
    apple.setattr(processor, "SYSCTL", (sys.executable, "-c", "print('Apple M2')"))
    assert processor.kind() == "Apple M2"


def test_an_apple_that_cannot_say_it_is_an_arm(apple: pytest.MonkeyPatch) -> None:
    for command in (("nowhere/sysctl",), (sys.executable, "-c", "raise SystemExit(1)")):
        processor._brand.cache_clear()
        apple.setattr(processor, "SYSCTL", command)
        assert processor.kind() == "arm"


def test_a_processor_is_another_one_where_libraries_are_told_to_leave_its_widest_vectors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ATEN_CPU_CAPABILITY", raising=False)
    monkeypatch.delenv("ONEDNN_MAX_CPU_ISA", raising=False)
    free = processor.kind()
    monkeypatch.setenv("ATEN_CPU_CAPABILITY", "avx2")
    assert processor.kind() == f"{free}, ATEN_CPU_CAPABILITY=avx2"


@pytest.mark.usefixtures("elsewhere")
def test_any_other_system_names_its_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    processor._brand.cache_clear()
    monkeypatch.setattr("platform.system", lambda: "Windows")
    monkeypatch.setattr("platform.processor", lambda: "Intel64 Family 6 Model 142 Stepping 12, GenuineIntel")
    assert processor.kind().startswith("Intel64 Family 6")


@pytest.mark.parametrize(
    "command",
    [
        "--help",
        "train --help",
        "list",
        "catalogue",
        "summary resnet18",
        "ledger resnet18",
        "compare plain34 resnet34",
        "compare plain34 resnet34 --json",
        "experiment --list",
    ],
)
def test_a_terminal_without_our_letters_is_told_all_the_same(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "resnet_explorer", *command.split()],
        env={**os.environ, "PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"},
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout) > 100


def test_whoever_stops_reading_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "resnet_explorer", "summary", "demo_resnet18"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as teller:
        assert teller.stdout
        assert teller.stderr
        teller.stdout.close()
        assert teller.stderr.read() == b""
        assert teller.wait(30) == 0


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EINVAL])
def test_a_pipe_that_is_closed_has_two_names(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_: str) -> None:
        raise OSError(number, "closed")

    with (tmp_path / "pipe").open("wb") as file:
        monkeypatch.setattr(sys, "stdout", SimpleNamespace(write=closed, flush=lambda: None, fileno=file.fileno))
        cli._tell("text")


def test_a_full_disk_is_no_closed_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: str) -> None:
        raise OSError(errno.ENOSPC, "disk is full")

    monkeypatch.setattr(sys, "stdout", SimpleNamespace(write=full, flush=lambda: None))
    with pytest.raises(OSError, match="disk"):
        cli._tell("text")


def test_a_table_has_the_same_lines_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "linesep", "\r\n")
    assert files.csv(pd.DataFrame({"a": [1, 2]})) == "a\n1\n2\n"


def test_where_a_task_cannot_become_a_command_it_waits_through_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    pressed = [KeyboardInterrupt, KeyboardInterrupt]
    wait = subprocess.Popen.wait

    def interrupted(self: Any, timeout: float | None = None) -> int:
        if pressed:
            raise pressed.pop()
        return wait(self, timeout)

    monkeypatch.setattr(subprocess.Popen, "wait", interrupted)
    monkeypatch.setattr(tasks, "os", SimpleNamespace(name="nt"))
    assert tasks.hand_over(sys.executable, "-c", "import pathlib; pathlib.Path('tasks.py').stat()")
    assert not pressed
    assert not tasks.hand_over(sys.executable, "-c", "raise SystemExit(3)")


@pytest.mark.parametrize("failing", ["", "mypy", "win32", "npm", "lint-imports", "ruff check", "ruff format"])
def test_all_checks_are_run_at_once_and_one_that_fails_is_heard(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], failing: str
) -> None:
    def told(*command: Any) -> tuple[bool, str]:
        line = " ".join(map(str, command))
        return not failing or failing not in line, f"{line}\n"

    for task in ("install", "require_node"):
        monkeypatch.setattr(tasks, task, lambda *_: None)
    monkeypatch.setattr(tasks, "told", told)
    assert tasks.check() is not bool(failing)
    assert len(capsys.readouterr().out.splitlines()) == 6


def test_what_a_check_says_is_kept_whole() -> None:
    code = "import sys; print('one', flush=True); print('two', file=sys.stderr); sys.exit(3)"
    assert tasks.told(sys.executable, "-c", code) == (False, "one\ntwo\n")
    assert tasks.told(sys.executable, "-c", "") == (True, "")


@pytest.mark.usefixtures("elsewhere")
def test_chromium_is_looked_for_where_nobody_is_root(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[Any, ...]] = []

    def call(*command: Any, quiet: bool = False) -> bool:
        called.append((*command, quiet))
        return command[-1] == "chromium"

    monkeypatch.setattr(tasks, "chromium", lambda: None)
    monkeypatch.setattr(tasks, "playwright_has_chromium", lambda: False)
    monkeypatch.setattr(tasks, "call", call)
    tasks.require_chromium()
    assert called[-1][1:] == ("-m", "playwright", "install", "--with-deps", "chromium", False)


@pytest.mark.parametrize(
    "file",
    [*(ROOT / "resnet_explorer").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py", ROOT / "tasks.py"],
    ids=lambda file: file.name,
)
def test_texts_are_read_and_written_by_a_named_encoding(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            named = {keyword.arg for keyword in node.keywords}
            assert node.func.attr not in {"read_text", "write_text"} or "encoding" in named, node.lineno
