"""Unfinished jobs and the store, without a cluster: each job ends once, whatever comes late."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

from resnet_explorer.errors import Refused
from resnet_explorer.jobs.engine import Engine
from resnet_explorer.jobs.job import Outcome
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.jobs.store import MemoryStore
from resnet_explorer.jobs.table import JobTable
from resnet_explorer.jobs.visitor import NOBODY
from resnet_explorer.tasks.made import here
from resnet_explorer.tasks.task import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.jobs.visitor import Visitor
    from resnet_explorer.tasks.train import TrainConfig

NEEDS = Estimate(seconds=10.0, bytes=1)


@pytest.fixture
def table() -> JobTable:
    return JobTable(MemoryStore(), 64)


@pytest.fixture
def attempt(table: JobTable, training: Callable[..., TrainConfig]) -> str:
    key, new = add(table, training(1), NEEDS)
    assert new
    table.to_launch()
    return table._jobs[key].attempt


def add(table: JobTable, config: TrainConfig, needs: Estimate, who: Visitor = NOBODY) -> tuple[str, bool]:
    (key,), new = table.add([(config, needs)], who)
    return key, new


def begun(attempt: str) -> dict[str, Any]:
    return {"attempt": attempt, "worker": "tcp://x", "pid": 1, "host": "h"}


def batch(attempt: str, first: int, *records: int) -> dict[str, Any]:
    return {"attempt": attempt, "first": first, "records": pickle.dumps(records)}


def test_a_job_ends_once(table: JobTable, attempt: str) -> None:
    assert table.end(attempt, Outcome("stopped"))
    assert table.end(attempt, Outcome("done")) is None
    assert table.snapshot(attempt.partition("-")[0], 0).state == "stopped"  # type: ignore[union-attr]


def test_what_an_old_attempt_says_is_passed_over(
    table: JobTable, attempt: str, training: Callable[..., TrainConfig]
) -> None:
    table.end(attempt, Outcome("failed"))
    key, new = add(table, training(1), NEEDS)
    assert new
    table.hear(begun(attempt))
    table.hear(batch(attempt, 0, 1, 2))
    assert table.end(attempt, Outcome("done")) is None
    now = table.snapshot(key, 0)
    assert now
    assert (now.state, now.records) == ("waiting", ())


def test_a_result_is_the_answer_only_where_it_would_be_made_so_again(
    table: JobTable, attempt: str, training: Callable[..., TrainConfig]
) -> None:
    earlier = here()._replace(code="0" * 12)
    table.end(attempt, Outcome("done", made=earlier))
    key = attempt.partition("-")[0]
    assert table.snapshot(key, 0).made == earlier  # type: ignore[union-attr]  # its link opens it still
    assert add(table, training(1), NEEDS) == (key, True)
    table.end(table._jobs[key].attempt, Outcome("done", made=here()))
    assert add(table, training(1), NEEDS) == (key, False)


def test_a_lost_batch_is_made_up_at_the_end(table: JobTable, attempt: str) -> None:
    key = attempt.partition("-")[0]
    table.hear(begun(attempt))
    table.hear(batch(attempt, 0, 0, 1))
    table.hear(batch(attempt, 3, 3, 4))
    table.hear(batch(attempt, 0, 0, 1))
    assert table.snapshot(key, 0).records == (0, 1)  # type: ignore[union-attr]
    table.end(attempt, Outcome("done", (0, 1, 2, 3, 4)))
    assert table.snapshot(key, 3).records == (3, 4)  # type: ignore[union-attr]


def test_a_job_that_begins_twice_has_lost_its_worker(table: JobTable, attempt: str) -> None:
    table.hear(begun(attempt))
    table.hear(batch(attempt, 0, 7))
    assert table.hear(begun(attempt))
    now = table.snapshot(attempt.partition("-")[0], 0)
    assert now
    assert (now.state, now.records) == ("failed", (7,))


def test_no_more_is_launched_than_there_are_workers(table: JobTable, training: Callable[..., TrainConfig]) -> None:
    table.slots = 2
    keys = [add(table, training(seed), NEEDS)[0] for seed in range(4)]
    assert [job.key for job in table.to_launch()] == keys[:2]
    assert table.to_launch() == []
    table.end(table._jobs[keys[0]].attempt, Outcome("done"))
    assert [job.key for job in table.to_launch()] == keys[2:3]


def test_a_full_queue_names_when_the_next_running_job_ends(training: Callable[..., TrainConfig]) -> None:
    table = JobTable(MemoryStore(), 2)
    table.slots = 2
    for seed, seconds in enumerate((500.0, 50.0)):
        key, _ = add(table, training(seed), Estimate(seconds=seconds, bytes=1))
        table.to_launch()
        table.hear(begun(table._jobs[key].attempt))
    for seed in (2, 3):
        add(table, training(seed), Estimate(seconds=5.0, bytes=1))
    with pytest.raises(
        Refused, match=r"2 runs are waiting, .* a place is free in about 50 s, and what takes it starts in about 55 s"
    ):
        add(table, training(4), NEEDS)


def test_a_job_counts_for_those_behind_it_before_it_is_heard(
    table: JobTable, attempt: str, training: Callable[..., TrainConfig]
) -> None:
    key, _ = add(table, training(2), NEEDS)
    assert not table._jobs[attempt.partition("-")[0]].place
    now = table.snapshot(key, 0)
    assert now
    assert now.message == "0 ahead; starts in about 10 s"


def snapshot(key: str, training: Callable[..., TrainConfig], records: int) -> Snapshot:
    return Snapshot(key=key, config=training(0), state="done", records=(0,) * records)


def test_the_store_keeps_what_was_used_last(training: Callable[..., TrainConfig]) -> None:
    store = MemoryStore(jobs=2)
    store.put(snapshot("a", training, 1))
    store.put(snapshot("b", training, 1))
    store.get("a")
    store.put(snapshot("c", training, 1))
    assert [store.get(key) is not None for key in "abc"] == [True, False, True]


def test_the_store_is_bounded_by_records_too(training: Callable[..., TrainConfig]) -> None:
    store = MemoryStore(records=100)
    for key in "abc":
        store.put(snapshot(key, training, 60))
    assert (len(store), store.get("c") is not None) == (1, True)
    store = MemoryStore(records=120)
    for key in "abc":
        store.put(snapshot(key, training, 60))
    assert [store.get(key) is not None for key in "abc"] == [False, True, True]


def test_several_jobs_are_told_without_those_that_nobody_knows(training: Callable[..., TrainConfig]) -> None:
    engine = Engine(processes=1)
    ended, waits = snapshot("ended", training, 2), training(7)
    engine.store.put(ended)
    (key,), _ = engine._table.add([(waits, NEEDS)], NOBODY)
    assert engine.snapshots(["ended", "unknown", key]) == [ended, engine.snapshot(key)]
    assert not engine.snapshots(["unknown"])
