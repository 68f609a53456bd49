"""A view is kept where Streamlit by itself would lose it: in another tab, and in a session that has just begun."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.checks import settle
from tests.browser.conftest import Visit

FORGOTTEN = """() => {
    const sockets = window.sockets = [];
    window.WebSocket = class extends WebSocket {
        constructor(url, protocols) { super(url, protocols.slice(0, 2)); sockets.push(this); }
    };
}"""
"""A connection names the session that it comes back to third; without, the server knows nothing of it any more."""

ON_RETURN = """arc => {
    const app = document.querySelector('[data-testid="stApp"]');
    const name = "data-test-connection-state";
    new MutationObserver((_, watch) => {
        if (app.getAttribute(name) !== "CONNECTED") return;
        watch.disconnect();
        arc.click();
    }).observe(app, { attributeFilter: [name] });
}"""
"""Presses at once when the server is back, before it has run the page."""


@pytest.mark.parametrize("name", ["Why it works", "Block"])
def test_a_link_of_the_bar_opens_another_tab_with_the_view(visit: Visit, name: str) -> None:
    page = visit("/explore?net=resnet50")
    if name == "Block":
        page.get_by_test_id("stHeader").get_by_text("Architecture", exact=True).click()
    with page.context.expect_page() as opened:
        page.get_by_role("menuitem" if name == "Block" else "link", name=name, exact=True).click(modifiers=["Control"])
    expect(opened.value).to_have_url(re.compile(r"/(why|block)\?net=resnet50$"))
    expect(page).to_have_url(re.compile(r"/explore\?net=resnet50$"))


def test_the_first_action_in_a_session_that_the_server_has_forgotten_counts(visit: Visit) -> None:
    page = visit("/")
    page.add_init_script(f"({FORGOTTEN})()")
    page.goto("/explore?net=resnet50")
    settle(page)
    forget(page)
    page.get_by_role("button", name="Pin this net").click()
    expect(page).to_have_url(re.compile("pin="))
    forget(page)
    page.get_by_role("link", name="Why it works").click()
    expect(page).to_have_url(re.compile(r"/why\?net=resnet50&pin="))


def test_a_page_whose_server_is_away_says_so_and_keeps_what_is_moved(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = without_server(new_context, "/bottleneck")
    slider = page.get_by_role("slider", name="Channels")
    slider.focus()
    slider.press("ArrowRight")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(slider).to_have_value("320")
    page.unroute_all()
    expect(page).to_have_url(re.compile("channels=320"))
    expect(page.get_by_text("The server does not answer")).to_be_hidden()


@pytest.mark.parametrize("path", ["/explore", "/gradients"])
def test_an_arc_that_is_pressed_as_the_server_comes_back_is_cut(
    new_context: Callable[..., BrowserContext], path: str
) -> None:
    page = without_server(new_context, path)
    page.locator(".rx-cut").first.evaluate(ON_RETURN)
    page.unroute_all()
    expect(page).to_have_url(re.compile(r"cut=layer1\.0"))
    expect(page.locator(".rx-cut").first).to_have_attribute("aria-pressed", "false")


def without_server(new_context: Callable[..., BrowserContext], path: str) -> Page:
    """A page that has lost its server, which will know nothing of it; not by `visit`, as this browser complains."""
    page = new_context().new_page()
    page.add_init_script(f"({FORGOTTEN})()")
    page.goto(path)
    settle(page)
    page.route("**/_stcore/health", lambda route: route.abort())
    page.evaluate("window.sockets.at(-1).close()")
    expect(page.get_by_text("The server does not answer")).to_be_visible()
    return page


def forget(page: Page) -> None:
    """As a laptop that was closed for hours: the connection ends, and what comes back is a stranger."""
    before = page.evaluate("window.sockets.length")
    page.evaluate("window.sockets.at(-1).close()")
    page.wait_for_function("before => window.sockets.length > before", arg=before)
    settle(page)
