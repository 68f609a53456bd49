"""A class in a room: fifty browsers run one question, each with its own seed; when all have their point.

`python -m benchmarks.room` starts the app, opens a room as a teacher would, the guesses revealed already, and sends
students over the websocket: each enters, presses Run and looks at the room as often as its page would. Told
are the seconds until the teacher's page has every run, what the web process spent on a look, and its memory.
`--students 10` and `--steps 40` make it shorter. Linux only. Goal, on two idle cores: 50 students, 80 steps, 180 s.
"""

import argparse
import asyncio
import secrets
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

import psutil

from benchmarks._server import ROOT, Server, ask, connected, load, opened, running
from resnet_explorer import preset
from resnet_explorer.jobs.database import Database
from resnet_explorer.jobs.room import Question, keys
from resnet_explorer.jobs.rooms import Rooms
from resnet_explorer.jobs.visitor import Visitor, stranger
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.terminal import table
from resnet_explorer.ui.parts.room import STUDENT_SECONDS

GOAL_SECONDS, LONGEST_SECONDS = 180, 1200


async def student(server: Server, code: str, stack: AsyncExitStack, times: list[float], over: asyncio.Event) -> None:
    """Enter, press Run, and look at the room until the class is done; adds the milliseconds of each look."""
    cookie = f"resnet_explorer_visitor={stranger()}"
    connection = await stack.enter_async_context(await opened(server.url, Cookie=cookie))
    page = f"?room={code}"
    answer = await ask(connection, page)
    answer = await ask(connection, page, button=answer.buttons["Run"])
    while not over.is_set():
        await asyncio.sleep(STUDENT_SECONDS)
        times.append(1000 * (await ask(connection, page, fragment=answer.fragment)).seconds)


async def finished(store: Database, question: Question, students: int) -> None:
    """Wait until every run of the class is kept as done."""
    wanted = [key for seat in range(students) for key in keys(question, seat)]
    deadline = time.monotonic() + LONGEST_SECONDS
    while not all((row := store.get(key)) and row.state == "done" for key in wanted):
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(1)


async def measure(students: int, steps: int, folder: str) -> tuple[float, list[float], float, float]:
    """Seconds until all runs are there, milliseconds of each look, CPU-ms of one, megabytes of the web process."""
    store, teacher, over = Database(Path(folder)), Visitor(secrets.token_hex(11)), asyncio.Event()
    times: list[float] = []
    question = Question(config=TrainConfig(net=preset("demo_resnet34"), steps=steps))
    async with running(ROOT / "app.py", {"RESNET_EXPLORER_STORE": folder}) as server, AsyncExitStack() as stack:
        await (await connected(server)).close()
        await server.idle()
        rooms = Rooms(store)
        code = rooms.open(question, teacher)
        rooms.reveal(code, teacher)
        began, before = time.monotonic(), server.cpu_seconds()
        class_ = [asyncio.create_task(student(server, code, stack, times, over)) for _ in range(students)]
        done = asyncio.create_task(finished(store, question, students))
        first, _ = await asyncio.wait([done, *class_], return_when=asyncio.FIRST_COMPLETED)
        for each in first:
            each.result()  # a student who fell out of the room
        seconds, spent = time.monotonic() - began, server.cpu_seconds() - before
        over.set()
        await asyncio.gather(*class_)
        held = psutil.Process(server.process.pid).memory_info().rss / 1e6
    return seconds, times, 1000 * spent / max(1, len(times)), held


def main() -> int:
    """Measure and print; 1 where the goal is missed."""
    ways = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways.add_argument("--students", type=int, default=50)
    ways.add_argument("--steps", type=int, default=80)
    options = ways.parse_args()
    before = load()
    with tempfile.TemporaryDirectory() as folder:
        seconds, times, spent, held = asyncio.run(measure(options.students, options.steps, folder))
    p50, p95 = (statistics.quantiles(times, n=20)[index] for index in (9, 18))
    row = (f"{options.students}", f"{seconds:.0f}", f"{p50:.0f}", f"{p95:.0f}", f"{spent:.1f}", f"{held:.0f}")
    print(table(("students", "all there, s", "a look, p50 ms", "p95 ms", "CPU-ms a look, all told", "MB"), [row]))
    met = seconds <= GOAL_SECONDS
    print(f"\n{options.steps} steps each ({before} before, {load()} at the end): {'met' if met else 'MISSED'}")
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
