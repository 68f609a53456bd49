"""A class at its pages: how soon the server answers 1, 10, 50 and 100 visitors at once, and what it survives.

`python -m benchmarks.load` starts the app, and once more with Streamlit's own defaults and without the guard, and sends
visitors to both over the websocket, as browsers would. Each visitor goes to a page every ten seconds: in bursts of five
at once, or in waves, evenly spaced; first while nothing else goes on, then while two nets train. Afterwards come deep
links to nets as large as a link can ask for, and hostile frames. `--tiers 1,10`, `--seconds` and `--links` make it
shorter. Linux only: it reads the processes' CPU clocks.

Goals, on two idle cores: 50 visitors while nets train p95 100 ms and p99 250 ms, 100 visitors p95 300 ms; 30 CPU-ms for
a new visitor and 25 for a rerun; 30 visitors who come at once served within 1.5 s; 400 MB after 200 deep links.
"""

import argparse
import asyncio
import math
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import NamedTuple

import psutil
from websockets.asyncio.client import ClientConnection

from benchmarks._hostile import FAULTS, deep_links
from benchmarks._server import FORGETFUL, ROOT, Server, ask, connected, load, opened, running
from benchmarks._unguarded import DEFAULTS
from resnet_explorer.terminal import table

SERVERS = {"as it is": ("app.py", {}), "unprotected": ("benchmarks/_unguarded.py", DEFAULTS)}
PAGES = (
    *("", "explore?net=resnet50", "block", "bottleneck", "compare?a=plain34&b=resnet34", "cost?net=resnet34"),
    *("ledger?net=resnet50", "gradients", "laboratory?experiment=degradation&guess=1", "progression"),
)
PAUSE_SECONDS, TOGETHER, COMING = 10, 5, 30
FEW = 20
"""Of fewer reruns the CPU time of each is lost in what the server does besides."""
OFF = {**FORGETFUL, "RESNET_EXPLORER_MAX_SESSIONS": "300"}


class Goal(NamedTuple):
    """Most milliseconds of the 95th and the 99th of a hundred answers, while nets train."""

    p95: float
    p99: float


GOALS = {50: Goal(100, 250), 100: Goal(300, float("inf"))}
NEW_CPU_MS, RERUN_CPU_MS, COMING_SECONDS, MEGABYTES = 30, 25, 1.5, 400


@dataclass(frozen=True, kw_only=True)
class Served:
    """How one tier was served: milliseconds of each answer, and CPU-ms of the server for a rerun and a newcomer."""

    visitors: int
    how: str
    training: bool
    times: list[float]
    rerun: float
    new: float

    def at(self, hundredth: int) -> float:
        """What so many of a hundred answers took at most."""
        return sorted(self.times)[math.ceil(hundredth / 100 * len(self.times)) - 1]

    @property
    def met(self) -> bool:
        """Whether it is within its goals."""
        goal = GOALS.get(self.visitors)
        slow = goal and self.training and (self.at(95) > goal.p95 or self.at(99) > goal.p99)
        return not slow and self.new <= NEW_CPU_MS and (self.training or self.rerun <= RERUN_CPU_MS)


async def come(server: Server, count: int, stack: AsyncExitStack) -> tuple[list[ClientConnection], float, float]:
    """So many new visitors at once: their connections, seconds until all have a page, CPU-ms of the server for each."""
    before, began = server.cpu_seconds(), time.perf_counter()

    async def one() -> ClientConnection:
        connection = await stack.enter_async_context(await opened(server.url))
        await ask(connection, "")
        return connection

    found = await asyncio.gather(*(one() for _ in range(count)))
    seconds = time.perf_counter() - began
    return found, seconds, 1000 * (server.cpu_seconds() - before) / count


