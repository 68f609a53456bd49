"""The running app and a Chromium to visit it with.

A test asks for `visit` and gets pages as a newcomer's browser would::

    def test_the_net_is_in_the_link(visit):
        page = visit("/?net=resnet50", scheme="dark", width=390)
        expect(page.get_by_role("heading", name="ResNet-50")).to_be_visible()

When the test ends, console errors, page errors and requests to other machines fail it.
"""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebSocket, expect

from tasks import chromium
from tests.browser.checks import settle
from tests.serving import Server, serving

HERE = Path(__file__).resolve().parent
CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no other machine can be found
    "--process-per-site",  # the pages of a profile share a process, which has compiled Streamlit's scripts once
    "--js-flags=--no-opt --no-maglev",  # a page is gone before it would be worth while to compile its scripts better
]
expect.set_options(timeout=20_000)  # two of these browsers on two cores are slow, which is no failure

Scheme = Literal["light", "dark"]


class Visit(Protocol):
    """Opens a path of the app as another visitor and waits until its script has finished."""

    def __call__(self, path: str = "/", *, scheme: Scheme = "light", width: int = 1280, height: int = 900) -> Page: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder; run them last, as Playwright leaves an event loop open that others trip over."""
    items.sort(key=in_browser)
    for item in filter(in_browser, items):
        item.add_marker("browser")


def in_browser(item: pytest.Item) -> bool:
    """Tell whether a test belongs to this folder."""
    return HERE in item.path.parents


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the end of the server's log beside a failure."""
    report = yield
    running = getattr(item, "funcargs", {}).get("server")
    if report.failed and running:
        report.sections.append(("server log", running.log[-4000:]))
    return report


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real server."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    """Let pages be opened by their path."""
    return server.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the Chromium that `tasks.py` finds; without one, Playwright looks for its own."""
    found = {"executable_path": path} if (path := chromium()) else {}
    # Chromium's sandbox does not start for root; the pages are our own.
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return browser_type_launch_args | found | {"args": CHROMIUM_ARGUMENTS + sandbox}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Fix what differs between machines."""
    return browser_context_args | {"locale": "en-GB", "timezone_id": "UTC", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def profiles() -> list[BrowserContext]:
    """The browser profiles of all tests: each keeps the files and scripts that every page needs."""
    return []


def profile(browser: Browser, settings: dict[str, Any], url: str) -> BrowserContext:
    """A browser profile; its first page stays, and with it the process in which the others find their scripts ready."""
    made = browser.new_context(**settings)
    made.new_page().goto(f"{url}/_stcore/health")
    return made


@pytest.fixture
def visit(
    browser: Browser, browser_context_args: dict[str, Any], base_url: str, profiles: list[BrowserContext]
) -> Iterator[Visit]:
    """Open pages, and fail the test on whatever went wrong in them unseen. Each page is another visitor's."""
    complaints: list[str] = []
    free = list(profiles)
    for each in free:
        each.clear_cookies()
        each.clear_permissions()

    def open_page(path: str = "/", *, scheme: Scheme = "light", width: int = 1280, height: int = 900) -> Page:
        if not free:
            free.append(profile(browser, browser_context_args, base_url))
            profiles.append(free[0])
        page = free.pop(0).new_page()
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": height})
        page.context.new_cdp_session(page).send(
            "Storage.clearDataForOrigin", {"origin": base_url, "storageTypes": "local_storage"}
        )  # where Streamlit remembers that a sidebar was open
        listen(page, base_url, complaints)
        page.goto(path)
        settle(page)
        return page

    yield open_page
    for page in [page for each in profiles for page in each.pages[1:]]:
        page.close()
    if complaints:
        pytest.fail("the browser complained:\n" + "\n".join(complaints), pytrace=False)


def listen(page: Page, url: str, complaints: list[str]) -> None:
    """Collect a page's errors and its requests to anyone but the server."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def on_request(request: Request | WebSocket) -> None:
        target = urlsplit(request.url)
        if target.scheme not in {"data", "blob", "about"} and target.netloc != urlsplit(url).netloc:
            complaints.append(f"request to another machine: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"page error: {error}"))
    page.on("request", on_request)
    page.on("websocket", on_request)
