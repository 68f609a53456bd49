"""The slider of a replay and the link: one follows the other, whoever moved."""

import re

from playwright.sync_api import Page, expect

from tests.browser.checks import settle
from tests.browser.conftest import Visit
from tests.browser.test_journeys import RUN_SECONDS, button

AT_REST = 600
"""Milliseconds after which a slider that was moved has told of it."""


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
    page.get_by_role("button", name="Replay the run").click()
    expect(page.locator(".rx-step")).to_have_text(re.compile("step 2[0-4][1-9] of 240"))


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


def test_a_step_chosen_while_the_run_goes_on_is_in_its_link(visit: Visit) -> None:
    page = visit("/gradients?g_net=demo_resnet34&steps=40&seed=13")
    button(page, "Run")
    expect(page.locator(".rx-step")).to_have_text(re.compile(r"step [3-9]$"), timeout=1000 * RUN_SECONDS)
    move(page, "Home")
    expect(page.locator(".rx-step")).to_have_text("step 1 of 40", timeout=1000 * RUN_SECONDS)
    expect(page).to_have_url(re.compile("[?&]step=1(&|$)"))
