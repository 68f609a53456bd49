"""The app's server as a process of its own, for tests that ask it from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS, STOP_SECONDS = 180, 15
STREAMLIT = ("-m", "streamlit")


@dataclass(frozen=True)
class Server:
    """The app, running on a port of this machine."""

    url: str
    process: subprocess.Popen[bytes]
    log_file: Path

    @property
    def log(self) -> str:
        """What the server has written so far."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")


def serving(
    folder: Path, program: tuple[str, ...] = STREAMLIT, environment: Mapping[str, str] | None = None
) -> AbstractContextManager[Server]:
    """The real server, started as people start it; stopped as a system stops it. Its log is in that folder."""

    def command(port: int) -> list[str | Path]:
        options = {"port": port, "address": "127.0.0.1", "headless": "true"}
        flags = [f"--server.{name}={value}" for name, value in options.items()]
        return [sys.executable, *program, "run", "app.py", *flags]

    return started(command, folder / "log.txt", ROOT, {**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})})


@contextmanager
def started(
    command: Callable[[int], Sequence[str | Path]],
    log_file: Path,
    folder: Path,
    environment: Mapping[str, str],
    ending: signal.Signals = signal.SIGTERM,
) -> Iterator[Server]:
    """A server on a free port, which its command is told, in that folder; ended by that signal."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log_file.open("wb") as log:
        process = subprocess.Popen(command(port), cwd=folder, stdout=log, stderr=subprocess.STDOUT, env=environment)
    running = Server(f"http://127.0.0.1:{port}", process, log_file)
    try:
        _wait_until_healthy(running)
        yield running
    finally:
        process.send_signal(ending)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_healthy(server: Server) -> None:
    """Wait for the first answer of the server; fail with its log where none comes."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not start:\n{server.log}", pytrace=False)
