"""The guard as a browser meets it: pages work under its rules, which stop what is no part of them."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from resnet_explorer.ui.view import visitor
from tests.browser.checks import settle
from tests.browser.conftest import Visit

SCRIPT = (
    "() => { const it = document.createElement('script'); it.text = 'window.stranger = 1'; document.body.append(it) }"
)

STOPPED = "(e, ms) => e.getAnimations().forEach(each => { each.pause(); each.currentTime = ms; })"
"""Has an element look as it does so many milliseconds after it came, and go on looking so."""


def test_a_script_that_comes_into_a_page_does_not_run(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()  # not by `visit`: this browser is to complain
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto("/?net=resnet50")
    settle(page)
    page.evaluate(SCRIPT)
    assert page.evaluate("window.stranger") is None
    assert "Content Security Policy" in refused[-1]


def test_a_visitor_keeps_a_name_that_no_script_reads(visit: Visit) -> None:
    page = visit("/?net=resnet50")
    (name,) = [each for each in page.context.cookies() if each.get("name") == visitor.NAME]
    assert name.get("httpOnly")
    assert visitor.NAME not in page.evaluate("document.cookie")
    page.reload()
    assert name.get("value") in [each.get("value") for each in page.context.cookies()]


def test_a_page_without_its_websocket_says_so_after_a_while(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()
    page.route_web_socket("**/_stcore/stream", lambda socket: socket.close())
    page.goto("/explore?net=resnet50")
    told = page.get_by_text("has heard nothing from the server")
    expect(told).to_be_attached()
    told.evaluate(STOPPED, 9_900)
    expect(told).not_to_be_visible()
    told.evaluate(STOPPED, 10_000)
    expect(told).to_be_visible()
