"""What a rerun of each page costs the server, beside Streamlit's own empty page.

`python -m benchmarks.page` starts the app and an empty page under the same configuration, each in a process of its own,
and reruns them in turn over their websockets, as a browser would. Linux only: it reads the processes' CPU clocks.

Goals: a full rerun within 25 CPU-ms and 8 times the empty page; a page usable within 2 s of a cold start.
"""

import asyncio
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake
from websockets.typing import Subprotocol

from resnet_explorer.ui.navigation import PAGES as REGISTERED

ROOT = Path(__file__).resolve().parents[1]
RESULT = "laboratory?experiment=degradation&guess=3"  # four recorded runs of 240 steps, with all of their charts
PAGES = (*("" if index == 0 else name for index, name in enumerate(REGISTERED.names)), RESULT)
STARTS, ROUNDS, RERUNS = 3, 10, 5  # 50 reruns of each page, in turns of five
START_SECONDS, IDLE_SECONDS = 60, 60
GOAL_CPU_MS, GOAL_RATIO, GOAL_START_SECONDS = 25, 8, 2


@dataclass(frozen=True)
class Server:
    """A Streamlit server of this machine."""

    process: asyncio.subprocess.Process
    port: int
    started: float

    def cpu_seconds(self) -> float:
        """CPU time of the process so far, user and system, all threads, without its children."""
        # The kernel's own clock of another process (clock_getcpuclockid), in nanoseconds where /proc counts in 10 ms.
        return time.clock_gettime((~self.process.pid << 3) | 2)

    async def idle(self) -> None:
        """Wait until the server has come to rest: its workers are up, its caches are written."""
        deadline = time.monotonic() + IDLE_SECONDS
        while time.monotonic() < deadline:
            before = self.cpu_seconds()
            await asyncio.sleep(1)
            if self.cpu_seconds() - before < 0.03:
                return


@dataclass(frozen=True)
class Timings:
    """What reruns of one page took."""

    cpu_ms: list[float] = field(default_factory=list)  # means of one turn each
    latency_ms: list[float] = field(default_factory=list)


@asynccontextmanager
async def running(script: Path) -> AsyncIterator[Server]:
    """Start a script as `streamlit run` does, with the project's configuration; stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    flags = [f"--server.{name}={value}" for name, value in options.items()]
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "streamlit", "run", str(script), *flags),
        cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield Server(process, port, started)
    finally:
        process.terminate()
        await process.wait()


async def connected(server: Server) -> ClientConnection:
    """Connect to a server that may still be starting."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return await connect(
                f"ws://127.0.0.1:{server.port}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None
            )
        except (OSError, InvalidHandshake):
            if time.monotonic() > deadline or server.process.returncode is not None:
                raise
            await asyncio.sleep(0.01)


async def rerun(connection: ClientConnection, page: str) -> float:
    """Run a page once and return the milliseconds until the server said that it had finished."""
    message = BackMsg()
    message.rerun_script.page_name, _, message.rerun_script.query_string = page.partition("?")
    message.rerun_script.context_info.timezone = "UTC"
    message.rerun_script.context_info.locale = "en-GB"
    started = time.perf_counter()
    await connection.send(message.SerializeToString())
    while True:
        answer = ForwardMsg.FromString(bytes(await connection.recv(decode=False)))
        if answer.WhichOneof("type") == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(f"page /{page} failed: {answer.delta.new_element.exception.message}")
        if answer.WhichOneof("type") == "script_finished":
            return (time.perf_counter() - started) * 1000


async def start_seconds(script: Path) -> float:
    """Seconds from a server's start until its first page has run."""
    async with running(script) as server, await connected(server) as connection:
        await rerun(connection, "")
        return time.perf_counter() - server.started


async def turn(server: Server, connection: ClientConnection, page: str, timings: Timings) -> None:
    """Rerun one page a few times and note what it took."""
    before = server.cpu_seconds()
    timings.latency_ms.extend([await rerun(connection, page) for _ in range(RERUNS)])
    await asyncio.sleep(0.05)  # what the server does after its answer belongs to the rerun
    timings.cpu_ms.append((server.cpu_seconds() - before) * 1000 / RERUNS)


async def measure(app: Path, empty: Path) -> dict[str, Timings]:
    """Rerun every page and the empty one in turns, so that a change of the machine's pace meets all alike."""
    found = {name: Timings() for name in ("empty", *PAGES)}
    async with running(app) as ours, running(empty) as theirs:
        # One session for each page, as open tabs are.
        sessions = [
            ("empty", theirs, await connected(theirs)),
            *[(name, ours, await connected(ours)) for name in PAGES],
        ]
        for name, server, connection in sessions:
            await turn(server, connection, "" if name == "empty" else name, Timings())  # warm up
        await ours.idle()
        for _ in range(ROUNDS):
            for name, server, connection in sessions:
                await turn(server, connection, "" if name == "empty" else name, found[name])
        for _, _, connection in sessions:
            await connection.close()
    return found


def table(found: dict[str, Timings]) -> str:
    """Lay out the medians, and the ratio to the empty page in the same round."""
    empty = found["empty"].cpu_ms
    rows = [f"{'page':<15} {'CPU-ms':>7} {'x empty':>8} {'p50 ms':>8} {'p95 ms':>8}"]
    for name, timings in found.items():
        ratio = statistics.median(ours / theirs for ours, theirs in zip(timings.cpu_ms, empty, strict=True))
        cpu = statistics.median(timings.cpu_ms)
        p50, p95 = (statistics.quantiles(timings.latency_ms, n=20)[index] for index in (9, 18))
        verdict = "" if cpu <= GOAL_CPU_MS and ratio <= GOAL_RATIO else "  over the goal"
        label = name if name == "empty" else "a finished race" if name == RESULT else f"/{name}"
        rows.append(f"{label:<15} {cpu:7.1f} {ratio:8.1f} {p50:8.1f} {p95:8.1f}{verdict}")
    return "\n".join(rows)


async def start_times(app: Path, empty: Path) -> tuple[float, float]:
    """Median seconds until the first page is usable, the app's and an empty one's, started in turns."""
    seconds = [(await start_seconds(app), await start_seconds(empty)) for _ in range(STARTS)]
    ours, theirs = zip(*seconds, strict=True)
    return statistics.median(ours), statistics.median(theirs)


def main() -> None:
    """Measure and print."""
    app = ROOT / "app.py"
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "app.py")
        empty.write_text('import streamlit as st\napp = st.App("empty.py")\n')
        empty.with_name("empty.py").touch()
        first, floor = asyncio.run(start_times(app, empty))
        found = asyncio.run(measure(app, empty))
    print(f"Full reruns, {ROUNDS * RERUNS} each, medians; goals: {GOAL_CPU_MS} CPU-ms, {GOAL_RATIO} x empty")
    print(f"({os.cpu_count()} cores, Python {sys.version.split()[0]})\n")
    print(table(found))
    print(f"\nfirst page usable after {first:.2f} s (goal: {GOAL_START_SECONDS} s; an empty page: {floor:.2f} s)")


if __name__ == "__main__":
    main()
