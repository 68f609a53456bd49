"""What watching a run costs the browser: the stream that tells the picture what is new, against plotly sent again.

`python -m benchmarks.live` shows the same 50 updates of a run (100 steps of two 34-layer nets; `_paced.py`) in
Chromium, in turns: by server-sent events, twice and ten times a second; by the same three figures of plotly, sent anew
twice a second; and by what the app itself sends where the stream cannot be reached. Each shows norms, losses and ratios
with axes, hover and words. Counted from the press of Run to the last step: bytes received by websocket and stream,
before any compression, and the CPU time of all of Chromium's processes. No net is trained meanwhile.

Goals: at most 1/5 of the bytes and 1/3 of the CPU time of plotly; ten updates a second are all drawn.
"""

import asyncio
import statistics
import sys
from dataclasses import dataclass
from typing import NamedTuple

from playwright.async_api import Browser, Page, async_playwright

from benchmarks._paired import median_ratio, tell
from benchmarks._server import ROOT, Server, connected, load, running
from tasks import chromium

ROUNDS, UPDATES, STEPS = 3, 50, 100
NET, POLL_SECONDS = "demo_resnet34", 0.5
GOAL_BYTES, GOAL_CPU, GOAL_DRAWN = 1 / 5, 1 / 3, 0.9
MAIN, SENT = "resnet_explorer/ui/app/main.py", "benchmarks/_sent.py"
DRAWN = """() => {
    window.drawn = new Set();
    const look = () => {
        for (const each of document.querySelectorAll("*"))
            if (each.shadowRoot?.querySelector(".rx-step")) window.step = each.shadowRoot.querySelector(".rx-step");
        if (window.step) window.drawn.add(window.step.textContent);
        setTimeout(look, window.step?.isConnected ? 20 : 500);
    };
    look();
}"""
"""Notes which steps the picture shows; looked for seldom and read often, which costs both ways next to nothing."""


@dataclass(frozen=True)
class Way:
    """A way to show a run: its page, how many updates a second, and whether the stream can be reached."""

    name: str
    page: str
    pace: int
    stream: bool = True


STREAM = Way("stream, 2 updates a second", MAIN, 2)
QUICK = Way("stream, 10 updates a second", MAIN, 10)
PLOTLY = Way("plotly sent again, 2 a second", SENT, 2)
BLOCKED = Way("without the stream, 2 a second", MAIN, 2, stream=False)
WAYS = (STREAM, PLOTLY, QUICK, BLOCKED)


class Cost(NamedTuple):
    """A watched run: kilobytes received, CPU seconds of the browser, and how many updates were drawn."""

    kilobytes: float
    cpu: float
    drawn: int


async def cpu(browser: Browser) -> float:
    """CPU seconds of all processes of the browser so far."""
    session = await browser.new_browser_cdp_session()
    told = await session.send("SystemInfo.getProcessInfo")
    await session.detach()
    return sum(float(each["cpuTime"]) for each in told["processInfo"])


async def watch(browser: Browser, server: Server, way: Way, turn: int) -> Cost:
    """One run, watched to its last step."""
    page = await browser.new_page(viewport={"width": 1280, "height": 1400})
    if not way.stream:
        await page.route("**/runs/live*", lambda route: route.fulfill(status=204))
    path = "gradients" if way.page == MAIN else ""
    seed = 1000 * (2 * turn + way.stream) + way.pace
    await page.goto(f"{server.url}/{path}?g_net={NET}&steps={STEPS}&seed={seed}")
    await page.get_by_role("button", name="Run", exact=True).wait_for()
    await page.wait_for_load_state("networkidle")
    await page.evaluate(DRAWN)
    sizes = await heard(page)
    await asyncio.sleep(1)  # what opening the page has set off
    sizes.clear()
    before = await cpu(browser)
    await page.get_by_role("button", name="Run", exact=True).click()
    last = page.locator(".rx-step") if way.page == MAIN else page.get_by_text("shown: step")
    await last.filter(has_text=f"step {STEPS}").first.wait_for(timeout=180_000)
    spent = await cpu(browser) - before
    cost = Cost(sum(sizes) / 1000, spent, len(await page.evaluate("[...window.drawn]")))
    await page.close()
    return cost


async def heard(page: Page) -> list[float]:
    """The sizes of all messages that the page gets from now on."""
    session = await page.context.new_cdp_session(page)
    sizes: list[float] = []
    session.on(
        "Network.webSocketFrameReceived", lambda event: sizes.append(0.75 * len(event["response"]["payloadData"]))
    )
    session.on("Network.eventSourceMessageReceived", lambda event: sizes.append(len(event["data"])))
    await session.send("Network.enable")
    return sizes


async def measure() -> dict[Way, list[Cost]]:
    """The ways in turns."""
    script = ROOT / "benchmarks" / "_paced.py"
    async with (
        async_playwright() as player,
        running(script, {"BENCHMARK_PAGE": str(ROOT / MAIN)}) as ours,
        running(script, {"BENCHMARK_PAGE": str(ROOT / SENT)}) as theirs,
    ):
        servers = {MAIN: ours, SENT: theirs}
        for server in servers.values():
            await (await connected(server)).close()
        path = chromium()
        browser = await player.chromium.launch(executable_path=str(path) if path else None, args=["--no-sandbox"])
        found: dict[Way, list[Cost]] = {way: [] for way in WAYS}
        for turn in range(ROUNDS):
            for way in WAYS:
                found[way].append(await watch(browser, servers[way.page], way, turn))
        await browser.close()
        return found


def main() -> int:
    """Measure and print; 1 where a goal is missed."""
    before = load()
    found = asyncio.run(measure())
    rows = []
    for way, costs in found.items():
        kilobytes, seconds, drawn = (statistics.median(values) for values in zip(*costs, strict=True))
        told = f"; {drawn:.0f} updates drawn" if way.page == MAIN else ""
        rows.append((way.name, f"{kilobytes:.0f} kB, {seconds:.2f} s{told}"))
    sent = found[PLOTLY]
    fewer = max(median_ratio([c.kilobytes for c in found[w]], [c.kilobytes for c in sent]) for w in (STREAM, QUICK))
    quicker = max(median_ratio([c.cpu for c in found[w]], [c.cpu for c in sent]) for w in (STREAM, QUICK))
    drawn = statistics.median(cost.drawn for cost in found[QUICK]) / UPDATES
    verdict = (
        f"bytes {fewer:.3f} (goal {GOAL_BYTES:.3f}), CPU {quicker:.3f} (goal {GOAL_CPU:.3f}) of plotly's; "
        f"{100 * drawn:.0f} % of ten updates a second drawn (goal {100 * GOAL_DRAWN:.0f} %); "
        f"{before} before, {load()} at the end"
    )
    met = fewer <= GOAL_BYTES and quicker <= GOAL_CPU and drawn >= GOAL_DRAWN
    unit = "received, CPU of the browser, medians"
    return tell(f"{UPDATES} updates of a run of two nets, {STEPS} steps", rows, verdict, met=met, unit=unit)


if __name__ == "__main__":
    sys.exit(main())
