"""What a rerun of each page costs the server, beside Streamlit's own empty page.

`python -m benchmarks.page` starts the app and an empty page under the same configuration, each in a process of its own,
and reruns them in turn over their websockets, as a browser would. Linux only: it reads the processes' CPU clocks.

Goals: a full rerun within 25 CPU-ms and 5 times the empty page; a page usable within 2 s of a cold start.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from websockets.asyncio.client import ClientConnection

from benchmarks._server import ROOT, Server, ask, connected, load, running
from resnet_explorer.experiments import EXPERIMENTS, pairs
from resnet_explorer.spec import PRESETS
from resnet_explorer.ui.parts import bench
from resnet_explorer.ui.view.navigation import PAGES as REGISTERED

DEMO = PRESETS["demo_resnet34"].spec
RUN = bench.put("gradients", pairs.jobs(DEMO, seed=7), ()).run
RACE = f"gradients?seed=7&run={RUN}"  # trained before the clock runs
RECORDED = tuple(f"laboratory?experiment={name}&guess=1" for name in EXPERIMENTS.names)  # with all of their charts
PAGES = (*("" if index == 0 else name for index, name in enumerate(REGISTERED.names)), RACE, *RECORDED)
STARTS, ROUNDS, RERUNS = 3, 10, 5  # 50 reruns of each page, in turns of five
GOAL_CPU_MS, GOAL_RATIO, GOAL_START_SECONDS = 25, 5, 2


@dataclass(frozen=True)
class Timings:
    """What reruns of one page took."""

    cpu_ms: list[float] = field(default_factory=list)  # means of one turn each
    latency_ms: list[float] = field(default_factory=list)


async def start_seconds(script: Path) -> float:
    """Seconds from a server's start until its first page has run."""
    async with running(script) as server, await connected(server) as connection:
        await ask(connection, "")
        return time.perf_counter() - server.started


async def turn(server: Server, connection: ClientConnection, page: str, timings: Timings, rest: float = 0) -> None:
    """Rerun one page a few times and note what it took, less what the server takes at rest (its share of a core)."""
    before, began = server.cpu_seconds(), time.perf_counter()
    timings.latency_ms.extend([1000 * (await ask(connection, page)).seconds for _ in range(RERUNS)])
    await asyncio.sleep(0.05)  # what the server does after its answer belongs to the rerun
    spent = server.cpu_seconds() - before - rest * (time.perf_counter() - began)
    timings.cpu_ms.append(spent * 1000 / RERUNS)


async def trained(server: Server) -> None:
    """Train the pair of nets whose page is measured as it is afterwards."""
    async with await connected(server) as connection:
        buttons = (await ask(connection, RACE)).buttons
        await ask(connection, RACE, button=buttons["Run"])
        while (await ask(connection, RACE)).fragment:  # noqa: ASYNC110 - there is no event: the page is asked
            await asyncio.sleep(0.5)


async def measure(app: Path, empty: Path) -> dict[str, Timings]:
    """Rerun every page and the empty one in turns, so that a change of the machine's pace meets all alike."""
    found = {name: Timings() for name in ("empty", *PAGES)}
    async with running(app) as ours, running(empty) as theirs:
        await trained(ours)
        # One session for each page, as open tabs are.
        sessions = [
            ("empty", theirs, await connected(theirs)),
            *[(name, ours, await connected(ours)) for name in PAGES],
        ]
        for name, server, connection in sessions:
            await turn(server, connection, "" if name == "empty" else name, Timings())  # warm up
        await ours.idle()
        rest = {server: await server.resting() for server in (ours, theirs)}
        for _ in range(ROUNDS):
            for name, server, connection in sessions:
                await turn(server, connection, "" if name == "empty" else name, found[name], rest[server])
        for _, _, connection in sessions:
            await connection.close()
    return found


def table(found: dict[str, Timings]) -> tuple[str, bool]:
    """Lay out the medians, and the ratio to the empty page in the same round; whether all are within the goals."""
    empty = found["empty"].cpu_ms
    rows = [f"{'page':<40} {'CPU-ms':>7} {'x empty':>8} {'p50 ms':>8} {'p95 ms':>8}"]
    met = True
    for name, timings in found.items():
        ratio = statistics.median(ours / theirs for ours, theirs in zip(timings.cpu_ms, empty, strict=True))
        cpu = statistics.median(timings.cpu_ms)
        p50, p95 = (statistics.quantiles(timings.latency_ms, n=20)[index] for index in (9, 18))
        within = cpu <= GOAL_CPU_MS and ratio <= GOAL_RATIO
        met = met and within
        label = name if name == "empty" else f"/{name.replace('?', ' ').replace('experiment=', '')}"
        rows.append(f"{label:<40} {cpu:7.1f} {ratio:8.1f} {p50:8.1f} {p95:8.1f}{'' if within else '  over the goal'}")
    return "\n".join(rows), met


async def start_times(app: Path, empty: Path) -> tuple[float, float]:
    """Median seconds until the first page is usable, the app's and an empty one's, started in turns."""
    seconds = [(await start_seconds(app), await start_seconds(empty)) for _ in range(STARTS)]
    ours, theirs = zip(*seconds, strict=True)
    return statistics.median(ours), statistics.median(theirs)


def main() -> int:
    """Measure and print; 1 where a goal is missed."""
    app = ROOT / "app.py"
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "app.py")
        empty.write_text('import streamlit as st\napp = st.App("empty.py")\n', encoding="utf-8")
        empty.with_name("empty.py").touch()
        first, floor = asyncio.run(start_times(app, empty))
        found = asyncio.run(measure(app, empty))
    rows, met = table(found)
    print(f"Full reruns, {ROUNDS * RERUNS} each, medians; goals: {GOAL_CPU_MS} CPU-ms, {GOAL_RATIO} x empty")
    print(f"({load()} at the end, Python {sys.version.split()[0]})\n\n{rows}")
    print(f"\nfirst page usable after {first:.2f} s (goal: {GOAL_START_SECONDS} s; an empty page: {floor:.2f} s)")
    return int(not met or first > GOAL_START_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
