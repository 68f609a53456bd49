"""The race on a screen of 1280 x 720: whole before, while and after it is run, and nothing jumps."""

import re

from playwright.sync_api import FloatRect, Page, expect

from tests.browser.checks import assert_accessible, assert_no_horizontal_scroll
from tests.browser.conftest import Visit
from tests.browser.test_journeys import RUN_SECONDS, button

SHIFT = """() => { window.shift = 0; new PerformanceObserver(list => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) window.shift += each.value;
}).observe({ type: "layout-shift" }); }"""


def frame(page: Page) -> FloatRect:
    """The place of the main figure, whose parts are all inside it and inside the window."""
    figure = page.locator("[data-main-figure]")
    box, size = figure.bounding_box(), page.viewport_size
    assert box
    assert size
    parts = "h1, p, button:visible, input:visible, .rx-step, .rx-race-number, .rx-race-side b, svg[role=img] text"
    for each in [figure, *figure.locator(parts).all()]:
        part = each.bounding_box()
        assert part
        assert part["x"] >= max(0, box["x"] - 1)
        assert part["y"] >= max(0, box["y"] - 1)
        assert part["x"] + part["width"] <= min(size["width"], box["x"] + box["width"] + 1)
        assert part["y"] + part["height"] <= min(size["height"], box["y"] + box["height"] + 1), each.inner_html()
    for each in figure.locator("button:visible, input:visible").all():
        target = each.bounding_box()
        assert target
        assert min(target["width"], target["height"]) >= 24
    return box


def test_the_race_is_whole_before_while_and_after_it_is_run(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet18&steps=120&seed=21", height=720)
    page.evaluate(SHIFT)
    step = page.locator(".rx-step")
    expect(step).to_have_text("no step yet")
    before = frame(page)
    button(page, "Run")
    expect(step).to_have_text(re.compile(r"^step \d+$"), timeout=1000 * RUN_SECONDS)
    assert frame(page) == before
    expect(step).to_have_text("step 120 of 120", timeout=1000 * RUN_SECONDS)
    assert frame(page) == before
    assert page.evaluate("window.shift") < 0.05
    page.locator("[data-main-figure] [role=group]").press("ArrowLeft")
    expect(step).to_have_text("step 119 of 120")


def test_the_recorded_race_stays_behind_that_of_another_seed(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet18", height=720)
    expect(page.locator(".rx-race-head p")).to_have_text(re.compile("^Recorded on "))
    expect(page.locator(".rx-ghost.trace")).to_have_count(0)
    page.get_by_text("More choices").click()
    seed = page.get_by_role("spinbutton", name="Seed")
    seed.fill("31")
    seed.press("Enter")
    expect(page.locator(".rx-race-head p")).to_have_text(re.compile("Pale: the run before.$"))
    expect(page.locator(".rx-ghost.trace")).to_have_count(6)
    frame(page)


def test_the_race_is_accessible_and_fits_a_phone(visit: Visit) -> None:
    assert_accessible(visit("/gradients"))
    assert_accessible(visit("/gradients", scheme="dark"))
    phone = visit("/gradients", width=390, height=844)
    assert_no_horizontal_scroll(phone)
    frame(phone)
