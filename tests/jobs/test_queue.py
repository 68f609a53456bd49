"""Who is next, what a visitor may have, and who may stop what: without a cluster, on a clock that is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from resnet_explorer.errors import Refused
from resnet_explorer.jobs import queue
from resnet_explorer.jobs.job import HELD, LEFT, UNWATCHED, Outcome
from resnet_explorer.jobs.store import MemoryStore
from resnet_explorer.jobs.table import WATCHED_SECONDS, JobTable
from resnet_explorer.jobs.visitor import NOBODY, Visitor
from resnet_explorer.tasks.task import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.tasks.train import TrainConfig

ANNE, BEN, CARL = Visitor("anne"), Visitor("ben"), Visitor("carl")
TEACHER = Visitor("teacher", teacher=True)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    return now


class Room:
    """A table and who presses what: runs are named by their seeds."""

    def __init__(self, config: Callable[..., TrainConfig], slots: int, spare: int = 0) -> None:
        self.table = JobTable(MemoryStore(), 8)
        self.table.slots, self.table.spare = slots, spare
        self.config = config
        self.seeds: dict[str, int] = {}

    def press(self, who: Visitor, *seeds: int, seconds: float = 10.0) -> list[str]:
        keys, _ = self.table.add([(self.config(seed), Estimate(seconds=seconds, bytes=1)) for seed in seeds], who)
        self.seeds |= dict(zip(keys, seeds, strict=True))
        return keys

    def launch(self) -> list[int]:
        jobs = self.table.to_launch()
        for job in jobs:
            self.table.hear({"attempt": job.attempt, "worker": "tcp://x", "pid": 1, "host": "h"})
        self.hold()
        return [self.seeds[job.key] for job in jobs]

    def hold(self) -> tuple[list[int], list[int]]:
        new, on = self.table.hold()
        return [self.seeds[job.key] for job in new], [self.seeds[job.key] for job in on]

    def end(self, key: str, **outcome: Any) -> None:
        self.table.end(self.table._jobs[key].attempt, Outcome("done", **outcome))

    def seen(self, key: str, who: Visitor = NOBODY) -> tuple[str, str]:
        now = self.table.snapshot(key, 0, who.name)
        assert now
        return now.state, now.message


@pytest.fixture
def room(training: Callable[..., TrainConfig]) -> Callable[..., Room]:
    return lambda slots=2, spare=0: Room(training, slots, spare)


def test_one_visitors_runs_do_not_hold_back_anothers_first(room: Callable[..., Room]) -> None:
    it = room(slots=1)
    first = [it.press(ANNE, seed)[0] for seed in (1, 2, 3)]
    ben = it.press(BEN, 4)[0]
    assert it.launch() == [1]
    it.end(first[0])
    assert it.launch() == [2]  # both have none under way: who came first
    carl = it.press(CARL, 5)[0]
    it.end(first[1])
    it.press(ANNE, 6)
    assert it.launch() == [3]
    assert [it.table.snapshot(key, 0).position for key in (ben, carl)] == [0, 1]  # type: ignore[union-attr]


def test_visitors_take_turns(room: Callable[..., Room]) -> None:
    it = room(slots=1)
    running = it.press(ANNE, 0)
    it.launch()
    it.press(ANNE, 1)
    it.press(ANNE, 2)
    it.press(BEN, 3)
    it.press(CARL, 4)
    order = [it.seeds[group[0].key] for group in queue.groups(it.table.jobs(), 1)]
    assert order == [3, 4, 1, 2]
    it.end(running[0])


def test_the_jobs_of_one_press_begin_together(room: Callable[..., Room]) -> None:
    it = room()
    (alone,) = it.press(ANNE, 1, seconds=30)
    it.launch()
    pair = it.press(BEN, 2, 3)
    assert it.launch() == []  # one worker is free, but they are two
    assert {it.seen(key) for key in pair} == {("waiting", "0 ahead; starts in about 30 s")}
    it.end(alone)
    assert it.launch() == [2, 3]


def test_what_is_done_by_then_goes_before_those_that_wait_for_room(room: Callable[..., Room]) -> None:
    it = room()
    it.press(ANNE, 1, seconds=30)
    it.launch()
    it.press(BEN, 2, 3)
    it.press(CARL, 4, seconds=40)
    assert it.launch() == []
    it.press(Visitor("dora"), 5, seconds=20)
    assert it.launch() == [5]


def test_more_jobs_than_workers_begin_one_after_the_other_and_others_come_between(room: Callable[..., Room]) -> None:
    it = room()
    keys = it.press(ANNE, *range(10, 16))
    assert it.launch() == [10, 11]
    ben = it.press(BEN, 1)[0]
    assert it.seen(ben)[1] == "0 ahead; starts in about 10 s"
    it.end(keys[0])
    assert it.launch() == [1]


def test_one_worker_says_that_it_takes_one_net_at_a_time(room: Callable[..., Room]) -> None:
    it = room(slots=1)
    _, second = it.press(ANNE, 1, 2)
    assert it.launch() == [1]
    assert it.seen(second)[1] == "one worker carries out one net at a time; starts in about 10 s"


def test_a_visitor_has_one_run_under_way_and_two_that_wait(room: Callable[..., Room]) -> None:
    it = room(slots=1)
    for seed in range(3):
        it.press(ANNE, seed)
    with pytest.raises(Refused, match="3 runs of yours are not finished, the most that one visitor has at once"):
        it.press(ANNE, 7)
    assert it.press(ANNE, 0)  # the same run again is no further one
    it.press(BEN, 8)
    assert len(it.press(TEACHER, 20)) == 1
    for seed in range(30, 33):
        it.press(TEACHER, seed)


def test_a_run_that_i_no_longer_want_is_none_of_mine(room: Callable[..., Room]) -> None:
    it = room(slots=1)
    (first,) = it.press(ANNE, 1)
    for seed in (1, 2, 3):
        it.press(BEN, seed)
    with pytest.raises(Refused):
        it.press(BEN, 4)
    it.table.stop(first, BEN)
    assert it.press(BEN, 4)
    it.press(CARL, 5)
    assert it.launch() == [1]
    order = [it.seeds[group[0].key] for group in queue.groups(it.table.jobs(), 1)]
    assert order == [2, 5, 3, 4]  # none of Ben's is under way


def test_a_refused_press_leaves_nothing_behind(room: Callable[..., Room]) -> None:
    it = room()
    for seed in range(3):
        it.press(ANNE, seed)
    with pytest.raises(Refused):
        it.press(ANNE, 7, 8)
    assert len(it.table.jobs()) == 3


def test_when_a_run_begins_is_what_stands_before_it(room: Callable[..., Room], clock: list[float]) -> None:
    it = room()
    first, second = it.press(ANNE, 1, seconds=100)[0], it.press(BEN, 2, seconds=40)[0]
    it.launch()
    third, fourth = it.press(CARL, 3, seconds=30)[0], it.press(Visitor("dora"), 4, 5)[0]
    assert it.seen(third)[1] == "0 ahead; starts in about 40 s"
    assert it.seen(fourth)[1] == "1 ahead; starts in about 100 s"
    it.table._jobs[first].records.extend(range(40))  # half of its steps in a tenth of what was estimated
    clock[0] += 10
    assert it.seen(third)[1] == "0 ahead; starts in about 10 s"
    it.end(second)
    assert it.launch() == [3]


def test_runs_that_are_done_correct_the_estimates(room: Callable[..., Room]) -> None:
    it = room(slots=1)
    (first,) = it.press(ANNE, 1, seconds=70)
    it.launch()
    (second,) = it.press(BEN, 2, seconds=70)
    (third,) = it.press(CARL, 3, seconds=70)
    it.end(first, seconds=7.0)
    it.launch()
    assert it.table.slowdown.factor == pytest.approx(0.1)
    assert it.seen(third)[1] == "0 ahead; starts in about 7 s"
    it.end(second, seconds=7.0)
    assert it.table.slowdown.factor == pytest.approx(0.1)  # of the same calibration, not once more


def test_stop_means_that_i_no_longer_watch(room: Callable[..., Room]) -> None:
    it = room()
    (key,) = it.press(ANNE, 1)
    it.launch()
    assert it.press(BEN, 1) == [key]
    it.table.stop(key, BEN)
    assert it.seen(key, BEN) == ("stopped", LEFT)
    assert it.seen(key, ANNE)[0] == "running"
    it.press(BEN, 1)
    assert it.seen(key, BEN)[0] == "running"
    it.table.stop(key, BEN)
    it.table.stop(key, ANNE)
    assert it.seen(key, ANNE) == ("running", "stopping")


def test_who_has_closed_the_page_does_not_keep_a_run_alive(room: Callable[..., Room], clock: list[float]) -> None:
    it = room()
    (key,) = it.press(ANNE, 1)
    it.press(BEN, 1)
    clock[0] += 61
    it.table.stop(key, ANNE)
    assert it.seen(key)[0] == "stopped"


def test_the_teacher_stops_anything(room: Callable[..., Room]) -> None:
    it = room()
    (key,) = it.press(ANNE, 1)
    it.press(BEN, 1)
    it.table.stop(key, TEACHER)
    assert it.seen(key)[0] == "stopped"


def test_what_nobody_watches_stops_only_where_somebody_else_waits(
    room: Callable[..., Room], clock: list[float]
) -> None:
    it = room(slots=1)
    (left,) = it.press(ANNE, 1)
    it.launch()
    clock[0] += 61
    it.table.stop_unwatched()
    assert not it.table._jobs[left].stopping
    (closed,) = it.press(CARL, 3)
    clock[0] += 61
    it.table.stop_unwatched()  # neither is watched: nobody is the better for it
    assert not it.table._jobs[left].stopping
    (waits,) = it.press(BEN, 2)
    it.table.stop_unwatched()
    assert it.table._jobs[left].stopping
    assert it.seen(closed) == ("stopped", UNWATCHED)
    assert it.seen(waits)[0] == "waiting"
    it.table.end(it.table._jobs[left].attempt, Outcome("stopped"))
    assert it.seen(left) == ("stopped", UNWATCHED)


def test_who_looks_watches(room: Callable[..., Room], clock: list[float]) -> None:
    it = room(slots=1)
    (key,) = it.press(ANNE, 1)
    it.launch()
    clock[0] += 59
    assert it.seen(key, ANNE)[0] == "running"
    clock[0] += 59
    it.press(BEN, 2)
    it.table.stop_unwatched()
    assert not it.table._jobs[key].stopping


def test_this_programs_own_jobs_need_not_be_watched(room: Callable[..., Room], clock: list[float]) -> None:
    it = room(slots=1)
    (key,) = it.press(NOBODY, 1)
    it.launch()
    clock[0] += 1000
    it.press(BEN, 2)
    it.table.stop_unwatched()
    assert not it.table._jobs[key].stopping


def test_the_teachers_run_begins_at_once_and_others_pause_and_go_on(
    room: Callable[..., Room], clock: list[float]
) -> None:
    it = room(slots=2, spare=2)
    anne, ben = it.press(ANNE, 1, seconds=20)[0], it.press(BEN, 2)[0]
    it.launch()
    it.press(CARL, 3)
    first, second = it.press(TEACHER, 8, 9)
    assert it.launch() == [8, 9]
    assert it.seen(anne) == it.seen(ben) == ("running", HELD)
    left, of_ben = it.table._jobs[anne].left, it.table._jobs[ben].left
    clock[0] += 5
    assert it.table._jobs[anne].left == left  # it does not work meanwhile
    it.press(TEACHER, 10)
    assert it.launch() == []  # two at once, as for everybody
    it.end(first)
    assert it.launch() == [10]
    it.end(second)
    assert it.hold() == ([], [2])  # the one that is done first
    assert it.table._jobs[ben].left == of_ben
    assert it.launch() == []
    assert it.seen(ben) == ("running", "")


def test_spare_workers_are_no_more_cores(room: Callable[..., Room]) -> None:
    it = room(slots=2, spare=2)
    it.press(TEACHER, 1, 2)
    it.press(TEACHER, 3)
    it.press(ANNE, 4)
    assert it.launch() == [1, 2]


def test_without_spare_workers_the_teacher_is_next(room: Callable[..., Room]) -> None:
    it = room(slots=1)
    (anne,) = it.press(ANNE, 1)
    it.launch()
    it.press(BEN, 2)
    it.press(TEACHER, 9)
    assert it.launch() == []
    it.end(anne)
    assert it.launch() == [9]


def test_a_run_that_the_teacher_wants_too_goes_first(room: Callable[..., Room]) -> None:
    it = room(slots=1)
    (anne,) = it.press(ANNE, 1)
    it.launch()
    it.press(BEN, 2)
    it.press(CARL, 3)
    it.press(TEACHER, 3)
    it.end(anne)
    assert it.launch() == [3]


@pytest.mark.parametrize(("later", "told"), [(0.0, ""), (WATCHED_SECONDS - 0.125, ""), (WATCHED_SECONDS, "stopping")])
def test_who_looked_a_minute_ago_is_no_longer_asked_before_a_stop(
    room: Callable[..., Room], clock: list[float], later: float, told: str
) -> None:
    it = room()
    (key,) = it.press(ANNE, 1)
    it.press(BEN, 1)
    it.launch()
    clock[0] += later
    it.table.stop(key, BEN)
    assert it.seen(key, ANNE) == ("running", told)


@pytest.mark.parametrize(("later", "told"), [(WATCHED_SECONDS, ""), (WATCHED_SECONDS + 0.125, "stopping")])
def test_what_nobody_has_looked_at_for_a_minute_makes_room(
    room: Callable[..., Room], clock: list[float], later: float, told: str
) -> None:
    it = room(slots=1)
    (first,) = it.press(ANNE, 1)
    it.launch()
    (second,) = it.press(BEN, 2)
    clock[0] += later
    it.table.stop_unwatched()  # Ben looks no more than Anne does
    assert it.seen(first) == ("running", "")
    it.seen(second, BEN)
    it.table.stop_unwatched()
    assert it.seen(first) == ("running", told)


def test_a_process_says_every_other_second_that_it_lives(
    room: Callable[..., Room], clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    table, beats = room().table, []
    monkeypatch.setattr(table._store, "beat", lambda: beats.append(clock[0]))
    for passed in (0.0, 1.0, 1.0, 0.125, 1.0, 1.125):
        clock[0] += passed
        table.beat()
    assert beats == [1000.0, 1002.125, 1004.25]
