"""How soon the first point of a run is on the page, counted from the press of Run, when workers are warm.

`python -m benchmarks.first` presses Run in Chromium, a few times on Gradients and on a race of the laboratory, each
time with another seed, and has the page itself say when the press came and when the first point stood in it. Goal: 1 s.
"""

import asyncio
import statistics
import sys

from playwright.async_api import Browser, Page, async_playwright

from benchmarks._paired import tell
from benchmarks._server import FORGETFUL, ROOT, Server, connected, load, running
from tasks import chromium

PAGES = {
    "Gradients": "gradients?g_net=demo_resnet34&steps=400",
    "a race of the laboratory": "laboratory?experiment=degradation&guess=1&steps=400",
}
ROUNDS, GOAL_SECONDS = 7, 1.0
POINT = r"""() => new Promise((resolve) => {
    const RACE = ".rx-race-body .trace.residual:not(.rx-raw, .rx-first)"; // its loss, gradients, moves
    const roots = () => [...document.querySelectorAll("*")].map((each) => each.shadowRoot).filter(Boolean);
    const shown = (selector) => roots().flatMap((root) => [...root.querySelectorAll(selector)])
        .filter((each) => each.getAttribute("d")).length;
    const buttons = [document, ...roots()].flatMap((root) => [...root.querySelectorAll("button")]);
    const run = buttons.find((each) => each.textContent.trim().endsWith("Run"));
    let pressed = null;
    const look = () => {
        if (shown(RACE) === 3 || (shown(".norms .trace") && shown(".rx-curve .trace")))
            resolve(performance.now() - pressed);
        else requestAnimationFrame(look);
    };
    run.addEventListener("click", () => { pressed = performance.now(); requestAnimationFrame(look); }, true);
    window.ready = true;
})"""
"""Milliseconds from the press until a line of norms and one of losses are drawn; asked of each frame of the page."""


async def first(browser: Browser, server: Server, path: str) -> float:
    """Seconds until the first point, in a tab of its own; the run is stopped then."""
    page = await browser.new_page(viewport={"width": 1280, "height": 1400})
    await page.goto(f"{server.url}/{path}")
    await page.get_by_role("button", name="Run", exact=True).wait_for()
    await page.wait_for_load_state("networkidle")
    told = asyncio.ensure_future(page.evaluate(POINT))
    while not await page.evaluate("window.ready"):  # noqa: ASYNC110 - no page allows what Playwright would wait by
        await asyncio.sleep(0.01)
    await page.get_by_role("button", name="Run", exact=True).click()
    seconds = float(await asyncio.wait_for(told, 60)) / 1000
    await _stopped(page)
    await page.close()
    return seconds


async def _stopped(page: Page) -> None:
    await page.get_by_role("button", name="Stop", exact=True).click()
    await page.get_by_role("button", name="Run again", exact=True).wait_for(timeout=30_000)


async def measure() -> dict[str, list[float]]:
    """The pages in turns; each is opened once before, uncounted."""
    found: dict[str, list[float]] = {name: [] for name in PAGES}
    async with async_playwright() as player, running(ROOT / "app.py", FORGETFUL) as server:
        await (await connected(server)).close()
        path = chromium()
        browser = await player.chromium.launch(executable_path=str(path) if path else None, args=["--no-sandbox"])
        await server.idle()
        for turn in range(ROUNDS + 1):
            for name, page in PAGES.items():
                seconds = await first(browser, server, f"{page}&seed={100 + turn}")
                if turn:
                    found[name].append(seconds)
        await browser.close()
    return found


def main() -> int:
    """Measure and print; 1 where the goal is missed."""
    before = load()
    found = asyncio.run(measure())
    rows = [
        (name, f"{statistics.median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})")
        for name, seconds in found.items()
    ]
    worst = max(map(statistics.median, found.values()))
    verdict = f"{worst:.2f} s at most (goal {GOAL_SECONDS} s; {before} before, {load()} at the end)"
    return tell("From Run to the first point on the page", rows, verdict, met=worst <= GOAL_SECONDS, unit="s, median")


if __name__ == "__main__":
    sys.exit(main())
