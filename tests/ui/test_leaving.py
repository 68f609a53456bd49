"""How the server ends: it tells its own end, and takes nothing over where another server ends it."""

from __future__ import annotations

import signal
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from resnet_explorer.ui.app import leaving


class Server:
    """A web server that ends by a handler of its own."""

    should_exit = False

    def end(self, *_: object) -> None:
        raise AssertionError


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> dict[int, Any]:
    found: dict[int, Any] = {}
    monkeypatch.setattr(leaving.signal, "signal", found.__setitem__)
    monkeypatch.setattr(leaving.stream, "ENDING", threading.Event())
    return found


def test_within_another_server_signals_are_left_alone(handlers: dict[int, Any]) -> None:
    thread = threading.Thread(target=leaving.prepare, args=(None,))
    thread.start()
    thread.join()
    assert handlers == {}


@pytest.mark.parametrize("serves", [True, False])
def test_who_asks_it_to_end_ends_its_streams_its_jobs_and_its_server_once(
    handlers: dict[int, Any], monkeypatch: pytest.MonkeyPatch, *, serves: bool
) -> None:
    server, told = Server(), []
    before = server.end if serves else lambda *given: told.append(given[0])
    monkeypatch.setattr(leaving.signal, "getsignal", lambda _: before)
    monkeypatch.setattr(leaving, "_end", lambda: None)
    closed = threading.Semaphore(0)
    leaving.prepare(SimpleNamespace(close=closed.release))  # type: ignore[arg-type]
    assert set(handlers) == {signal.SIGTERM, signal.SIGINT}
    for number in (signal.SIGTERM, signal.SIGINT):
        handlers[number](number, None)
    assert leaving.stream.ENDING.is_set()
    assert closed.acquire(timeout=10)
    assert not closed.acquire(timeout=0.05)  # not a second time
    assert server.should_exit == serves
    assert told == ([] if serves else [signal.SIGTERM, signal.SIGINT])
