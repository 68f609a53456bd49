"""The server's log tells a fault once a minute, and then how often it came."""

from __future__ import annotations

import logging
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from resnet_explorer.ui.app import quiet
from resnet_explorer.ui.app.quiet import EVERY_SECONDS, MOST_KINDS, RepeatFilter

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [5.0]
    monkeypatch.setattr(quiet, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def record(text: str, *, level: int = logging.ERROR, name: str = "a", error: Any = None) -> logging.LogRecord:
    return logging.LogRecord(name, level, "file", 1, text, None, error)


def test_a_fault_is_told_again_after_a_minute_with_how_many_were_not(clock: list[float]) -> None:
    once = RepeatFilter()
    assert [once.filter(record("x")) for _ in range(4)] == [True, False, False, False]
    clock[0] += EVERY_SECONDS - 0.125
    assert not once.filter(record("x"))
    clock[0] += 0.125
    again = record("x")
    assert once.filter(again)
    assert again.getMessage() == "x (4 more like it since)"
    clock[0] += EVERY_SECONDS
    later = record("x")
    assert once.filter(later)
    assert later.getMessage() == "x"


@pytest.mark.parametrize("other", [record("y"), record("x", level=logging.INFO), record("x", name="b")])
def test_another_fault_is_told_at_once(clock: list[float], other: logging.LogRecord) -> None:
    once = RepeatFilter()
    assert clock
    assert once.filter(record("x"))
    assert once.filter(other)
    assert not once.filter(record("x"))


def caught(way: Callable[[], object]) -> Any:
    try:
        way()
    except ZeroDivisionError:
        return sys.exc_info()


def one() -> object:
    return 1 / 0


def other() -> object:
    return 1 / 0


def through() -> object:
    return one()


def test_errors_are_alike_that_the_same_line_has_raised(clock: list[float]) -> None:
    once = RepeatFilter()
    assert clock
    told = [once.filter(record("x", error=caught(way))) for way in (one, one, other, through)]
    assert told == [True, False, True, False]


def test_of_so_many_kinds_the_oldest_is_forgotten(clock: list[float]) -> None:
    once = RepeatFilter()
    assert clock
    for at in range(MOST_KINDS):
        assert once.filter(record(f"{at}"))
    assert not once.filter(record("0"))  # and so the one that was told last
    assert once.filter(record("new"))
    assert not once.filter(record("0"))
    assert once.filter(record("1"))


def test_each_of_the_servers_loggers_is_hushed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in quiet.LOUD:
        monkeypatch.setattr(logging.getLogger(name), "filters", [])
    for _ in range(2):
        quiet.hush()
        assert all([type(each) for each in logging.getLogger(name).filters] == [RepeatFilter] for name in quiet.LOUD)
