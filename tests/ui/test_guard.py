"""What the guard passes on to Streamlit, and what it answers itself."""

import asyncio
from typing import Any

import pytest
from starlette.datastructures import Headers

from resnet_explorer.ui.app.guard import UPLOADS, Guard, own

Message = dict[str, Any]


def headers(origin: str | None, host: str | None) -> list[tuple[bytes, bytes]]:
    named = ((b"origin", origin), (b"host", host))
    return [(name, value.encode("latin-1")) for name, value in named if value is not None]


def answer(scope: Message) -> list[Message]:
    """What a server would send for it; the app behind the guard says `passed`."""
    told: list[Message] = []

    async def app(*_: Any) -> None:
        told.append({"type": "passed"})

    async def send(message: Any) -> None:
        told.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    asyncio.run(Guard(app)(scope, receive, send))
    return told


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (None, "school.example"),  # no browser
        ("http://school.example", "school.example"),
        ("http://school.example:8501", "school.example:8501"),
        ("http://School.example:80", "school.EXAMPLE"),
        ("https://school.example", "school.example"),  # TLS ends at a proxy
        ("https://school.example", "school.example:443"),
        ("http://127.0.0.1:8501", "127.0.0.1:8501"),
        ("http://[::1]:8501", "[::1]:8501"),
        ("https://[2001:DB8::1]", "[2001:db8::1]:443"),
    ],
)
def test_its_own_pages_and_scripts_are_let_through(origin: str | None, host: str) -> None:
    assert own(Headers(raw=headers(origin, host)))


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://evil.example", "school.example"),
        ("http://evil.example:8501", "school.example:8501"),
        ("http://school.example:8502", "school.example:8501"),
        ("http://school.example", "school.example:8501"),
        ("https://school.example", "school.example:80"),
        ("http://school.example.evil.example", "school.example"),
        ("http://evil.example/school.example", "school.example"),
        ("http://school.example@evil.example", "school.example"),
        ("http://evil.example@school.example", "school.example"),
        ("http://localhost:8501", "127.0.0.1:8501"),
        ("null", "school.example"),
        ("null", "null"),
        ("", "school.example"),
        ("", ""),
        ("://", ""),
        ("http://", ""),
        ("file://", ""),
        ("school.example", "school.example"),
        ("chrome-extension://school.example", "school.example"),
        ("http://school.example", None),
        ("http://school.example", "school.example, evil.example"),
        ("http://[::1", "[::1"),
        ("http://school.example:8\u00b2", "school.example:8\u00b2"),
    ],
)
def test_pages_of_other_sites_are_not(origin: str, host: str | None) -> None:
    assert not own(Headers(raw=headers(origin, host)))


def test_two_origins_are_not_one() -> None:
    once = headers("http://school.example", "school.example")
    assert own(Headers(raw=once))
    assert not own(Headers(raw=[*headers("http://school.example", None), *once]))
    assert not own(Headers(raw=[*once, *headers(None, "school.example")]))


def test_a_foreign_websocket_is_closed_before_it_is_accepted(caplog: pytest.LogCaptureFixture) -> None:
    scope = {"type": "websocket", "path": "/_stcore/stream"}
    assert answer(scope | {"headers": headers("http://a.example", "a.example")}) == [{"type": "passed"}]
    assert not caplog.records
    (closed,) = answer(scope | {"headers": headers("http://evil.example", "a.example"), "client": ("10.1.2.3", 4)})
    assert (closed["type"], closed["code"]) == ("websocket.close", 1008)
    (told,) = caplog.messages
    assert "\n" not in told
    assert not any(personal in told for personal in ("evil", "10.1.2.3"))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_changes_something_is_not_taken_from_foreign_pages(method: str) -> None:
    scope = {"type": "http", "path": "/anything", "method": method}
    assert answer(scope | {"headers": headers("http://evil.example", "a.example")})[0]["status"] == 403
    assert answer(scope | {"headers": headers("http://a.example", "a.example")}) == [{"type": "passed"}]
    assert answer(scope | {"headers": headers(None, "a.example")}) == [{"type": "passed"}]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_what_reads_is_passed_on(method: str) -> None:
    scope = {"type": "http", "path": "/", "method": method}
    assert answer(scope | {"headers": headers("http://evil.example", "a.example")}) == [{"type": "passed"}]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("base", ["", "/school"])
def test_nothing_is_uploaded(method: str, base: str) -> None:
    scope = {"type": "http", "path": f"{base}{UPLOADS}/session/file", "method": method}
    assert answer(scope | {"headers": headers("http://a.example", "a.example")})[0]["status"] == 404


def test_the_servers_own_start_is_passed_on() -> None:
    assert answer({"type": "lifespan"}) == [{"type": "passed"}]
