"""What watching a run costs the browser: the stream that tells the picture what is new, against plotly sent again.

`python -m benchmarks.live` starts the app and watches the same run in Chromium, in turns: by server-sent events, and
with that route blocked, when the page sends its charts anew twice a second. Counted from the press of Run to the last
step: bytes received by websocket and stream, and the time of the page's main thread. Also, how soon the first point was
there.

Goals: at most 1/5 of the bytes and 1/3 of the browser's time, with more updates; the first point within 1 s.
"""

import asyncio
import re
import statistics
import sys
import time
from typing import NamedTuple

from playwright.async_api import Browser, CDPSession, async_playwright

from benchmarks._server import ROOT, Server, running
from tasks import chromium

ROUNDS, STEPS = 3, 330
NET = "demo_resnet34"
GOAL_BYTES, GOAL_TIME, GOAL_FIRST_SECONDS = 1 / 5, 1 / 3, 1.0


class Cost(NamedTuple):
    """A watched run: kilobytes received, seconds of the main thread, messages received, seconds to the first point."""

    kilobytes: float
    seconds: float
    messages: int
    first: float


async def busy(session: CDPSession) -> float:
    """Seconds that the page's main thread has worked so far."""
    metrics = await session.send("Performance.getMetrics")
    return next(float(each["value"]) for each in metrics["metrics"] if each["name"] == "TaskDuration")


async def watch(browser: Browser, server: Server, seed: int, *, stream: bool) -> Cost:
    """One run, watched to its end."""
    page = await browser.new_page(viewport={"width": 1280, "height": 1400})
    if not stream:
        await page.route("**/runs/live*", lambda route: route.fulfill(status=204))
    await page.goto(f"http://127.0.0.1:{server.port}/gradients?g_net={NET}&steps={STEPS}&seed={seed}")
    await page.get_by_role("button", name="Run", exact=True).wait_for()
    await page.wait_for_load_state("networkidle")
    session = await page.context.new_cdp_session(page)
    sizes: list[float] = []
    session.on(
        "Network.webSocketFrameReceived", lambda event: sizes.append(0.75 * len(event["response"]["payloadData"]))
    )
    session.on("Network.eventSourceMessageReceived", lambda event: sizes.append(len(event["data"])))
    await session.send("Network.enable")
    await session.send("Performance.enable")
    before, pressed = await busy(session), time.perf_counter()
    await page.get_by_role("button", name="Run", exact=True).click()
    step = page.locator(".rx-step")
    await step.filter(has_text=re.compile(r"step \d")).first.wait_for(timeout=60_000)
    first = time.perf_counter() - pressed
    await step.filter(has_text=f"step {STEPS}").first.wait_for(timeout=180_000)
    cost = Cost(sum(sizes) / 1000, await busy(session) - before, len(sizes), first)
    await page.close()
    return cost


async def measure() -> tuple[list[Cost], list[Cost]]:
    """The runs with the stream and without, in turns."""
    async with async_playwright() as player, running(ROOT / "app.py") as server:
        found = chromium()
        browser = await player.chromium.launch(executable_path=str(found) if found else None, args=["--no-sandbox"])
        await _ready(server)
        streamed, sent = [], []
        for turn in range(ROUNDS):
            streamed.append(await watch(browser, server, 2 * turn, stream=True))
            sent.append(await watch(browser, server, 2 * turn + 1, stream=False))
        await browser.close()
        return streamed, sent


async def _ready(server: Server) -> None:
    """Wait until the server answers and its workers are warm."""
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            break
    await asyncio.sleep(3)
    await server.idle()


def main() -> int:
    """Measure and print; 1 where a goal is missed."""
    streamed, sent = asyncio.run(measure())
    for name, costs in (("stream", streamed), ("plotly sent again", sent)):
        kilobytes, seconds, messages, first = (statistics.median(values) for values in zip(*costs, strict=True))
        print(f"{name}: {kilobytes:.0f} kB in {messages:.0f} messages, {seconds:.2f} s of the main thread; ", end="")
        print(f"first point after {first:.2f} s")
    pairs = list(zip(streamed, sent, strict=True))
    fewer = statistics.median(a.kilobytes / b.kilobytes for a, b in pairs)
    quicker = statistics.median(a.seconds / b.seconds for a, b in pairs)
    first = statistics.median(a.first for a in streamed)
    print(f"bytes {fewer:.3f} (goal {GOAL_BYTES:.3f}), time {quicker:.3f} (goal {GOAL_TIME:.3f}), first {first:.2f} s")
    return int(fewer > GOAL_BYTES or quicker > GOAL_TIME or first > GOAL_FIRST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
