"""Copy link and QR code, in a browser that has a clipboard and in one that has none, as on plain http."""

import re

from playwright.sync_api import expect

from resnet_explorer.ui.view.address import ALONE
from tests.browser.checks import assert_accessible
from tests.browser.conftest import Visit
from tests.browser.test_journeys import button


def test_a_view_is_copied_at_once_and_shown_as_a_code(visit: Visit, base_url: str) -> None:
    page = visit("/explore?net=resnet18&blocks=2,2,2,3")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button(page, "Copy link")
    expect(page.get_by_role("button", name="Copied for this machine")).to_be_visible()
    link = f"{base_url}/explore?blocks=2,2,2,3"
    assert page.evaluate("navigator.clipboard.readText()") == link
    with page.expect_response(re.compile("/qr.svg")) as drawn:
        page.keyboard.press("q")
    assert drawn.value.headers["content-type"] == "image/svg+xml"
    code = page.get_by_role("img", name=f"QR code of {link}")
    expect(code).to_be_in_viewport(ratio=1)
    assert code.evaluate("e => e.complete && e.naturalWidth > 0 && e.clientWidth > 0.55 * innerHeight")
    expect(page.get_by_text(ALONE)).to_be_visible()  # the server of tests listens to this machine alone
    page.get_by_text("Hide controls for an exercise").click()
    page.get_by_role("checkbox", name="depth").check()
    expect(page.get_by_role("textbox", name="Link")).to_have_value(f"{link}&hide=depth")
    assert_accessible(page)
    page.keyboard.press("Escape")
    exercise = visit(f"{link.removeprefix(base_url)}&hide=depth")
    expect(exercise.get_by_role("button", name="QR code")).to_be_visible()
    expect(exercise.get_by_role("combobox", name="Net")).to_have_count(0)


def test_the_front_door_offers_nothing_to_hide(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("q")
    expect(page.get_by_role("textbox", name="Link")).to_be_visible()
    expect(page.get_by_text("Hide controls for an exercise")).to_be_hidden()


def test_a_talk_has_its_code_and_the_panel_keeps_its_keys(visit: Visit, base_url: str) -> None:
    page = visit("/?talk=vgg", height=720)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    expect(page.locator("[data-main-figure]")).to_be_visible()
    page.keyboard.press("q")
    button(page, "Copy link")
    expect(page.get_by_role("button", name="Copied for this machine").last).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile("present=1&talk=vgg"))
    page.set_content("<textarea autofocus></textarea>")
    page.locator("textarea").focus()
    page.keyboard.press("Control+v")
    assert page.locator("textarea").input_value() == f"{base_url}/explore?net=vgg16&row=params"
