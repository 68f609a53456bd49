"""The slider of a replay and the link: one follows the other, whoever moved."""

import re

from playwright.sync_api import Page, expect

from tests.browser.checks import settle
from tests.browser.conftest import Visit
from tests.browser.test_journeys import RUN_SECONDS, button

TOLD = 400
"""Milliseconds after which the page is told of a slider that was moved: `SETTLE_MS` of the player."""
AT_REST = 600
"""Milliseconds after which a slider that was moved has told of it."""


PASSED = """step => {
    window.passed = [];
    new MutationObserver(() => passed.push(parseInt(step.textContent.slice(5))))
        .observe(step, { childList: true, characterData: true, subtree: true });
}"""
"""Writes down the steps that the player goes through."""


def move(page: Page, key: str) -> None:
    page.get_by_role("slider", name="Step of the run").press(key)


def test_undo_takes_the_slider_along(visit: Visit) -> None:
    page = visit("/laboratory?experiment=degradation&guess=1&lab_step=3", height=3000)
    step = page.locator(".rx-step")
    expect(step).to_have_text("step 3 of 240")
    page.get_by_text("Weight norm", exact=True).click()
    expect(page).to_have_url(re.compile("lab_track=weight"))
    expect(step).to_have_text("step 3 of 240")
    move(page, "Home")
    expect(page).to_have_url(re.compile("lab_step=1&|lab_step=1$"))
    button(page, "Undo")
    expect(page).not_to_have_url(re.compile("lab_track="))
    expect(step).to_have_text("step 3 of 240")


def test_back_and_forward_take_the_slider_along(visit: Visit) -> None:
    page = visit("/laboratory?experiment=degradation&guess=1&lab_step=3", height=3000)
    step = page.locator(".rx-step")
    for n in (4, 5):
        move(page, "ArrowRight")
        expect(page).to_have_url(re.compile(f"lab_step={n}"))
        settle(page)
    for travel, n in ((page.go_back, 4), (page.go_forward, 5), (page.go_back, 4)):
        travel()
        expect(step).to_have_text(f"step {n} of 240")
        settle(page)
    expect(page).to_have_url(re.compile("lab_step=4"))


HASTY = """(slider, [undo, frame, wait]) => {
    slider.value = frame;
    slider.dispatchEvent(new Event('input'));
    wait ? setTimeout(() => undo.click(), wait) : undo.click();
}"""
"""Moves the slider and presses Undo at once, which is before the page can be told, or in the moment in which it is."""


def test_link_and_slider_agree_after_a_hasty_undo(visit: Visit) -> None:
    page = visit("/laboratory?experiment=degradation&guess=1&lab_step=3", height=3000)
    step, slider = page.locator(".rx-step"), page.get_by_role("slider", name="Step of the run")
    for frame, wait in ((0, 0), (4, TOLD)):
        page.get_by_text("Weight norm", exact=True).click()
        expect(page).to_have_url(re.compile("lab_track=weight"))
        settle(page)
        undo = page.get_by_role("button", name="Undo", exact=True).element_handle()
        slider.evaluate(HASTY, [undo, frame, wait])
        expect(page).not_to_have_url(re.compile("lab_track="))
        if not wait:
            expect(page).to_have_url(re.compile("lab_step=1(&|$)"))
            expect(step).to_have_text("step 1 of 240")
    page.wait_for_timeout(AT_REST)
    settle(page)
    expect(step).to_have_text(re.compile("step [15] of 240"))
    page.wait_for_function(
        "step => step.textContent.startsWith(`step ${new URLSearchParams(location.search).get('lab_step')} of`)",
        arg=step.element_handle(),
    )


def test_an_answer_of_the_page_does_not_move_the_slider(visit: Visit) -> None:
    page = visit("/laboratory?experiment=degradation&guess=1", height=3000)
    move(page, "Home")
    page.wait_for_timeout(AT_REST)  # the page has been told, and may be answering
    move(page, "End")
    expect(page).not_to_have_url(re.compile("lab_step="))
    settle(page)
    expect(page.locator(".rx-step")).to_have_text("step 240 of 240")


def test_play_goes_on_from_the_step_of_the_link(visit: Visit) -> None:
    page = visit("/laboratory?experiment=degradation&guess=1&lab_step=200", height=3000)
    expect(page.locator(".rx-step")).to_have_text("step 200 of 240")
    page.locator(".rx-step").evaluate(PASSED)
    page.get_by_role("button", name="Replay the run").click()
    page.wait_for_function("() => passed.length > 3")
    passed = page.evaluate("passed")
    assert passed == sorted(passed)
    assert passed[0] > 200


def test_a_run_made_here_keeps_its_step_and_its_row_in_the_link(visit: Visit) -> None:
    page = visit("/laboratory?experiment=degradation&guess=1&race=demo34&lab_steps=6&seed=12", height=3000)
    button(page, "Run")
    step = page.locator(".rx-step")
    expect(step).to_have_text("step 6 of 6", timeout=1000 * RUN_SECONDS)
    move(page, "ArrowLeft")
    expect(page).to_have_url(re.compile("lab_step=5"))
    page.get_by_text("Weight norm", exact=True).click()
    expect(page).to_have_url(re.compile("lab_track=weight"))
    expect(step).to_have_text("step 5 of 6")
    other = visit("/" + page.url.split("/", 3)[3])
    expect(other.locator(".rx-step")).to_have_text("step 5 of 6")


def test_another_run_in_the_same_picture_opens_where_it_opens(visit: Visit) -> None:
    page = visit("/laboratory?experiment=degradation&guess=1&race=demo34&lab_steps=8&seed=14", height=3000)
    steps, step = page.get_by_role("spinbutton", name="Steps"), page.locator(".rx-step")
    page.get_by_text("Nets, seeds, rates, and where this was measured").click()
    for count in ("8", "6"):
        steps.fill(count)
        steps.press("Enter")
        settle(page)
        button(page, "Run")
        expect(step).to_have_text(f"step {count} of {count}", timeout=1000 * RUN_SECONDS)
    steps.fill("8")
    steps.press("Enter")
    expect(step).to_have_text("step 8 of 8")


def test_a_step_chosen_while_the_run_goes_on_is_in_its_link(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet34&steps=150&seed=13")
    button(page, "Run")
    expect(page.locator(".rx-step")).to_have_text(re.compile(r"step ([2-9]|\d{2,})$"), timeout=1000 * RUN_SECONDS)
    move(page, "Home")
    expect(page.locator(".rx-step")).to_have_text("step 1 of 150", timeout=1000 * RUN_SECONDS)
    expect(page).to_have_url(re.compile("[?&]step=1(&|$)"))
