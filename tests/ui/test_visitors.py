"""Those who are let through: how much they may send, how many they may be, and what they are told."""

import asyncio
import base64
import hashlib
import logging
from typing import Any
from unittest.mock import AsyncMock

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from resnet_explorer.jobs import visitor as keys
from resnet_explorer.ui.app import cookies, early, frames, guard, headers
from resnet_explorer.ui.app.frames import Frames
from resnet_explorer.ui.app.quiet import RepeatFilter
from resnet_explorer.ui.view import visitor

Message = dict[str, Any]
PAGE = [(b"accept", b"text/html,*/*"), (b"host", b"a.example")]


def frame(**asked: Any) -> bytes:
    made = BackMsg(**asked)
    if not asked:
        made.rerun_script.query_string = "net=resnet50"
    return bytes(made.SerializeToString())


def told(*sent: Message) -> tuple[list[Message], list[Message]]:
    """What the app behind gets of these messages, and what the browser is told."""
    left, back = list(sent), []

    async def receive() -> Any:
        return left.pop(0) if left else {"type": "websocket.disconnect", "code": 1000}

    async def send(message: Any) -> None:
        back.append(message)

    async def through() -> list[Message]:
        between, got = Frames(receive, send), []
        while not got or got[-1]["type"] != "websocket.disconnect":
            got.append(dict(await between.receive()))
        await between.send({"type": "websocket.send"})
        return got

    return asyncio.run(through()), back


def of(*sent: bytes) -> list[Message]:
    return [{"type": "websocket.receive", "bytes": each} for each in sent]


