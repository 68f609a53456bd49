"""Presses that are made before the first of them is answered: a slow line, a busy server, a quick hand."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.browser.checks import settle
from tests.browser.conftest import Visit

TOLD = 200
"""Milliseconds after which a press has left the browser."""


class Line:
    """The line to the server: while it is `held`, answers wait."""

    def __init__(self, page: Page) -> None:
        self.held = False
        self._waiting: list[Callable[[], None]] = []
        page.route_web_socket("**/_stcore/stream", self._opened)

    def _opened(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()
        browser.on_message(server.send)
        server.on_message(lambda answer: self._answered(lambda: browser.send(answer)))

    def _answered(self, pass_on: Callable[[], None]) -> None:
        if self.held:
            self._waiting.append(pass_on)
        else:
            pass_on()

    def release(self) -> None:
        """Let all answers through, in their order: those that come meanwhile wait for the others."""
        while self._waiting:
            self._waiting.pop(0)()
        self.held = False


@pytest.fixture
def held(new_context: Callable[..., BrowserContext]) -> tuple[Page, Line]:
    """Explore, from which presses leave, and to which no answer comes."""
    page = new_context().new_page()
    line = Line(page)
    page.goto("/explore")
    settle(page)
    line.held = True
    return page, line


def test_each_press_counts_before_the_first_is_answered(held: tuple[Page, Line]) -> None:
    page, line = held
    for press in ("the first stage's", "every second one", "Pin this net"):
        page.get_by_role("button", name=press, exact=True).or_(page.get_by_role("radio", name=press)).click()
        page.wait_for_timeout(TOLD)
    line.release()
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    settle(page)
    texts = parse_qs(urlsplit(page.url).query)
    second = "layer1.1,layer2.0,layer2.2,layer3.0-4-2,layer4.0,layer4.2"
    assert texts == {"cut": [second], "pin": [f"cut={second}"]}  # the list of nets said ResNet-34 with each press


def test_a_view_is_presented_and_changed_before_the_first_is_answered(held: tuple[Page, Line]) -> None:
    page, line = held
    page.get_by_role("button", name="Present", exact=True).click()
    page.wait_for_timeout(TOLD)
    page.get_by_role("radio", name="every second one", exact=True).click()
    page.wait_for_timeout(TOLD)
    line.release()
    expect(page.locator(".st-key-main_figure h1")).to_contain_text("cut layer1.1")
    settle(page)
    assert parse_qs(urlsplit(page.url).query).keys() == {"present", "cut"}
    line.held = True
    page.keyboard.press("Escape")
    page.wait_for_timeout(TOLD)
    page.keyboard.press("Escape")
    line.release()
    expect(page.get_by_test_id("stHeader")).to_be_visible()
    settle(page)
    assert parse_qs(urlsplit(page.url).query).keys() == {"cut"}


def test_a_press_and_its_opposite_leave_page_and_address_as_they_were(held: tuple[Page, Line]) -> None:
    page, line = held
    for press in ("all", "none"):
        page.get_by_role("radio", name=press, exact=True).click()
        page.wait_for_timeout(TOLD)
    line.release()
    expect(page.get_by_role("heading", name="ResNet-34", exact=True)).to_be_visible()
    settle(page)
    expect(page).to_have_url(re.compile("/explore$"))


def test_a_list_keeps_what_its_keys_have_come_to_while_an_earlier_answer_comes(held: tuple[Page, Line]) -> None:
    page, line = held
    box = page.get_by_role("combobox", name="Net")
    box.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(5 * TOLD)  # its answer waits
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    line.release()
    line.held = True
    page.wait_for_timeout(TOLD)
    page.keyboard.press("ArrowDown")
    line.release()
    expect(page).to_have_url(re.compile("net=resnet101$"))
    settle(page)
    expect(box).to_have_value("resnet101")
    expect(box).to_be_focused()


def test_a_list_is_gone_back_to_again_and_again(visit: Visit) -> None:
    page = visit("/laboratory")
    for _ in range(2):
        page.get_by_role("link", name="Degradation").first.click()
        expect(page).to_have_url(re.compile("experiment=degradation"))
        settle(page)
        page.get_by_role("link", name="All experiments").click()
        expect(page).to_have_url(re.compile("/laboratory$"))
        settle(page)


def test_a_talk_is_gone_through_quickly_over_several_pages(visit: Visit) -> None:
    page = visit("/?talk=34layers")
    place = page.locator(".rx-beat-place")
    for keys, beat in ((["PageDown"] * 5, 6), (["PageDown", "PageUp", "PageDown"], 7), (["PageUp"] * 6, 1)):
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(TOLD)
        expect(place).to_have_text(f"{beat} / 8")
        settle(page)
        expect(place).to_have_text(f"{beat} / 8")
        expect(page).to_have_url(re.compile(rf"beat={beat}\b"))


def test_a_talk_goes_back_and_on_again(visit: Visit) -> None:
    page = visit("/bottleneck?present=1&talk=17x&beat=2")
    wide = re.compile("channels=1024")
    for key, beat in (("ArrowRight", 3), ("ArrowLeft", 2), ("ArrowRight", 3)):
        page.keyboard.press(key)
        expect(page.locator(".rx-beat-place")).to_have_text(re.compile(f"^{beat} / "))
        if beat == 3:
            expect(page).to_have_url(wide)
        else:
            expect(page).not_to_have_url(wide)
        settle(page)
