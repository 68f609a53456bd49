"""What every page must show in a browser: it has finished, it is accessible, it fits."""

import sys
from collections.abc import Callable
from typing import Any, Literal

import psutil
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.serving import Server

SETTLE_MS = 45_000


def settle(page: Page) -> None:
    """Wait until the page is connected, its script has finished and no error box is shown."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=SETTLE_MS)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=SETTLE_MS)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=SETTLE_MS)
    page.wait_for_load_state("networkidle")  # parts of Streamlit, and our components, are fetched when first shown
    expect(page.get_by_test_id("stException")).to_have_count(0)


def turn(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Turn the page light or dark, and wait until its drawings have heard of it, which takes a run of the page."""
    page.emulate_media(color_scheme=scheme)
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
    other = ".rx-root:not(.rx-night, .rx-night *)" if scheme == "dark" else ".rx-night"
    expect(page.locator(other)).to_have_count(0, timeout=SETTLE_MS)
    settle(page)


def build(page: Page) -> None:
    """Open the editor of the net."""
    opener = page.get_by_test_id("stExpandSidebarButton")
    if opener.is_visible():
        opener.click()
    page.get_by_text("Build your own").click()
    settle(page)


BAR = '[data-testid="stSidebarNav"]'
"""Streamlit's own list of pages on a narrow screen: it has a div for each section between the list and its items."""

RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
"""All that axe knows of, and that what is pressed is 24 pixels wide and high, or stands apart (WCAG 2.5.8)."""
VIOLATIONS = "([bar, rules]) => axe.run({ exclude: [[bar]] }, rules).then(found => found.violations)"
"""What axe finds wrong alone: to describe all else that it has seen, and to send it here, takes longer than to look."""


def assert_accessible(page: Page) -> None:
    """Assert that axe finds no violation once nothing is pale any more; list each with its places otherwise."""
    settle(page)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=SETTLE_MS)
    if page.evaluate("typeof axe === 'undefined'"):
        # Straight to the engine, which knows the script from the last page of this process; `evaluate` hides it.
        page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE_SCRIPT})
    found = page.evaluate(VIOLATIONS, [BAR, RULES])
    assert not found, "\n".join(map(described, found))


def described(violation: dict[str, Any]) -> str:
    """Describe one violation: the rule, then where it is broken and why."""
    places = "\n".join(
        f"  {' '.join(map(str, node['target']))}\n    {node['html'][:160]}\n    {node['failureSummary']}"
        for node in violation["nodes"]
    )
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{places}"


STOPS = """async () => {
    document.head.insertAdjacentHTML('beforeend', '<style id=still>* { transition: none !important }</style>');
    const deep = root => [...root.querySelectorAll('*')].flatMap(e => [e, ...(e.shadowRoot ? deep(e.shadowRoot) : [])]);
    const stops = deep(document.querySelector('[data-testid=stMain]'))
        .filter(e => e.tabIndex >= 0 && !e.disabled && e.getBoundingClientRect().width)
        .filter(e => e.checkVisibility({ visibilityProperty: true }));
    const above = e => e ? [e, ...above(e.parentElement)] : [];
    const looks = e => above(e).slice(0, 5).map(each => {
        const { outline, boxShadow, borderColor, backgroundColor, opacity } = getComputedStyle(each);
        return [outline, boxShadow, borderColor, backgroundColor, opacity];
    }).join();
    const painted = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
    const unseen = [];
    for (const each of stops) {
        const before = looks(each);
        each.focus();
        await painted();
        if (each.matches(':focus') && looks(each) === before) unseen.push(each);
        each.blur();
    }
    document.querySelector('#still').remove();
    return [stops, unseen].map(each => each.map(e => e.outerHTML.slice(0, 120)));
}"""
MOST_STOPS = 25


def assert_reachable(page: Page) -> None:
    """Assert that few Tab stops lead past the bar and through the main part, and that each shows its focus."""
    page.keyboard.press("Tab")  # from now on what has the focus is shown
    stops, unseen = page.evaluate(STOPS)
    assert len(stops) <= MOST_STOPS, f"{len(stops)} Tab stops:\n" + "\n".join(stops)
    passed = _passed(page)
    assert 1 < len(passed) <= MOST_STOPS, f"{len(passed)} times Tab was pressed:\n" + "\n".join(passed)
    assert not unseen, "focus cannot be seen:\n" + "\n".join(unseen)


FOCUS = """() => {
    const deepest = e => e.shadowRoot?.activeElement ? deepest(e.shadowRoot.activeElement) : e;
    const inside = document.activeElement.closest('[data-testid=stMain]');
    return inside ? deepest(document.activeElement).outerHTML.slice(0, 120) : "";
}"""


