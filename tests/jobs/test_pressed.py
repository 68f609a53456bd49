"""What visitors have pressed Run for: their own for the day, what is kept for everybody, never what others have run."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

import pytest

from resnet_explorer import preset
from resnet_explorer.errors import Refused
from resnet_explorer.jobs.database import FILE, Database
from resnet_explorer.jobs.pressed import ListedRun, Pressed
from resnet_explorer.jobs.rooms import InMemory
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.jobs.visitor import Visitor
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.train import TrainConfig

if TYPE_CHECKING:
    from pathlib import Path

ME, OTHER, TEACHER = Visitor("m" * 22), Visitor("o" * 22), Visitor("t" * 22, teacher=True)


def entry(number: int, page: str = "gradients", keys: tuple[str, ...] = ("k",)) -> ListedRun:
    return ListedRun(f"{number:016}", page, {"seed": str(number)}, keys, f"run {number}")


@pytest.fixture
def list_(monkeypatch: pytest.MonkeyPatch) -> Pressed:
    clock = iter(range(10**9, 2 * 10**9))
    monkeypatch.setattr(time, "time", lambda: float(next(clock)))
    return Pressed(InMemory())


def test_the_own_runs_of_a_page_the_newest_first_and_no_others(list_: Pressed) -> None:
    for number in range(3):
        list_.note(entry(number), ME)
    list_.note(entry(7, "laboratory"), ME)
    list_.note(entry(9), OTHER)
    assert list_.of("gradients", ME) == [entry(number)._replace(own=True) for number in (2, 1, 0)]
    list_.note(entry(0), ME)
    assert [each.title for each in list_.of("gradients", ME)] == ["run 0", "run 2", "run 1"]


def test_what_is_kept_is_in_everybodys_list_and_stays_beyond_the_day(
    list_: Pressed, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_.note(entry(1), ME)
    list_.note(entry(2), ME)
    list_.keep(entry(1).run, ME, kept=True)
    assert list_.of("gradients", OTHER) == [entry(1)._replace(kept=True)]
    monkeypatch.setattr(time, "time", lambda: 10**9 + 32 * 3600)
    assert list_.of("gradients", ME) == [entry(1)._replace(kept=True)]
    list_.keep(entry(1).run, TEACHER, kept=False)
    assert list_.of("gradients", ME) == []


def test_who_has_not_made_a_run_neither_keeps_it_nor_lets_it_go(list_: Pressed) -> None:
    list_.note(entry(1), ME)
    list_.keep(entry(1).run, OTHER, kept=True)
    assert list_.of("gradients", OTHER) == []
    list_.keep(entry(1).run, ME, kept=True)
    list_.keep(entry(1).run, OTHER, kept=False)
    list_.keep("nothing", TEACHER, kept=True)
    assert [each.kept for each in list_.of("gradients", OTHER)] == [True]


def test_both_lists_are_bounded(list_: Pressed) -> None:
    for number in range(60):
        list_.note(entry(number), ME)
        if number < 50:
            list_.keep(entry(number).run, ME, kept=True)
    assert sum(each.own for each in list_.of("gradients", ME)) == 10
    assert sum(each.kept for each in list_.of("gradients", ME)) == 50
    with pytest.raises(Refused, match="50 runs are kept, the most there can be"):
        list_.keep(entry(51).run, ME, kept=True)


def test_its_jobs_outlast_others_and_no_name_of_a_visitor_is_written(tmp_path: Path) -> None:
    store = Database(tmp_path)
    config = TrainConfig(net=preset("demo_resnet18"))
    store.put(Snapshot(key=key(config), config=config, state="done"))
    list_ = Pressed(store)
    list_.note(entry(1, keys=(key(config),)), ME)
    list_.keep(entry(1).run, ME, kept=True)
    assert [each.kept for each in store.recent()] == [True]
    list_.keep(entry(1).run, ME, kept=False)
    assert [each.kept for each in store.recent()] == [False]
    store.close()
    with sqlite3.connect(tmp_path / FILE) as it:
        assert ME.name not in "\n".join(it.iterdump())
