"""When a page is seen by somebody who has never been here: headline, first picture, all the window shows, all there is.

`python -m benchmarks.paint` opens every page in Chromium, each time in a profile of its own, in turns with Streamlit's
empty page in the same frame; then some of them on a narrow screen, and over a line of 1.5 Mbit/s. Medians of three.

Goals: the first picture at most 0.3 s after the headline; all of it within 1.5 times the empty page in the same round;
layout shift at most 0.05 above the empty page's. Told besides: when all is there that the window shows, since the
script of the laboratory's charts takes a browser as long as an empty page.
"""

import asyncio
import statistics
import sys
from typing import NamedTuple

from playwright.async_api import Browser, ViewportSize, async_playwright

from benchmarks._server import ROOT, connected, load, running
from resnet_explorer.terminal import table
from resnet_explorer.ui.view.navigation import PAGES as REGISTERED
from tasks import chromium

PAGES = tuple("" if index == 0 else name for index, name in enumerate(REGISTERED.names))
SOME = ("", "explore", "gradients")
ROUNDS, LONGEST_SECONDS = 3, 120
GOAL_PICTURE_SECONDS, GOAL_RATIO, GOAL_SHIFT = 0.3, 1.5, 0.05
WATCH = """
window.seen = {shift: 0};
new PerformanceObserver(list => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) seen.shift += each.value;
}).observe({type: "layout-shift", buffered: true});
const visible = each => each?.getBoundingClientRect().height > 0 && getComputedStyle(each).visibility === "visible";
const note = (name, happened) => { if (!(name in seen) && happened) seen[name] = performance.now() / 1000; };
const roots = () => [document, ...[...document.querySelectorAll(".stBidiComponent *")].map(each => each.shadowRoot)];
const figure = () => roots().map(root => root?.querySelector("[data-main-figure]")).find(Boolean);
(function look() {
    const app = document.querySelector("[data-testid=stApp]");
    if (app) {
        note("headline", roots().some(root => visible(root?.querySelector("h1"))));
        note("picture", visible(figure()?.querySelector("svg")));
        const over = "headline" in seen && app.dataset.testScriptState === "notRunning";
        const grey = [...document.querySelectorAll("[data-testid=stSkeleton]")];
        note("window", over && !grey.some(each => each.getBoundingClientRect().top < innerHeight));
        note("all", over && !grey.length);
    }
    requestAnimationFrame(look);
})();
"""
"""Notes, at each frame, what of a page is there for the first time."""


class Way(NamedTuple):
    """How pages are looked at: pixels, and bits a second of the line where it is slow."""

    name: str
    pages: tuple[str, ...]
    width: int = 1280
    height: int = 720
    bits: float = 0


class Seen(NamedTuple):
    """Seconds until each was seen, and the layout shift; without a main figure there is no picture."""

    headline: float
    picture: float
    window: float
    all: float
    shift: float


WAYS = (
    Way("on a projector", PAGES),
    Way("on a telephone", SOME, 390, 844),
    Way("over 1.5 Mbit/s", SOME, bits=1.5e6),
)


async def look(browser: Browser, url: str, way: Way) -> Seen:
    """One visit of somebody who has nothing of it yet."""
    window = ViewportSize(width=way.width, height=way.height)
    context = await browser.new_context(viewport=window, bypass_csp=True)  # Playwright evaluates text in the page
    page = await context.new_page()
    page.set_default_timeout(1000 * LONGEST_SECONDS)
    if way.bits:
        line = {"offline": False, "latency": 40, "downloadThroughput": way.bits / 8, "uploadThroughput": way.bits / 8}
        await (await context.new_cdp_session(page)).send("Network.emulateNetworkConditions", line)
    await page.add_init_script(WATCH)
    await page.goto(url, wait_until="commit")
    await page.wait_for_function("'all' in seen")
    await page.wait_for_load_state("networkidle")
    await page.wait_for_timeout(500)  # what comes late may move as well
    told = await page.evaluate("seen")
    await context.close()
    found = Seen(*(told.get(name, float("nan")) for name in Seen._fields))
    picture = told.get("picture", 0)  # it may be mounted when the page has run and nothing is grey yet
    return found._replace(window=max(found.window, picture), all=max(found.all, picture))


async def measure(way: Way) -> dict[str, list[Seen]]:
    """Its pages in turns with the empty one; each server is asked once before, uncounted."""
    found: dict[str, list[Seen]] = {name: [] for name in ("nothing", *way.pages)}
    async with (
        async_playwright() as player,
        running(ROOT / "app.py", {"RESNET_EXPLORER_STORE": "off"}) as ours,
        running(ROOT / "benchmarks" / "_empty.py") as theirs,
    ):
        urls = {"nothing": theirs.url} | {name: f"{ours.url}/{name}" for name in way.pages}
        for server in (ours, theirs):
            await (await connected(server)).close()
            await server.idle()
        path = chromium()
        browser = await player.chromium.launch(executable_path=str(path) if path else None, args=["--no-sandbox"])
        for turn in range(ROUNDS + 1):
            for name, url in urls.items():
                seen = await look(browser, url, way)
                if turn:
                    found[name].append(seen)
        await browser.close()
    return found


def rows(found: dict[str, list[Seen]]) -> tuple[list[tuple[str, ...]], bool]:
    """A row for each page, and whether all are within the goals."""
    empty, met = found["nothing"], True
    told: list[tuple[str, ...]] = []
    for name, visits in found.items():
        headline, shift = (statistics.median(getattr(each, what) for each in visits) for what in ("headline", "shift"))
        later = statistics.median(each.picture - each.headline for each in visits)
        shown, whole = (
            statistics.median(getattr(ours, what) / theirs.all for ours, theirs in zip(visits, empty, strict=True))
            for what in ("window", "all")
        )
        above = shift - statistics.median(each.shift for each in empty)
        late = later > GOAL_PICTURE_SECONDS  # never for a page without a main figure: nothing is above NaN
        within = not late and whole <= GOAL_RATIO and above <= GOAL_SHIFT
        met = met and within
        picture = f"{later:+.2f}" if later == later else "none"  # noqa: PLR0124 - it may be NaN
        verdict = "" if within else "over a goal"
        told.append((f"/{name}", f"{headline:.2f}", picture, f"{shown:.2f}", f"{whole:.2f}", f"{shift:.3f}", verdict))
    return told, met


def main() -> int:
    """Measure and print; 1 where a goal is missed."""
    met = True
    for way in WAYS:
        before = load()
        told, within = rows(asyncio.run(measure(way)))
        met = met and within
        print(f"\n{way.name} ({before} before, {load()} at the end)\n")
        head = (
            "page",
            "headline, s",
            "picture after it, s",
            "window, x empty",
            "all, x empty",
            "layout shift",
            "",
        )
        print(table(head, told), flush=True)
    print(f"\nthe goals: {'met' if met else 'MISSED'}")
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
