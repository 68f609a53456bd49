"""The race on a screen of 1280 x 720: whole before, while and after it is run, and nothing jumps."""

import re

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_journeys import RUN_SECONDS, button

SHIFT = """() => { window.shift = 0; new PerformanceObserver(list => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) window.shift += each.value;
}).observe({ type: "layout-shift" }); }"""


OUTSIDE = """figure => {
    const room = figure.getBoundingClientRect();
    const seen = [...figure.querySelectorAll("h1, p, button, input, output, b, .rx-race-number, svg[role=img] text")];
    const boxes = seen.map(each => [each, each.getBoundingClientRect()]).filter(([, box]) => box.width);
    const out = boxes.filter(([, box]) => box.left < room.left - 1 || box.top < room.top - 1
        || box.right > room.right + 1 || box.bottom > room.bottom + 1);
    return [boxes.length, ...out.map(([each]) => each.outerHTML)];
}"""


def frame(page: Page) -> FloatRect:
    """The place of the main figure: it is inside the window, all its parts inside it."""
    figure = page.locator("[data-main-figure]")
    box, size = figure.bounding_box(), page.viewport_size
    assert box
    assert size
    assert min(box["x"], box["y"]) >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] + box["height"] <= size["height"]
    seen, *wrong = figure.evaluate(OUTSIDE)
    assert seen > 20
    assert wrong == []
    return box


def test_the_race_is_whole_before_while_and_after_it_is_run(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet18&steps=400&seed=21", height=720)
    page.evaluate(SHIFT)
    step = page.locator(".rx-step")
    expect(step).to_have_text("no step yet")
    before = frame(page)
    button(page, "Run")
    expect(step).to_have_text(re.compile(r"^step \d+$"), timeout=1000 * RUN_SECONDS)
    assert frame(page) == before
    button(page, "Stop")
    expect(page.get_by_role("button", name="Run again", exact=True)).to_be_enabled(timeout=1000 * RUN_SECONDS)
    expect(step).to_have_text(re.compile(r"^step \d+ of \d+$"))  # the last one that both have made
    assert frame(page) == before
    assert page.evaluate("window.shift") < 0.05


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


def test_the_race_is_whole_on_a_phone(visit: Visit) -> None:
    frame(visit("/gradients", width=390, height=844))


THUMB = 16


@pytest.mark.parametrize("width", [390, 1280])
def test_the_sliders_thumb_stands_over_the_step_of_the_losses(visit: Visit, width: int) -> None:
    page = visit("/gradients?step=20", width=width, height=844)
    expect(page.locator(".rx-step")).to_have_text("step 20 of 80")
    slider, cursor = page.locator(".rx-slider").bounding_box(), page.locator(".cursor").bounding_box()
    assert slider
    assert cursor
    thumb = slider["x"] + THUMB / 2 + 19 / 79 * (slider["width"] - THUMB)
    assert abs(thumb - cursor["x"]) < 1.5


def test_the_frame_of_a_phone_is_the_same_while_a_race_runs(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet18&steps=400&seed=22", width=390, height=844)
    body = page.locator(".rx-race-body")
    before = body.bounding_box()
    button(page, "Run")
    expect(page.locator(".rx-step")).to_have_text(re.compile(r"^step \d+$"), timeout=1000 * RUN_SECONDS)
    assert body.bounding_box() == before
    button(page, "Stop")
    expect(page.get_by_role("button", name="Run again", exact=True)).to_be_enabled(timeout=1000 * RUN_SECONDS)
    assert body.bounding_box() == before


MEET = """body => {
    const boxes = all => [...body.querySelectorAll(all)].flatMap(each =>
        [...each.getClientRects()].map(box => ({ words: each.textContent, box })));
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 5 && b.top < a.bottom - 5;
    const ticks = boxes("svg text.end");
    return boxes(".rx-race-side :is(b, span)").flatMap(({ words, box }) =>
        ticks.filter(tick => meet(box, tick.box)).map(tick => `${words} over ${tick.words}`));
}"""
"""Words over the rows of a race that lie on the numbers of an axis; a line of type is higher than its letters."""


@pytest.mark.parametrize("width", [320, 390, 600])
def test_on_a_narrow_screen_the_names_of_rows_keep_clear_of_their_axes(visit: Visit, width: int) -> None:
    page = visit("/gradients", width=width)
    body = page.locator(".rx-race-body")
    expect(body.locator("svg text.end").first).to_be_visible()
    assert body.evaluate(MEET) == []
