"""What moves and what stays: one net turning into the next, stages folded, gauges, and formulas under every number."""

import re

from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_accessible_in_any_light_and_on_a_phone, build, settle
from tests.browser.conftest import Visit

COUNT_ANIMATIONS = """() => {
    const animate = Element.prototype.animate;
    window.animated = {};
    Element.prototype.animate = function (frames, options) {
        const ours = this instanceof SVGElement;
        for (const name of ours ? Object.keys(frames) : []) window.animated[name] = (window.animated[name] ?? 0) + 1;
        return animate.call(this, frames, options);
    };
}"""


def watched(page: Page, *, motion: bool = True) -> Page:
    """The page as one who does not mind motion sees it; its animations are counted by what they change."""
    page.emulate_media(reduced_motion="no-preference" if motion else "reduce")
    page.evaluate(COUNT_ANIMATIONS)
    return page


def animated(page: Page) -> dict[str, int]:
    counted: dict[str, int] = page.evaluate("window.animated")
    return counted


def after_next(page: Page) -> None:
    page.get_by_role("button", name="Next", exact=True).click()
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 of 8")
    expect(page.locator(".arc[data-block]")).to_have_count(16)


def test_a_step_of_the_progression_moves_columns_and_grows_arcs(visit: Visit) -> None:
    page = watched(visit("/progression?station=plain34"))
    after_next(page)
    counted = animated(page)
    assert counted["d"] == 16  # a shortcut each
    assert counted["width"] >= 34  # the bars of the net and of its tracks
    expect(page.locator("path.bar[visibility]")).to_have_count(0)  # what was drawn for the move is gone
    expect(page.locator(".plot rect:not([data-i]):not(.band)")).to_have_count(0)


def test_nothing_moves_for_those_who_want_no_motion(visit: Visit) -> None:
    page = watched(visit("/progression?station=plain34"), motion=False)
    after_next(page)
    assert animated(page) == {}


def test_nothing_moves_when_a_rerun_changes_nothing(visit: Visit) -> None:
    page = watched(visit("/?net=resnet18"))
    build(page)
    expect(page.get_by_role("textbox", name="Blocks per stage")).to_be_visible()
    assert animated(page) == {}


def test_the_numbers_count_to_those_of_the_next_station(visit: Visit) -> None:
    page = watched(visit("/progression?station=vgg19"))
    number = page.locator(".rx-number").first
    expect(number).to_have_text("144 M")
    page.get_by_role("button", name="Next", exact=True).click()
    expect(number).to_have_text("21.6 M")
    number.focus()
    assert "= 21,623,848" in str(number.get_attribute("data-f"))


def unfold(page: Page, *, by: str) -> None:
    if by == "click":
        page.locator('.stage[data-folds="conv3_x"] text.name').click()
    else:
        figure = page.locator(".rx-scroll").first
        figure.focus()
        for key in ("ArrowRight",) * 5 + ("f",):
            figure.press(key)
    settle(page)


def test_a_stage_is_unfolded_in_its_place_and_folded_again(visit: Visit) -> None:
    page = visit("/?net=cifar_resnet1202")
    columns, main = page.locator("rect[data-i]"), page.get_by_test_id("stMain")
    expect(columns).to_have_count(12)
    main.evaluate("area => (area.scrollTop = 120)")
    unfold(page, by="click")
    expect(columns).to_have_count(408)
    expect(page).to_have_url(re.compile("fold=conv2_x(,|%2C)conv4_x"))
    assert main.evaluate("area => area.scrollTop") == 120
    assert page.locator(".rx-scroll").first.evaluate("box => box.scrollWidth > box.clientWidth")
    again = visit("/" + page.url.split("/", 3)[3])
    expect(again.locator("rect[data-i]")).to_have_count(408)
    unfold(page, by="key")
    expect(columns).to_have_count(12)
    expect(page).not_to_have_url(re.compile("fold="))
    expect(page.locator(".rx-scroll").first).to_be_focused()


def test_the_stage_that_is_unfolded_far_right_stays_in_sight(visit: Visit) -> None:
    page = visit("/?net=cifar_resnet1202&fold=conv3_x,conv4_x")
    box = page.locator(".rx-scroll").first
    box.evaluate("box => (box.scrollLeft = box.scrollWidth)")
    label = page.locator('.stage[data-folds="conv4_x"]')
    column = page.locator(f'rect[data-i="{label.get_attribute("data-first")}"]')
    before = column.bounding_box()
    label.locator("text.name").click()
    expect(page.locator("rect[data-i]")).to_have_count(806)
    settle(page)
    after = page.locator(f'rect[data-i="{label.get_attribute("data-first")}"]').bounding_box()
    assert before
    assert after
    assert abs(before["x"] - after["x"]) < 12


def test_a_track_says_where_its_total_comes_from(visit: Visit) -> None:
    page = visit("/?net=resnet18")
    figure = page.locator(".rx-scroll").first
    figure.focus()
    figure.press("ArrowDown")
    expect(page.locator(".rx-tip").first).to_contain_text("= 1,814,073,344")
    figure.press("ArrowDown")
    expect(page.locator(".rx-tip").first).to_contain_text("= 11,689,512")
    figure.press("Escape")
    phone = visit("/?net=resnet18", width=390, height=844)
    phone.locator(".over").nth(1).click()
    expect(phone.locator(".rx-tip").first).to_contain_text("= 11,689,512")
    expect(phone).not_to_have_url(re.compile("at="))


def test_gauges_follow_what_is_built(visit: Visit) -> None:
    page = visit("/?net=resnet50&budget=resnet50")
    params = page.get_by_role("meter", name="Parameters")
    expect(params).to_have_attribute("aria-valuetext", "25.6 M of 25.6 M, within, nothing left")
    build(page)
    blocks = page.get_by_role("textbox", name="Blocks per stage")
    blocks.fill("3,8,6,3")
    blocks.press("Enter")
    settle(page)
    expect(params).to_have_attribute("aria-valuetext", re.compile(r"26\.7 M of 25\.6 M, over by 1\.12 M"))
    expect(page.get_by_text("Your last change (blocks per stage 3,4,6,3 → 3,8,6,3) cost")).to_be_visible()
    page.get_by_role("textbox", name="Image, pixels").scroll_into_view_if_needed()
    expect(params).to_be_in_viewport()


def test_a_budget_is_accessible_and_fits_a_phone(visit: Visit) -> None:
    link = "/?net=resnet152&budget=resnet50&fold=conv4_x"
    page = visit(link)
    assert_accessible_in_any_light_and_on_a_phone(page)


def test_a_station_is_accessible(visit: Visit) -> None:
    assert_accessible(visit("/progression?station=preactivation"))
