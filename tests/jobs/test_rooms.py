"""Rooms of a class: seats, guesses, who leads, what is kept and for how long, and what fifty browsers' runs become."""

from __future__ import annotations

import dataclasses
import importlib
import math
import sqlite3
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from resnet_explorer import preset
from resnet_explorer.errors import Refused
from resnet_explorer.jobs import gathered
from resnet_explorer.jobs.database import FILE, Database
from resnet_explorer.jobs.gathered import Gathering, _drawn
from resnet_explorer.jobs.job import Outcome, together
from resnet_explorer.jobs.room import DEPTH, DEPTHS, RATE, RATES, SEED, Question, code_of, keys
from resnet_explorer.jobs.rooms import InMemory, Rooms
from resnet_explorer.jobs.store import MemoryStore
from resnet_explorer.jobs.table import JobTable
from resnet_explorer.jobs.visitor import Visitor
from resnet_explorer.tasks.made import Made
from resnet_explorer.tasks.task import Estimate
from resnet_explorer.tasks.train import Step, TrainConfig

if TYPE_CHECKING:
    from pathlib import Path

module = importlib.import_module("resnet_explorer.jobs.rooms")  # the package has a function of that name
TEACHER = Visitor("x" * 22)
QUESTION = Question(config=TrainConfig(net=preset("demo_resnet34"), steps=30))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is told from a moment ago."""
    for each in (module, gathered):
        monkeypatch.setattr(each, "FRESH_SECONDS", -1.0)


def student(number: int) -> Visitor:
    return Visitor(f"student-{number:014}")


@pytest.fixture(params=["memory", "disk"])
def rooms(request: pytest.FixtureRequest, tmp_path: Path) -> Rooms:
    return Rooms(InMemory() if request.param == "memory" else Database(tmp_path))


def test_a_browser_keeps_its_seat_and_each_has_another(rooms: Rooms) -> None:
    code = rooms.open(QUESTION, TEACHER)
    seats = [member.seat for number in range(10) if (member := rooms.enter(code, student(number)))]
    assert seats == list(range(10))
    assert rooms.enter(code, student(3)) == rooms.find(code).member(student(3))  # type: ignore[union-attr]
    assert rooms.enter(code, student(3)).seat == 3  # type: ignore[union-attr]


@pytest.mark.parametrize(("varies", "count"), [(SEED, 64), (DEPTH, len(DEPTHS)), (RATE, len(RATES))])
def test_choices_are_spread_evenly_and_no_two_browsers_run_the_same(varies: str, count: int) -> None:
    question = dataclasses.replace(QUESTION, varies=varies)
    pairs = [question.pair(seat) for seat in range(64)]
    assert len({key for seat in range(64) for key in keys(question, seat)}) == 128
    assert all(plain.net == residual.net.plain != residual.net for plain, residual in pairs)
    assert all(plain == dataclasses.replace(residual, net=plain.net) for plain, residual in pairs)
    chosen = Counter({SEED: r.seed, DEPTH: r.net.options.blocks, RATE: r.lr}[varies] for _, r in pairs)
    assert len(chosen) == count
    assert max(chosen.values()) - min(chosen.values()) <= 1


def test_a_full_room_says_so(rooms: Rooms) -> None:
    code = rooms.open(QUESTION, TEACHER)
    for number in range(64):
        rooms.enter(code, student(number))
    with pytest.raises(Refused, match="64 browsers are in this room"):
        rooms.enter(code, student(64))
    assert rooms.enter(code, student(5)).seat == 5  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text", ["", "ABCD", "CDF", "CDFGH", "<svg>", "' OR 1=1 --", "CDF\0", "СDFG", "../..", "%", "C" * 5000, "CDF\n"]
)
def test_what_is_no_code_is_none(rooms: Rooms, text: str) -> None:
    assert code_of(text) == ""
    assert rooms.find(text) is None
    assert rooms.enter(text, student(1)) is None


def test_a_code_may_be_written_small() -> None:
    assert code_of(" cdfg ") == "CDFG"


def test_no_visitor_opens_a_thousand_rooms_and_neither_do_all_together(rooms: Rooms) -> None:
    opened, refused = [], 0
    for number in range(1000):
        try:
            opened.append(rooms.open(QUESTION, student(number // 10)))
        except Refused:
            refused += 1
    assert (len(opened), refused) == (100, 900)
    assert len(set(opened)) == 100
    assert all(map(rooms.find, opened[:5]))
    with pytest.raises(Refused, match="you have 3 rooms open"):
        rooms.open(QUESTION, student(0))
    rooms.close(opened[0], student(0))
    assert rooms.open(QUESTION, student(0))


def test_what_is_asked_for_and_is_not_there_is_not_kept(rooms: Rooms) -> None:
    for number in range(5000):
        rooms.find(f"code {number}")
    assert len(rooms._known) <= 1


def test_one_guess_each_before_the_own_run_and_the_reveal(rooms: Rooms) -> None:
    code = rooms.open(QUESTION, TEACHER)
    for number in range(3):
        rooms.enter(code, student(number))
    for answer in [*range(4)] * 25:
        rooms.guess(code, student(0), answer)
    rooms.guess(code, student(1), 2)
    rooms.ran(code, student(1))
    rooms.guess(code, student(1), 0)
    rooms.guess(code, student(99), 1)  # not in the room
    rooms.ran(code, student(99))
    rooms.reveal(code, TEACHER)
    rooms.guess(code, student(2), 1)
    members = rooms.find(code).members  # type: ignore[union-attr]
    assert [(each.guess, each.ran) for each in members.values()] == [(3, False), (2, True), (-1, False)]


def test_only_the_teacher_reveals_leads_and_closes(rooms: Rooms) -> None:
    code = rooms.open(QUESTION, TEACHER)
    rooms.enter(code, student(1))
    for stranger in (student(1), Visitor(), Visitor("y" * 22)):
        rooms.reveal(code, stranger)
        rooms.show(code, stranger, "there")
        rooms.close(code, stranger)
    room = rooms.find(code)
    assert room
    assert (room.revealed, room.view) == (False, "")
    rooms.show(code, TEACHER, "x" * 5000)
    assert rooms.find(code) is room
    rooms.show(code, TEACHER, "there")
    rooms.reveal(code, Visitor("z" * 22, teacher=True))  # has shown the teacher's key
    room = rooms.find(code)
    assert room
    assert (room.revealed, room.view) == (True, "there")
    rooms.close(code, TEACHER)
    assert rooms.find(code) is None


def test_a_room_that_has_not_changed_is_the_same_object(rooms: Rooms) -> None:
    code = rooms.open(QUESTION, TEACHER)
    room = rooms.find(code)
    assert rooms.find(code) is room
    rooms.enter(code, student(1))
    assert rooms.find(code) is not room


def test_the_database_is_asked_once_for_all_who_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FRESH_SECONDS", 1000.0)
    tables = InMemory()
    rooms = Rooms(tables)
    code = rooms.open(QUESTION, TEACHER)
    rooms.find(code)
    tables._connection.close()
    assert all(rooms.find(code) for _ in range(50))


def test_what_is_told_of_a_room_is_half_a_second_old_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    now, tables = [100.0], InMemory()
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    here, there = Rooms(tables), Rooms(tables)
    code = here.open(QUESTION, TEACHER)
    assert here.find(code)
    there.enter(code, student(1))
    found = []
    for now[0] in (100.4, 100.5, 100.6):
        room = here.find(code)
        found.append(len(room.members) if room else -1)
    assert found == [0, 0, 1]


def test_a_restart_keeps_the_room_and_two_processes_share_it(tmp_path: Path) -> None:
    one, other = Rooms(Database(tmp_path)), Rooms(Database(tmp_path))
    code = one.open(QUESTION, TEACHER)
    one.enter(code, student(1))
    other.enter(code, student(2))
    other.guess(code, student(1), 1)
    one.ran(code, student(1))
    after = Rooms(Database(tmp_path)).find(code)
    assert after == one.find(code) == other.find(code)
    assert after
    assert after.question == QUESTION
    assert [tuple(each) for each in after.members.values()] == [(0, 1, True), (1, -1, False)]
    assert after.led_by(TEACHER)


def test_a_room_ends_with_the_day_and_nothing_of_it_is_kept(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    code = rooms.open(QUESTION, TEACHER)
    rooms.enter(code, student(1))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 16 * 3600 - 60)
    assert rooms.find(code)
    monkeypatch.setattr(time, "time", lambda: now + 16 * 3600 + 1)
    assert rooms.find(code) is None
    assert rooms.enter(code, student(1)) is None
    rooms.close(rooms.open(QUESTION, TEACHER), TEACHER)
    left = rooms._tables.transact(lambda it: it.execute("SELECT * FROM rooms, seats").fetchall(), None)
    assert left == []
    assert rooms._tables.transact(lambda it: it.execute("SELECT * FROM seats").fetchall(), None) == []


def test_a_restart_forgets_rooms_of_another_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = Rooms(Database(tmp_path)).open(QUESTION, TEACHER)
    Rooms(Database(tmp_path)).enter(code, student(1))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 16 * 3600 + 1)
    store = Database(tmp_path)
    assert store.transact(lambda it: it.execute("SELECT * FROM seats").fetchall(), None) == []


def test_no_name_of_a_visitor_is_written(tmp_path: Path) -> None:
    store = Database(tmp_path)
    rooms = Rooms(store)
    code = rooms.open(QUESTION, TEACHER)
    rooms.enter(code, student(1))
    rooms.guess(code, student(1), 1)
    store.close()
    with sqlite3.connect(tmp_path / FILE) as it:
        written = "\n".join(it.iterdump())
    assert code in written
    assert TEACHER.name not in written
    assert student(1).name not in written


def test_a_database_that_cannot_be_written_refuses_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "no").write_text("a file where a folder should be")
    with pytest.raises(Refused, match="a room cannot be kept now"):
        Rooms(Database(tmp_path / "no")).open(QUESTION, TEACHER)


class Room:
    """A room whose runs are carried out at once when the queue lets them begin."""

    def __init__(self, makers: frozenset[Made] | None = None) -> None:
        self.table = JobTable(MemoryStore(), longest=64)
        self.table.slots = 2
        self.makers = makers or self.table.makers
        self.rooms = Rooms(InMemory())
        self.asked = 0
        self.gathering = Gathering(self.rooms, self)
        self.code = self.rooms.open(QUESTION, TEACHER)

    def snapshot(self, key: str, since: int = 0, visitor: str = "") -> object:
        self.asked += 1
        return self.table.snapshot(key, since, visitor)

    def press(self, who: Visitor) -> None:
        member = self.rooms.enter(self.code, who)
        assert member
        needs = Estimate(seconds=1.0, bytes=1)
        self.table.add([(config, needs) for config in QUESTION.pair(member.seat)], who)
        self.rooms.ran(self.code, who)

    def work(self, state: str = "done", loss: float = 1.0, made: Made | None = None) -> int:
        launched = self.table.to_launch()
        for job in launched:
            steps = tuple(Step(i, loss + job.config.seed / 100, (1.0,), 1.0) for i in range(QUESTION.config.steps))  # type: ignore[attr-defined]
            self.table.end(job.attempt, Outcome(state, steps, made=made))
        return len(launched)


def test_all_runs_of_a_class_of_fifty_arrive() -> None:
    it = Room()
    for number in range(50):
        it.press(student(number))
    waiting = it.gathering.of(it.code)
    assert waiting
    assert len(waiting.entries) == 50
    assert not any(entry.done for entry in waiting.entries)
    while it.work():
        pass
    end = it.gathering.of(it.code)
    assert end
    assert [entry.seat for entry in end.entries if entry.done] == list(range(50))
    assert [entry.residual.final for entry in end.entries] == pytest.approx([1 + seed / 100 for seed in range(50)])
    it.asked = 0
    assert all(it.gathering.of(it.code) is end for _ in range(50))
    assert it.asked == 0  # what is over is not asked for again


def test_runs_go_on_while_anybody_in_the_room_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    it = Room()
    it.press(student(1))
    it.table.to_launch()
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 300)
    it.table.add([(QUESTION.pair(40)[0], Estimate(seconds=1.0, bytes=1))], student(40))
    it.gathering.of(it.code)  # somebody looks at the room: its runs are watched
    it.table.stop_unwatched()
    assert not any(job.stopping for job in it.table.jobs())


def test_what_diverged_has_no_final_loss_and_what_was_made_otherwise_is_told() -> None:
    it = Room()
    it.press(student(1))
    it.work("diverged", made=Made("1", "other", "2", "x"))
    now = it.gathering.of(it.code)
    assert now
    (entry,) = now.entries
    assert not entry.done
    assert [ran.state for ran in entry.pair] == ["diverged"] * 2
    assert all(math.isnan(ran.final) and ran.other for ran in entry.pair)


def test_a_run_that_is_no_longer_kept_is_told() -> None:
    it = Room()
    it.rooms.enter(it.code, student(1))
    it.rooms.ran(it.code, student(1))
    now = it.gathering.of(it.code)
    assert now
    assert now.entries[0].plain.state == "gone"
    assert not now.entries[0].plain.other


def test_a_long_run_is_drawn_at_so_many_of_its_steps_the_last_among_them() -> None:
    def drawn(every: int, have: int, steps: int) -> list[int]:
        reported = [Step(at, 1.0, (), 1.0) for at in range(have) if at % every == 0 or at == steps - 1]
        return [each.step for each in _drawn(reported, steps)]

    assert drawn(1, 30, 30) == [*range(30)]
    assert len(drawn(1, 1001, 1001)) <= 81
    assert drawn(1, 500, 1001) == drawn(1, 1001, 1001)[: len(drawn(1, 500, 1001))]
    for every, steps in ((1, 1001), (2, 3000), (3, 4100), (32, 64_000)):
        assert drawn(every, steps, steps)[-1] == steps - 1
        assert 70 <= len(drawn(every, steps, steps)) <= 81


def test_a_name_of_runs_is_what_links_have_held() -> None:
    assert together(["0" * 16, "1" * 16]) == "ce30fcc8f448395b"