def test_the_largest_frame_that_is_taken_has_just_so_many_bytes() -> None:
    between = Frames(AsyncMock(), AsyncMock())
    assert not between._refusal(bytes(frames.MOST_BYTES))
    assert "bytes" in between._refusal(bytes(frames.MOST_BYTES + 1))


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands: its only time can be set."""
    clock = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    return clock


def test_what_a_page_sends_is_passed_on_and_answered() -> None:
    got, back = told(*of(frame(), frame(app_heartbeat=True), frame(load_git_info=True), frame(stop_script=True)))
    assert [each.get("bytes") for each in got[:-1]] == [frame(), frame(app_heartbeat=True), frame(stop_script=True)]
    assert back == [{"type": "websocket.send"}]


def skill() -> bytes:
    made = BackMsg()
    made.backend_operation_request.install_skills.SetInParent()
    return bytes(made.SerializeToString())


def large() -> bytes:
    made = BackMsg()
    made.rerun_script.query_string = "x" * 1_000_000
    return bytes(made.SerializeToString())


def part_of_a_table() -> bytes:
    made = BackMsg()
    made.backend_operation_request.dataframe_chunk.SetInParent()
    return bytes(made.SerializeToString())


@pytest.mark.parametrize(
    "odd",
    [
        {"type": "websocket.receive", "text": "hello"},
        *of(
            b"", b"\xff\xff garbage", frame() + bytes([0x0A]), frame(clear_cache=True), frame(set_run_on_save=True),
            frame(debug_shutdown_runtime=True), frame(debug_disconnect_websocket=True), skill(), large(),
        ),
    ],
)  # fmt: skip
def test_who_sends_anything_else_is_cut_off(odd: Message) -> None:
    got, back = told(odd, *of(frame()))
    assert got == [{"type": "websocket.disconnect", "code": 1008}]
    assert back == [{"type": "websocket.close", "code": 1008}]  # and nothing is written after it


def test_a_part_of_a_table_may_be_asked_for() -> None:
    assert len(told(*of(part_of_a_table()))[0]) == 2


def test_a_flood_is_cut_off() -> None:
    got, back = told(*of(*[frame()] * 45))
    assert len(got) == 41
    assert back[0]["type"] == "websocket.close"


def test_who_waits_may_go_on(still: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "BURST", 2)

    async def receive() -> Any:
        still[0] += 0.1
        return of(frame())[0]

    async def nowhere(_: Any) -> None: ...

    async def through() -> str:
        between = Frames(receive, nowhere)
        for _ in range(100):
            await between.receive()
        return between.why

    assert asyncio.run(through()) == ""


def asked(it: guard.Guard, scope: Message) -> list[Message]:
    back: list[Message] = []

    async def send(message: Any) -> None:
        back.append(dict(message))

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    asyncio.run(it(scope, receive, send))
    return back


async def page(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b""})


def scoped(query: str = "", path: str = "/", *more: tuple[bytes, bytes], scheme: str = "http") -> Message:
    shown = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "scheme": scheme}
    return {**shown, "headers": [*PAGE, *more]}


def test_beyond_the_most_a_page_says_so_and_its_parts_are_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(guard.SESSIONS, "2")
    it = guard.Guard(page)
    it.open = 1
    assert asked(it, scoped())[0]["status"] == 200
    it.open = 2
    start, body = asked(it, scoped())
    assert start["status"] == 503
    assert b"2 people are here" in body["body"]
    assert asked(it, {**scoped(), "headers": [(b"accept", b"*/*")]})[0]["status"] == 200
    (refused,) = asked(it, {"type": "websocket", "path": "/_stcore/stream", "headers": []})
    assert refused["type"] == "websocket.close"


def test_a_connection_makes_room_when_it_ends() -> None:
    seen: list[int] = []

    async def app(*_: Any) -> None:
        seen.append(it.open)
        raise OSError

    it = guard.Guard(app)
    for _ in range(2):
        with pytest.raises(OSError):  # noqa: PT011 - ours
            asked(it, {"type": "websocket", "path": "/_stcore/stream", "headers": []})
    assert (seen, it.open) == ([1, 1], 0)


def answered(scope: Message) -> dict[bytes, bytes]:
    return dict(asked(guard.Guard(page), scope)[0]["headers"])


def test_every_answer_carries_the_rules_of_a_page() -> None:
    for scope in (scoped(), {**scoped(path="/static/x.js"), "headers": []}, {**scoped(), "method": "PUT"}):
        got = answered(scope)
        assert got[b"x-content-type-options"] == b"nosniff"
        assert got[b"referrer-policy"] == b"no-referrer"


def test_no_script_that_stands_in_a_page_runs() -> None:
    rules = dict(each.split(" ", 1) for each in headers.policy().split("; "))
    assert "unsafe-inline" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    assert rules["script-src"].count("'sha256-") == headers.INDEX.read_text(encoding="utf-8").count("<script>") + 1
    ours = base64.b64encode(hashlib.sha256(early.SERVER.encode()).digest()).decode()
    assert f"'sha256-{ours}'" in rules["script-src"]
    assert {"http", "*"}.isdisjoint(" ".join(rules.values()).split())


def test_a_visitor_gets_a_random_name_once() -> None:
    first, second = (answered(scoped())[b"set-cookie"].decode() for _ in range(2))
    assert first != second
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {each.strip() for each in first.split(";")}
    assert "Secure" in answered(scoped(scheme="https"))[b"set-cookie"].decode()
    kept = first.partition(";")[0].encode()
    assert b"set-cookie" not in answered(scoped("", "/", (b"cookie", kept)))
    assert b"set-cookie" in answered(scoped("", "/", (b"cookie", b"resnet_explorer_visitor=<script>")))
    assert b"set-cookie" not in answered({**scoped(path="/static/x.js"), "headers": []})


def test_the_teachers_link_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answered(scoped("teacher=x"))[b"content-type"]  # no key: a name like any other
    monkeypatch.setenv(keys.TEACHER, "chalk-and-talk")
    start = asked(guard.Guard(page), scoped("net=resnet50&teacher=chalk-and-talk", "//evil.example"))[0]
    assert (start["status"], dict(start["headers"])[b"location"]) == (303, b"?net=resnet50")
    given = [value.decode() for name, value in start["headers"] if name == b"set-cookie"]
    (cookie,) = [each for each in given if each.startswith(visitor.TEACHER)]
    assert "HttpOnly" in cookie
    assert "chalk" not in cookie
    value = cookie.partition(";")[0].partition("=")[2]
    assert visitor.known({visitor.TEACHER: value}).teacher
    assert asked(guard.Guard(page), scoped("teacher=wrong"))[0]["status"] == 403
    assert not visitor.known({visitor.TEACHER: "wrong"}).teacher
    monkeypatch.setenv(keys.TEACHER, "another key of hers")
    assert not visitor.known({visitor.TEACHER: value}).teacher


def test_nobody_is_the_teacher_where_there_is_no_key() -> None:
    assert not visitor.known({visitor.TEACHER: ""}).teacher
    assert cookies.answer(scoped("teacher=")) is None  # type: ignore[arg-type]


def test_a_key_that_can_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keys.TEACHER, "abc")
    with pytest.raises(ValueError, match="RESNET_EXPLORER_TEACHER has 3 characters; allowed: 12 or more"):
        keys.key()


def test_a_fault_is_told_once_a_minute_with_how_often_it_came(
    still: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("quiet")
    log.addFilter(RepeatFilter())

    def fault(kind: str) -> None:
        try:
            int(kind)
        except ValueError:
            log.exception("a page failed")

    for number in range(50):
        fault(f"visitor {number}")
    assert len(caplog.records) == 1
    log.error("another")
    assert len(caplog.records) == 2
    still[0] += 60
    fault("again")
    assert caplog.messages[-1] == "a page failed (49 more like it since)"