async def go(connections: list[ClientConnection], seconds: float, together: int) -> list[float]:
    """Each visitor goes from page to page; milliseconds of each answer. So many of them go at the same moment."""
    step = PAUSE_SECONDS * together / len(connections)
    began = time.perf_counter()

    async def one(number: int, connection: ClientConnection) -> list[float]:
        times: list[float] = []
        await asyncio.sleep(number // together * step)
        while not times or time.perf_counter() - began < seconds:
            answer = await ask(connection, PAGES[(number + len(times)) % len(PAGES)])
            times.append(1000 * answer.seconds)
            await asyncio.sleep(max(0.0, PAUSE_SECONDS - answer.seconds))
        return times

    found = await asyncio.gather(*(one(*each) for each in enumerate(connections)))
    return [each for times in found for each in times]


@asynccontextmanager
async def training(server: Server, seed: int) -> AsyncIterator[None]:
    """Two nets train meanwhile, on whatever workers there are; another pair whenever one is done."""

    async def train(first: int) -> None:
        for number in range(first, first + 1000):
            page = f"laboratory?experiment=degradation&guess=1&steps=600&seed={number}"
            async with await opened(server.url) as connection:
                pressed = await ask(connection, page, button=(await ask(connection, page)).buttons["Run"])
                try:
                    while pressed.fragment and (await ask(connection, page)).fragment:  # noqa: ASYNC110 - no event
                        await asyncio.sleep(2)
                finally:
                    if stop := pressed.buttons.get("Stop"):
                        await ask(connection, page, button=stop)

    under_way = asyncio.create_task(train(seed))
    await asyncio.sleep(3)
    try:
        yield
    finally:
        under_way.cancel()
        with suppress(asyncio.CancelledError):
            await under_way


async def serve(server: Server, visitors: int, seconds: float, *, trains: bool) -> list[Served]:
    """One tier, in bursts and in waves."""
    found = []
    async with AsyncExitStack() as stack:
        if trains:
            await stack.enter_async_context(training(server, 1000 * visitors))
        connections, _, new = await come(server, visitors, stack)
        if not trains:
            await server.idle()  # those who have left are still being let go
        rest = await server.resting()
        for how, together in (("bursts", min(TOGETHER, visitors)), ("waves", 1)):
            before, began = server.cpu_seconds(), time.perf_counter()
            times = await go(connections, seconds, together)
            spent = server.cpu_seconds() - before - rest * (time.perf_counter() - began)
            rerun = 1000 * spent / len(times)
            found.append(Served(visitors=visitors, how=how, training=trains, times=times, rerun=rerun, new=new))
    return found


async def measure(name: str, options: argparse.Namespace) -> bool:
    """One of the servers, told as it goes; whether the goals were met."""
    script, environment = SERVERS[name]
    async with running(ROOT / script, {**OFF, **environment}) as server:
        async with AsyncExitStack() as stack:
            await (await stack.enter_async_context(await _first(server))).close()
            await server.idle()
            _, seconds, _ = await come(server, COMING, stack)
        print(f"\n{name}: {COMING} who came at once were served within {seconds:.1f} s ({load()})\n", flush=True)
        rows = [
            each
            for trains in (False, True)
            for visitors in options.tiers
            for each in await serve(server, visitors, options.seconds, trains=trains)
        ]
        process = psutil.Process(server.process.pid)
        print(table(HEAD, [_row(each) for each in rows]), f"\n\n{_held(process)} ({load()})", flush=True)
        megabytes = await deep_links(server, process, options.links)
        print(f"{megabytes:.0f} MB after {options.links} deep links; {_held(process)}", flush=True)
        survived = [await fault.survived(server) for fault in FAULTS]
        for fault, told in zip(FAULTS, survived, strict=True):
            print(f"  {fault.name}: {told or 'refused, and others were answered'}")
        print(f"{sum(not told for told in survived)} of {len(FAULTS)} faults survived", flush=True)
    within = seconds <= COMING_SECONDS and megabytes <= MEGABYTES
    return within and not any(survived) and all(each.met for each in rows)


async def _first(server: Server) -> ClientConnection:
    connection = await connected(server)
    for page in PAGES:
        await ask(connection, page)
    return connection


HEAD = ("visitors", "p50 ms", "p95 ms", "p99 ms", "CPU-ms a rerun", "CPU-ms a newcomer", "")


def _row(each: Served) -> tuple[str, ...]:
    named = f"{each.visitors} in {each.how}{', nets train' if each.training else ''}"
    times = (f"{each.at(hundredth):.0f}" for hundredth in (50, 95, 99))
    rerun = f"{each.rerun:.1f}" if len(each.times) >= FEW else "too few"
    return (named, *times, rerun, f"{each.new:.1f}", "" if each.met else "over a goal")


def _held(process: psutil.Process) -> str:
    held = process.memory_info().rss / 1e6
    return f"{held:.0f} MB, {process.num_fds()} descriptors, {process.num_threads()} threads"


def main() -> int:
    """Measure and print; 1 where the app as it is misses a goal."""
    ways = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways.add_argument("--tiers", type=lambda text: [*map(int, text.split(","))], default=[1, 10, 50, 100])
    ways.add_argument("--seconds", type=float, default=20)
    ways.add_argument("--links", type=int, default=200)
    options = ways.parse_args()
    met = [asyncio.run(measure(name, options)) for name in SERVERS]
    print(f"\nthe goals, as it is: {'met' if met[0] else 'MISSED'}")
    return int(not met[0])


if __name__ == "__main__":
    sys.exit(main())
