"""An address in a folder, where a page cannot be, is told so; every other answer is Streamlit's own."""

import asyncio
import re
from typing import Any
from urllib.parse import urljoin

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from resnet_explorer.ui.app import below, early
from resnet_explorer.ui.app.lost import Lost

BASES = ("", "/school/nets")
SCRIPT = f"static/js/{min(early.FOLDER.iterdir()).name}"


async def _media(_: Any) -> HTMLResponse:
    return HTMLResponse("<p>taken away</p>")


def told(base: str, place: str, method: str = "GET") -> tuple[int, str]:
    """Status and text of what is answered there, before Streamlit's own static files and a page to take away."""
    routes = [Route(f"{base}/media/net.html", _media), *create_streamlit_static_assets_routes(base)]
    app, sent = Starlette(routes=routes, middleware=[Middleware(Lost)]), list[Any]()

    async def receive() -> Any:
        await asyncio.Event().wait()  # the browser stays

    async def send(message: Any) -> None:
        sent.append(message)

    path = f"{base}/{place}"
    scope = {"type": "http", "method": method, "path": path, "root_path": "", "query_string": b"", "headers": []}
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], b"".join(each.get("body", b"") for each in sent[1:]).decode()


@pytest.fixture(params=BASES, ids=["at its root", "below a path"])
def base(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The path below which the pages are."""
    monkeypatch.setattr(below.st, "get_option", lambda _: request.param)
    return str(request.param)


@pytest.mark.parametrize("place", ["a/b/c", "explore/x", "explore/static/x.js", "static/js/of-yesterday.js"])
def test_an_address_in_a_folder_is_told_to_be_none_and_leads_to_the_front_door(base: str, place: str) -> None:
    status, text = told(base, place)
    assert status == 404
    assert "ResNet Explorer has nothing at this address" in text
    [link] = re.findall('href="([^"]+)"', text)
    assert urljoin(f"http://a{base}/{place}", link) == f"http://a{base}/"
    assert told(base, place, "HEAD")[0] == 404


@pytest.mark.parametrize("place", ["", "explore", "nonsense"])
def test_pages_are_answered_with_the_document(base: str, place: str) -> None:
    status, text = told(base, place)
    assert status == 200
    assert '<div id="root">' in text


def test_all_else_in_folders_is_passed_on(base: str) -> None:
    assert told(base, SCRIPT) == (200, (early.FOLDER.parent.parent / SCRIPT).read_text(encoding="utf-8"))
    assert told(base, "media/net.html") == (200, "<p>taken away</p>")
    assert told(base, "explore/")[0] == 301
    assert told(base, "explore/_stcore/health")[0] == 404
    assert "nothing at this address" not in told(base, "explore/_stcore/health")[1]
