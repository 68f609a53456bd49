"""The document of every page carries our style sheet; nothing else is touched."""

import asyncio
import re
import tomllib
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resnet_explorer.diagrams.style import DARK, LIGHT
from resnet_explorer.ui import canvas
from resnet_explorer.ui.app import below, early
from resnet_explorer.ui.app.styled import Styled
from resnet_explorer.ui.canvas.script import LOOK
from resnet_explorer.ui.view.navigation import PAGES
from tests.diagrams.test_contrast import contrast

ROOT = Path(__file__).parents[2]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
GROUNDS = [
    (drawn["paper"], colours["secondaryBackgroundColor"], colours["sidebar"]["backgroundColor"])
    for drawn, colours in ((LIGHT, THEME["light"]), (DARK, THEME["dark"]))
]
"""What controls stand on: the page, their own ground, the sidebar."""
PAGE = "<html><body><p>a</p></body></html>"


def answered(app: ASGIApp, path: str = "/", method: str = "GET", **headers: str) -> tuple[dict[str, str], str]:
    """Headers and body of what is answered to a request for a page."""
    sent: list[Message] = []

    async def ask() -> None:
        named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": [(b"accept", b"text/html"), *named]}

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await Styled(app)(scope, receive, send)

    asyncio.run(ask())
    start, *bodies = sent
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    return found, b"".join(message.get("body", b"") for message in bodies).decode()


def test_the_document_ends_with_the_style() -> None:
    headers, body = answered(HTMLResponse(PAGE, headers={"ETag": "a", "Last-Modified": "b"}))
    assert body.startswith("<html><body><p>a</p><style>\n/* What the theme cannot say. */")
    assert body.count("</style>") == 1
    assert 'role="status">This page has heard nothing from the server' in body.rpartition("</style>")[2]
    assert '<p id="away" role="status">The server does not answer' in body
    assert body.endswith("</p>\n</body></html>")
    assert headers["content-length"] == str(len(body.encode()))
    assert not {"etag", "last-modified"} & headers.keys()  # else a browser keeps the style of another version


def test_the_edge_of_what_can_be_chosen_is_seen_in_light_and_dark() -> None:
    body = answered(HTMLResponse(PAGE))[1]
    [edges] = re.findall(r"stRadioOption[^{]*\{\s*border-color: light-dark\((#\w+), (#\w+)\)", body)
    [switch] = re.findall(r"stCheckbox[^{]*\{ background-color: light-dark\((#\w+), (#\w+)\)", body)
    for edge, off, grounds in zip(edges, switch, GROUNDS, strict=True):
        assert min(contrast(each, ground) for each in (edge, off) for ground in grounds) >= 3


def test_the_document_asks_early_for_the_scripts_that_pages_need() -> None:
    body = answered(HTMLResponse("<html><head><title>a</title></head><body></body></html>"))[1]
    assert body.startswith(f"<html><head><title>a</title><script>{early.SERVER}</script>")
    assert f'href="./{canvas.PATH}"' in body
    assert widgets(body) == {*early.EVERYWHERE}  # this is where people arrive first: it needs no other


@pytest.mark.parametrize("name", [*early.FIRST, "of-somebody"])
def test_the_document_asks_for_what_its_page_needs_and_each_once(name: str) -> None:
    body = answered(HTMLResponse("<head></head>"), f"/{name}")[1]
    asked = re.findall(r'href="\./static/js/([^"]+)"', body.partition("</head>")[0])
    assert len(asked) == len(set(asked))
    assert all((early.FOLDER / each).is_file() for each in asked)
    own = early.FOLDER.parents[1].joinpath("index.html").read_text(encoding="utf-8")
    assert not [each for each in asked if each in own]  # Streamlit's document asks for those
    assert widgets(body) == {*early.EVERYWHERE, *early.FIRST.get(name, early.WIDGETS)}  # this Streamlit still has each


def widgets(body: str) -> set[str]:
    return set(re.findall(r'href="\./static/js/(\w+)\.[^"]+" data-widget', body))


def test_every_page_says_what_it_needs_first() -> None:
    assert set(early.FIRST) == set(PAGES.names)
    assert set().union(*early.FIRST.values()) <= {*early.WIDGETS}


def test_a_document_in_parts_is_styled_once() -> None:
    async def parts(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b"<p>a</p></bo", "more_body": True})
        await send({"type": "http.response.body", "body": b"dy>"})

    assert answered(parts)[1].count("<style>") == 1


@pytest.mark.parametrize(
    "answer",
    [
        PlainTextResponse(PAGE),
        Response(PAGE, media_type="application/json"),
        Response(PAGE, media_type="text/javascript"),
    ],
)
def test_what_is_no_document_is_passed_on(answer: Response) -> None:
    assert answered(answer)[1] == PAGE


def test_a_page_that_is_taken_away_is_left_as_it_is() -> None:
    assert answered(HTMLResponse(PAGE), "/media/net.html")[1] == PAGE


def test_below_a_path_of_its_own_a_page_is_what_it_is_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    at_root = {name: answered(HTMLResponse("<head></head>"), f"/{name}")[1] for name in ("", "explore")}
    monkeypatch.setattr(below.st, "get_option", lambda _: "school/nets")
    for address, name in (("", ""), ("/", ""), ("/explore", "explore")):
        assert answered(HTMLResponse("<head></head>"), f"/school/nets{address}")[1] == at_root[name]
    assert answered(HTMLResponse(PAGE), "/school")[1] == PAGE


def test_a_document_is_asked_for_as_it_is_written() -> None:
    seen: list[list[bytes]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append([name for name, _ in scope["headers"]])
        await HTMLResponse(PAGE)(scope, receive, send)

    assert "<style>" in answered(app, accept_encoding="gzip", host="a")[1]
    assert seen == [[b"accept", b"host"]]
    assert "<style>" not in answered(app, method="HEAD")[1]


def test_a_line_of_the_plain_net_is_dashed_but_where_it_is_the_pale_one_of_each_step() -> None:
    undashed = re.findall(r"([^{}]*\.trace[^{}]*)\{[^}]*stroke-dasharray: none", LOOK)
    assert [each.strip() for each in undashed] == [".rx .trace.rx-raw"]