def _passed(page: Page) -> list[str]:
    """Where the focus is each time that Tab is pressed: on the link past the bar, then to the end of the main part."""
    link = page.get_by_role("link", name="Skip to main content")  # it is Streamlit's
    link.focus()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    passed = ["the link past the bar"]
    for _ in range(4 * MOST_STOPS):
        page.keyboard.press("Tab")
        if place := page.evaluate(FOCUS):
            passed.append(place)
        else:
            break
    return passed


SHIFT = """() => new Promise(resolve => {
    const observer = new PerformanceObserver(list => {
        const moves = list.getEntries().filter(each => !each.hadRecentInput);
        resolve([moves.reduce((sum, each) => sum + each.value, 0),
                 moves.flatMap(each => each.sources.map(({node}) => node?.outerHTML?.slice(0, 120) ?? ''))]);
    });
    observer.observe({type: 'layout-shift', buffered: true});
    setTimeout(() => resolve([0, []]), 500);
})"""
MOST_SHIFT = 0.05


TITLES = """() => {
    const deep = root => [...root.querySelectorAll('*')].flatMap(e => [e, ...(e.shadowRoot ? deep(e.shadowRoot) : [])]);
    const all = deep(document.querySelector('.st-key-main_figure'));
    const inside = b => b.left >= 0 && b.top >= 0 && b.right <= innerWidth && b.bottom <= innerHeight;
    const words = all.filter(e => e.matches('svg text')).map(e => e.getBoundingClientRect());
    const touches = (a, b) => a.left < b.right && b.left < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom;
    const range = document.createRange();
    const titles = all.filter(e => e.matches('h1, h2, .rx-title, .rx-caption, .rx-area-title'));
    const found = titles.filter(e => e.textContent.trim()).map(e => {
        range.selectNodeContents(e);
        const box = range.getBoundingClientRect();
        const size = box.width > 2 && inside(box) ? parseFloat(getComputedStyle(e).fontSize) : 0;
        return [e.textContent, size, words.some(each => touches(each, box))];
    });
    return [found, Math.max(0, ...words.map(each => each.bottom))];
}"""


def assert_titled(page: Page, least: float, *, whole: bool = True) -> None:
    """Assert that the main figure says what it shows, in letters of so many pixels over which nothing lies.

    A `whole` one has all its words in sight.
    """
    titles, lowest = page.evaluate(TITLES)
    figure = page.locator(".st-key-main_figure").bounding_box()
    assert figure
    assert not whole or lowest <= figure["y"] + figure["height"], f"words down to {lowest}: {figure}"
    assert any(size >= least for _, size, _ in titles), f"no title of {least} pixels: {titles}"
    assert not [text for text, _, touched in titles if touched], f"words over a title: {titles}"


def assert_accessible_in_any_light_and_on_a_phone(page: Page) -> None:
    """Assert that axe finds nothing by day and by night, and that the page fits a telephone: in one visit."""
    assert_accessible(page)
    turn(page, "dark")
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    assert_no_horizontal_scroll(page)


def assert_nothing_jumped(page: Page, again: Callable[[], Page]) -> None:
    """Assert that next to nothing has moved since the page was opened, by the median of three loads; name what did."""
    found = [page.evaluate(SHIFT)]
    if found[0][0] >= MOST_SHIFT:
        found += [again().evaluate(SHIFT) for _ in range(2)]
    shift, moved = sorted(found)[len(found) // 2]
    assert shift < MOST_SHIFT, f"layout shift {shift:.3f}:\n" + "\n".join(moved)


def assert_no_horizontal_scroll(page: Page) -> None:
    """Assert that nothing makes the document or Streamlit's scrolling areas wider than the screen; name what does."""
    too_wide = page.evaluate(
        """() => {
            const areas = [document.documentElement, document.querySelector('[data-testid=stMain]')]
                .filter(area => area.scrollWidth > area.clientWidth);
            const culprits = [...document.querySelectorAll('[data-testid=stMain] *')]
                .filter(e => Math.max(e.getBoundingClientRect().right, e.scrollWidth) > innerWidth + 0.5);
            return areas.length ? [...areas, ...culprits.slice(-5)].map(e => e.outerHTML.slice(0, 120)) : [];
        }"""
    )
    assert not too_wide, "wider than the screen:\n" + "\n".join(too_wide)


def assert_without_torch(server: Server) -> None:
    """Assert that the web process has not loaded torch; macOS does not tell what another process has loaded."""
    if sys.platform == "darwin":
        return
    loaded = [each.path for each in psutil.Process(server.process.pid).memory_maps()]
    assert any("python" in path for path in loaded)
    assert not any("torch" in path for path in loaded)
