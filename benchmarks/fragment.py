"""What watching a run costs the server: one rerun of the status fragment, while two nets train.

`python -m benchmarks.fragment` starts the app, presses Run on the Gradients page and asks for its fragment as a browser
does, over the websocket; likewise for a race of the laboratory. Linux only. Goal: at most 5 CPU-ms for each.
"""

import asyncio
import statistics
import sys
import time

from websockets.asyncio.client import ClientConnection

from benchmarks._paired import tell
from benchmarks._server import FORGETFUL, ROOT, Server, ask, connected, load, running

PAGES = {
    "Gradients": "gradients?steps=600",
    "a race of the laboratory": "laboratory?experiment=degradation&guess=3&steps=600",
}
ASKED, GOAL_CPU_MS = 40, 5


async def measure(server: Server, page: str) -> tuple[list[float], list[float]]:
    """CPU-ms and bytes of each rerun of the fragment."""
    async with await connected(server) as connection:
        buttons = (await ask(connection, page)).buttons
        await server.idle()
        pressed = await ask(connection, page, button=buttons["Run"])
        if not pressed.fragment:
            raise RuntimeError(f"{page} did not ask to be updated: was the run refused?")
        found = await watched(server, connection, page, pressed.fragment)
        await ask(connection, page, button=pressed.buttons["Stop"])
        return found


async def watched(
    server: Server, connection: ClientConnection, page: str, fragment: str
) -> tuple[list[float], list[float]]:
    """The same, of a run that goes on; what the server spends on hearing the workers meanwhile is taken off."""
    spent, sizes = [], []
    for _ in range(ASKED):
        rested, rest = server.cpu_seconds(), time.perf_counter()
        await asyncio.sleep(0.25)
        before, began = server.cpu_seconds(), time.perf_counter()
        answer = await ask(connection, page, fragment=fragment)
        hearing = (before - rested) / (began - rest) * (time.perf_counter() - began)
        spent.append((server.cpu_seconds() - before - hearing) * 1000)
        sizes.append(answer.size / 1000)
    return spent, sizes


async def measured() -> dict[str, tuple[list[float], list[float]]]:
    """The same for each page."""
    async with running(ROOT / "app.py", FORGETFUL) as server:
        return {name: await measure(server, page) for name, page in PAGES.items()}


def main() -> int:
    """Measure and print; 1 where the goal is missed."""
    before = load()
    found = asyncio.run(measured())
    rows = [
        (f"{name}: {what}", f"{statistics.median(spent[cut]):.1f}", f"{statistics.median(sizes[cut]):.1f}")
        for name, (spent, sizes) in found.items()
        for what, cut in (("all", slice(None)), ("the last ten", slice(-10, None)))
    ]
    worst = max(statistics.median(spent) for spent, _ in found.values())
    shown = [(name, f"{spent}, {size} kB") for name, spent, size in rows]
    verdict = f"{worst:.1f} CPU-ms at most (goal {GOAL_CPU_MS}; {before} before, {load()} at the end)"
    return tell(f"The status fragment, {ASKED} reruns while nets train", shown, verdict, met=worst <= GOAL_CPU_MS)


if __name__ == "__main__":
    sys.exit(main())
