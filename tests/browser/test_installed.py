"""The app of the wheel, opened by its command from an empty folder: the same pages, and nothing asked of anybody."""

import signal
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from resnet_explorer.ui.view.navigation import PAGES
from tests.browser.checks import settle
from tests.browser.conftest import listen
from tests.installed import ROOT, Installed, install
from tests.serving import Server, started

THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
NOBODY = {"RESNET_EXPLORER_SCHEDULER": "tcp://127.0.0.1:1"}  # nothing answers there: no worker is started


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def opened(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, as `resnet-explorer app` opens it in an empty folder; ended as Ctrl-C ends it."""
    empty, log_file = tmp_path_factory.mktemp("empty"), tmp_path_factory.mktemp("log") / "log.txt"
    environment = installed.environment(empty, libraries=True) | NOBODY

    def command(port: int) -> list[str | Path]:
        return [installed.command, "app", "--port", str(port), "--address", "127.0.0.1", "--", "--server.headless=true"]

    with started(command, log_file, empty, environment, signal.SIGINT) as running:
        yield running
    assert not any(empty.iterdir())


@pytest.mark.parametrize("name", PAGES.names)
def test_every_page_runs_with_our_configuration(opened: Server, installed: Installed, name: str) -> None:
    told = visited(opened, name)
    (session,) = (each.new_session for each in told if each.WhichOneof("type") == "new_session")
    assert Path(session.main_script_path).is_relative_to(installed.folder)
    assert not session.config.gather_usage_stats
    assert session.custom_theme.light.primary_color == THEME["light"]["primaryColor"]
    assert session.custom_theme.dark.primary_color == THEME["dark"]["primaryColor"]
    (shown,) = (each.navigation for each in told if each.WhichOneof("type") == "navigation")
    (page,) = (each for each in shown.app_pages if each.page_script_hash == shown.page_script_hash)
    assert page.page_name == PAGES[name].title
    elements = [each.delta.new_element.WhichOneof("type") for each in told if each.WhichOneof("type") == "delta"]
    assert "exception" not in elements
    assert told[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    assert "Traceback" not in opened.log


def test_a_browser_asks_nobody_else(opened: Server, new_context: Callable[..., BrowserContext]) -> None:
    complaints: list[str] = []
    page = new_context(color_scheme="light").new_page()
    listen(page, opened.url, complaints)
    page.goto(f"{opened.url}/{PAGES.names[1]}")
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Reset", exact=True)).to_be_visible()
    red, green, blue = (int(THEME["light"]["backgroundColor"][at : at + 2], 16) for at in (1, 3, 5))
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", f"rgb({red}, {green}, {blue})")
    assert not complaints


def visited(server: Server, name: str) -> list[ForwardMsg]:
    """Open a page by its link, as a browser does: all that the server answers until the page has run."""
    urllib.request.urlopen(f"{server.url}/{name}", timeout=30).close()
    message, told = BackMsg(), []
    message.rerun_script.page_name = name
    address = f"ws{server.url.removeprefix('http')}/_stcore/stream"
    with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as connection:
        connection.send(message.SerializeToString())
        while not told or told[-1].WhichOneof("type") != "script_finished":
            told.append(ForwardMsg.FromString(bytes(connection.recv(timeout=60, decode=False))))
    return told
