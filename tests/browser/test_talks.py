"""What holds for every beat of every talk, walked through with a clicker; light and dark take turns."""

import re

import pytest
from playwright.sync_api import expect

from resnet_explorer import talks
from tests.browser.checks import SETTLE_MS, assert_accessible, assert_titled, turn
from tests.browser.conftest import Visit

BESIDE = """all => all.filter(words => words.getBoundingClientRect().right >
    words.closest(".rx-race-side").getBoundingClientRect().right + 1).map(words => words.textContent)"""
"""Words beside the plots of a race that run into them."""
BEHIND = """all => all.filter(words => getComputedStyle(words).visibility === "visible" &&
    !words.closest(".st-key-main_figure, .st-key-leave_present")).map(words => words.textContent)"""
"""Words of the page behind a figure that is shown alone: nobody sees them, and nobody shall hear them."""

CUT = """notes => [notes, ...notes.querySelectorAll("h2, p")].flatMap(each => {
    const inside = each.getBoundingClientRect();
    const above = [];
    for (let at = each; at; at = at.parentElement ?? at.getRootNode().host) above.push(at);
    return above.filter(at => getComputedStyle(at).overflowY !== "visible").map(at => at.getBoundingClientRect())
        .filter(box => inside.top < box.top - 1 || inside.bottom > Math.min(box.bottom, innerHeight) + 1)
        .map(box => `${each.textContent}: ${inside.top} to ${inside.bottom} in ${box.top} to ${box.bottom}`);
})"""
"""Notes that a box around them, or the window, cuts off."""


@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", talks.talks())
def test_every_beat_is_accessible_and_whole(visit: Visit, name: str) -> None:
    page = visit(f"/?talk={name}", height=720)
    for at in range(1, len(talks.find(name).beats) + 1):
        if at > 1:
            page.keyboard.press("PageDown")
            expect(page).to_have_url(re.compile(rf"beat={at}\b"), timeout=SETTLE_MS)
            turn(page, "light" if at % 2 else "dark")
        assert_accessible(page)
        assert_titled(page, 26)
        expect(page.locator("[data-main-figure]")).to_be_in_viewport(ratio=0.99)
        assert page.locator(".rx-race-side b").evaluate_all(BESIDE) == []
        assert page.get_by_test_id("stMain").get_by_test_id("stMarkdownContainer").evaluate_all(BEHIND) == []
    page.set_viewport_size({"width": 1920, "height": 1080})
    bar, inside = page.locator(".st-key-beat"), page.locator(".st-key-beat .stBidiComponent")
    assert inside.evaluate("each => each.clientHeight") >= bar.evaluate("each => each.clientHeight") - 1


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (800, 900)])
def test_notes_in_a_window_of_their_own_are_whole(visit: Visit, width: int, height: int) -> None:
    page = visit("/?talk=17x&beat=2&notes=1", width=width, height=height)
    notes = page.locator(".rx-alone .rx-beat-notes")
    expect(notes).to_contain_text("Count the tiles")
    assert notes.evaluate(CUT) == []
    assert_accessible(page)


def test_what_happens_is_shown_with_the_notes_open(visit: Visit) -> None:
    page = visit("/laboratory?present=1&talk=34layers&beat=8&experiment=ablation", height=720)
    page.keyboard.press("n")
    expect(page.locator(".rx-beat-notes")).to_be_visible()
    page.get_by_role("button", name="Show what happens").click(timeout=10_000)
    expect(page.locator(".js-plotly-plot .scatterlayer .trace").first).to_be_visible(timeout=SETTLE_MS)
