"""Streamlit's scripts travel compressed, and are what they were."""

import asyncio
import gzip
import importlib
from typing import TYPE_CHECKING, Any

import pytest
from fontTools.ttLib import TTFont

from resnet_explorer.ui.app import below, early, packed
from resnet_explorer.ui.app.packed import FOLDER, Packed
from tests.serving import ROOT

if TYPE_CHECKING:
    from pathlib import Path

Message = dict[str, Any]
NAME = min(FOLDER.rglob("PageLink.*.js")).name
PATH = f"/static/js/{NAME}"


def answer(app: Packed, path: str, method: str = "GET", **headers: str) -> list[Message]:
    """What a server would send for it; the app behind says `passed`."""
    return asyncio.run(_answers(app, [path], method, **headers))[0]


async def _answers(app: Packed, paths: list[str], method: str = "GET", **headers: str) -> list[list[Message]]:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]

    async def one(path: str) -> list[Message]:
        told: list[Message] = []

        async def send(message: Any) -> None:
            told.append(message)

        async def receive() -> Message:
            return {"type": "http.disconnect"}

        asked = {"type": "http", "asgi": {"spec_version": "2.4"}, "method": method, "path": path, "headers": named}
        await app(asked, receive, send)
        return told

    return await asyncio.gather(*map(one, paths))


async def _passed(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "passed"})


def test_a_script_comes_compressed_and_is_the_same() -> None:
    start, body = answer(Packed(_passed), PATH, accept_encoding="gzip, deflate, br")
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    assert start["status"] == 200
    assert headers["content-encoding"] == "gzip"
    assert headers["content-type"] == "application/javascript"
    assert "immutable" in headers["cache-control"]
    assert gzip.decompress(body["body"]) == (FOLDER / "js" / NAME).read_bytes()
    assert int(headers["content-length"]) == len(body["body"]) < (FOLDER / "js" / NAME).stat().st_size


def test_the_icons_that_are_shown_come_in_the_place_of_all() -> None:
    (ours,) = packed.ICONS.glob("*.woff2")
    theirs = FOLDER / "media" / ours.name
    start, body = answer(Packed(_passed), f"/static/media/{ours.name}", accept_encoding="gzip")
    assert theirs.stat().st_size > 10 * len(body["body"]) > 0  # this Streamlit's font, by the hash in its name
    assert body["body"] == ours.read_bytes()
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    assert headers["content-type"] == "font/woff2"
    assert "content-encoding" not in headers
    assert answer(Packed(_passed), f"/static/media/{ours.name}")[1] == body
    assert answer(Packed(_passed), "/static/media/MaterialSymbols-Rounded.other.woff2") == [{"type": "passed"}]


def test_a_browser_asks_each_time_whether_its_icons_are_still_ours() -> None:
    (ours,) = packed.ICONS.glob("*.woff2")
    headers = dict(answer(Packed(_passed), f"/static/media/{ours.name}")[0]["headers"])
    assert headers[b"cache-control"] == b"no-cache"  # its name is Streamlit's, and stands for other icons elsewhere
    told = {
        tag: answer(Packed(_passed), f"/static/media/{ours.name}", if_none_match=tag)[0]
        for tag in ('"theirs"', headers[b"etag"].decode())
    }
    assert [start["status"] for start in told.values()] == [200, 304]
    assert dict([*told.values()][1]["headers"])[b"cache-control"] == b"no-cache"


def test_every_icon_that_is_named_is_among_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "scripts")
    maker = importlib.import_module("make_icons")
    shown, all_of_them = (maker.icons(TTFont(path)) for path in (maker.TARGET, maker.SOURCE))
    assert not maker.named() & set(all_of_them) - set(shown), "run scripts/make_icons.py"
    assert {"undo", "fullscreen", "restart_alt", "print", "push_pin", "keep_off", "play_arrow"} <= set(shown)


@pytest.mark.parametrize("late", ["PlotlyChart."])
def test_scripts_of_charts_and_tables_wait_for_what_is_to_be_painted_before(late: str) -> None:
    (found,) = (FOLDER / "js").glob(f"{late}*.js")  # Streamlit's name for it
    _, body = answer(Packed(_passed), f"/static/js/{found.name}", accept_encoding="gzip")
    assert gzip.decompress(body["body"]) == packed.PAINTED + found.read_bytes()


def test_a_style_sheet_too() -> None:
    sheet = min(FOLDER.rglob("*.css")).relative_to(FOLDER).as_posix()
    start, _ = answer(Packed(_passed), f"/static/{sheet}", accept_encoding="gzip")
    assert (b"content-type", b"text/css; charset=utf-8") in start["headers"]


def test_it_is_compressed_once_whoever_asks_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    monkeypatch.setattr(packed, "_compressed", lambda file: made.append(file) or b"small")
    app = Packed(_passed)
    answers = asyncio.run(_answers(app, [PATH] * 20, accept_encoding="gzip"))
    assert [body["body"] for _, body in answers] == [b"small"] * 20
    assert made == [FOLDER / "js" / NAME]


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        (PATH, "GET", {}),
        (PATH, "GET", {"accept_encoding": "br"}),
        (PATH, "HEAD", {"accept_encoding": "gzip"}),
        (PATH, "GET", {"accept_encoding": "gzip", "range": "bytes=0-9"}),
        (PATH, "GET", {"accept_encoding": "gzip", "if_none_match": '"x"'}),
        ("/static/js/no.js", "GET", {"accept_encoding": "gzip"}),
        ("/static/js/../../index.html", "GET", {"accept_encoding": "gzip"}),
        ("/", "GET", {"accept_encoding": "gzip"}),
        ("/explore", "GET", {"accept_encoding": "gzip"}),
    ],
)
def test_all_else_is_passed_on(path: str, method: str, headers: dict[str, str]) -> None:
    assert answer(Packed(_passed), path, method, **headers) == [{"type": "passed"}]


def test_a_websocket_is_passed_on() -> None:
    told: list[Message] = []

    async def send(message: Any) -> None:
        told.append(message)

    asyncio.run(Packed(_passed)({"type": "websocket", "path": "/_stcore/stream", "headers": []}, None, send))  # type: ignore[arg-type]
    assert told == [{"type": "passed"}]


def test_below_a_path_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(below.st, "get_option", lambda _: "school/nets")
    assert len(answer(Packed(_passed), f"/school/nets{PATH}", accept_encoding="gzip")) == 2
    assert answer(Packed(_passed), PATH, accept_encoding="gzip") == [{"type": "passed"}]


def test_the_scripts_that_come_first_are_among_them() -> None:
    names = [name for widget in (*early.EVERYWHERE, *early.WIDGETS) for name in early._named(widget)]
    assert {f"js/{name}" for name in names} <= {name.removeprefix("static/") for name in Packed(_passed)._files}
