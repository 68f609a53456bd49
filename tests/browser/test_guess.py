"""A guess in a real browser: drawn on the axes of the answer, which then takes its place."""

from playwright.sync_api import expect

from tests.browser.checks import assert_accessible
from tests.browser.conftest import Visit


def test_a_guess_is_drawn_and_the_answer_takes_its_place(visit: Visit) -> None:
    page = visit("/laboratory?experiment=agreement", width=1280, height=720)
    axes = page.get_by_role("slider", name="Your guess for plain")
    expect(axes).to_be_visible(timeout=60_000)
    before = axes.bounding_box()
    assert before
    assert before["y"] + before["height"] <= 720
    y = before["y"] + 100
    page.mouse.move(before["x"] + 90, y)
    page.mouse.down()
    page.mouse.move(before["x"] + before["width"] - 170, y, steps=5)
    page.mouse.up()
    expect(page.locator(".rx-knot")).to_have_count(4, timeout=60_000)
    axes.press("ArrowUp")
    assert_accessible(page)
    page.get_by_role("button", name="Show what happens").click()
    expect(page.get_by_text("Your line for plain is off by")).to_be_visible(timeout=60_000)
    chart = page.locator(".js-plotly-plot").first
    expect(chart).to_contain_text("your guess", timeout=60_000)
    after = chart.bounding_box()
    assert after
    assert (after["x"], after["y"], after["height"]) == (before["x"], before["y"], before["height"])
