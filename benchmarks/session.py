"""What a visitor who opens the app, or comes back to it, costs the server, beside the same with a file watcher.

`python -m benchmarks.session` starts the app as it is configured, and once more with Streamlit's own default: a watcher
that looks up every loaded module for each visitor, while all others wait. Visitors come to both in turns. Linux only:
it reads the processes' CPU clocks. Goal: 30 CPU-ms for a new visitor, and no more for one who comes back.
"""

import asyncio
import statistics
import sys

from benchmarks._paired import median_ratio, tell
from benchmarks._server import ROOT, Server, ask, connected, load, running

VISITS, GOAL_CPU_MS = 20, 30
ALONE = {"RESNET_EXPLORER_WORKERS": "1"}
WATCHED = {**ALONE, "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "auto"}
NEW, BACK = "who is new", "who comes back"


async def visit(server: Server, session: str = "") -> tuple[str, float]:
    """Open the first page and leave; the session's id, and the CPU-ms it took."""
    before = server.cpu_seconds()
    async with await connected(server, session) as connection:
        answer = await ask(connection, "")
        await asyncio.sleep(0.05)  # what the server does after its answer belongs to the visit
    return answer.session, 1000 * (server.cpu_seconds() - before)


async def measure() -> dict[tuple[str, str], list[float]]:
    """Visits in turns; the first of each server are not counted."""
    found: dict[tuple[str, str], list[float]] = {}
    async with running(ROOT / "app.py", ALONE) as ours, running(ROOT / "app.py", WATCHED) as watched:
        servers = {"as configured": ours, "with a watcher": watched}
        for server in servers.values():
            await visit(server)
            await server.idle()
        for _ in range(VISITS):
            for name, server in servers.items():
                session, spent = await visit(server)
                found.setdefault((NEW, name), []).append(spent)
                _, spent = await visit(server, session)
                found.setdefault((BACK, name), []).append(spent)
    return found


def main() -> int:
    """Measure and print; 1 where the goal is missed."""
    found = asyncio.run(measure())
    rows = [(f"{who}, {how}", f"{statistics.median(spent):.1f}") for (who, how), spent in found.items()]
    worst = max(statistics.median(found[who, "as configured"]) for who in (NEW, BACK))
    times = [median_ratio(found[who, "with a watcher"], found[who, "as configured"]) for who in (NEW, BACK)]
    verdict = (
        f"{worst:.1f} CPU-ms at most (goal {GOAL_CPU_MS}; {load()} at the end); with a watcher {times[0]:.1f} times"
    )
    return tell(
        f"A visitor, {VISITS} visits each", rows, f"{verdict} and {times[1]:.1f} times", met=worst <= GOAL_CPU_MS
    )


if __name__ == "__main__":
    sys.exit(main())
