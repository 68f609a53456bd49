"""The engine on two real workers, with stand-in tasks."""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import psutil
import pytest
from standins import DEAF, DIVERGES, RAISES, REFUSES, SLOW

from resnet_explorer.errors import Refused, UnknownName
from resnet_explorer.jobs import Engine
from resnet_explorer.tasks.made import here
from resnet_explorer.tasks.task import Config
from resnet_explorer.tasks.task import key as key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resnet_explorer.jobs.snapshot import Snapshot
    from resnet_explorer.tasks.train import TrainConfig

    Until: TypeAlias = Callable[..., None]
    Training: TypeAlias = Callable[..., TrainConfig]
    Finished: TypeAlias = Callable[[str], Snapshot]
    Running: TypeAlias = Callable[..., str]


@pytest.fixture(autouse=True)
def idle(engine: Engine, until: Until) -> Iterator[None]:
    yield
    for job in engine._table.jobs():
        engine.stop(job.key)
    until(lambda: not engine._table.jobs())


@pytest.fixture
def running(engine: Engine, until: Until, training: Training) -> Running:
    def start(seed: int, **changes: Any) -> str:
        key = engine.submit(training(seed, **changes))
        until(lambda: engine.snapshot(key).records)
        return key

    return start


def test_records_stream_in_order_and_are_complete_at_the_end(
    engine: Engine, finished: Finished, running: Running
) -> None:
    key = running(SLOW, steps=60)
    early = engine.snapshot(key)
    assert early.state == "running"
    assert early.records == tuple(range(len(early.records)))
    end = finished(key)
    assert (end.state, end.records) == ("done", tuple(range(60)))
    assert end.made == here()
    assert engine.snapshot(key, since=58).records == (58, 59)


def test_a_burst_of_records_arrives_whole(engine: Engine, finished: Finished, training: Training) -> None:
    assert finished(engine.submit(training(1, steps=2000))).records == tuple(range(2000))


def test_equal_jobs_are_one_and_a_done_one_is_there_at_once(
    engine: Engine, finished: Finished, running: Running, training: Training
) -> None:
    key = running(SLOW + 1, steps=40)
    attempt = engine._table._jobs[key].attempt
    assert engine.submit(training(SLOW + 1, steps=40)) == key
    assert engine._table._jobs[key].attempt == attempt
    finished(key)
    assert engine.submit(training(SLOW + 1, steps=40)) == key
    assert engine.snapshot(key).state == "done"


def test_an_unknown_key_is_nothing(engine: Engine) -> None:
    assert engine.snapshot("0123456789abcdef") is None
    engine.stop("0123456789abcdef")


def test_a_waiting_job_tells_its_place_and_stops_at_once(engine: Engine, running: Running, training: Training) -> None:
    for seed in (10, 11):
        running(SLOW + seed, steps=2000)
    keys = [engine.submit(training(SLOW + seed, steps=2000)) for seed in (12, 13)]
    assert [engine.snapshot(key).position for key in keys] == [0, 1]
    assert "1 ahead" in engine.snapshot(keys[1]).message
    engine.stop(keys[0])
    assert engine.snapshot(keys[0]).state == "stopped"
    assert engine.snapshot(keys[1]).position == 0


def test_a_running_job_stops_with_what_it_has(engine: Engine, finished: Finished, running: Running) -> None:
    key = running(SLOW + 20, steps=2000)
    engine.stop(key)
    end = finished(key)
    assert (end.state, end.message) == ("stopped", "")  # it listened: nobody had to end it
    assert end.records == tuple(range(len(end.records)))
    assert len(end.records) < 2000


def test_a_stopped_job_may_be_run_again(engine: Engine, finished: Finished, running: Running) -> None:
    key = running(SLOW + 21, steps=30)
    engine.stop(key)
    assert finished(key).state == "stopped"
    assert running(SLOW + 21, steps=30) == key
    end = finished(key)
    assert (end.state, len(end.records)) == ("done", 30)


def test_a_job_that_does_not_listen_is_ended_and_the_next_one_runs(
    engine: Engine, finished: Finished, running: Running, training: Training
) -> None:
    key = running(DEAF)
    engine.stop(key)
    end = finished(key)
    assert (end.state, end.records) == ("stopped", (0,))
    assert "did not listen" in end.message
    assert finished(engine.submit(training(30))).state == "done"


def test_a_job_that_hangs_is_ended_at_the_wall(
    engine: Engine, finished: Finished, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine._driver, "_limits", dataclasses.replace(engine._driver._limits, wall=1))
    end = finished(running(DEAF + 1))
    assert end.state == "failed"
    assert end.message == "it ran longer than 1 s, the limit, and was ended"


def test_a_killed_worker_is_told_and_the_next_job_runs(
    engine: Engine, finished: Finished, running: Running, training: Training
) -> None:
    key = running(SLOW + 40, steps=2000)
    psutil.Process(engine._table._jobs[key].place.pid).kill()
    end = finished(key)
    assert (end.state, end.records[0]) == ("failed", 0)
    assert "the worker process died" in end.message
    assert finished(engine.submit(training(41))).state == "done"


def test_errors_are_told_in_a_sentence(
    engine: Engine, finished: Finished, training: Training, caplog: pytest.LogCaptureFixture
) -> None:
    assert finished(engine.submit(training(REFUSES))).message == "a sentence for people"
    end = finished(engine.submit(training(RAISES)))
    assert (end.state, end.message) == ("failed", "the worker hit an unexpected error: ValueError")
    assert "Traceback" in caplog.text


def test_a_divergence_keeps_its_curve(engine: Engine, finished: Finished, training: Training) -> None:
    end = finished(engine.submit(training(DIVERGES)))
    assert (end.state, end.records, end.message) == ("diverged", (0, 1, 2), "not finite at step 2")


def test_a_full_queue_refuses_and_says_for_how_long(engine: Engine, running: Running, training: Training) -> None:
    for seed in (50, 51):
        running(SLOW + seed, steps=2000)
    for seed in range(52, 56):
        engine.submit(training(SLOW + seed, steps=2000))
    with pytest.raises(Refused, match=r"4 runs are waiting, the most this machine takes; a place is free in about \d"):
        engine.submit(training(SLOW + 56, steps=2000))
    assert not engine.health()["queue"]["ok"]


def test_an_absent_device_is_refused(engine: Engine, training: Training) -> None:
    with pytest.raises(Refused, match="there is no device 'cuda' here; there is: cpu, mps"):
        engine.submit(training(60, device="cuda"))


def test_an_unknown_task_is_refused(engine: Engine) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Odd(Config):
        task: ClassVar[str] = "odd"

    with pytest.raises(UnknownName, match="unknown task 'odd'"):
        engine.submit(Odd())


def test_health_names_each_part(engine: Engine) -> None:
    health = engine.health()
    assert list(health) == ["engine", "workers", "queue", "store"]
    assert all(part["ok"] for part in health.values())


def test_nothing_listens_beyond_this_machine(engine: Engine) -> None:
    assert engine.state.name == "ready"
    me = psutil.Process()
    processes = [me, *me.children(recursive=True)]
    ports = [c.laddr.ip for p in processes for c in p.net_connections("tcp") if c.status == psutil.CONN_LISTEN]
    assert set(ports) == (set() if "OUTSIDE_CLUSTER" in os.environ else {"127.0.0.1"})


def test_jobs_wait_while_the_workers_start_and_closing_ends_them(training: Training, until: Until) -> None:
    engine = Engine(processes=1, tasks="standins:TASKS")
    resource_tracker.ensure_running()  # Python begins it with the first worker, and ends it with itself
    before = {p.pid for p in psutil.Process().children(recursive=True)}
    key = engine.submit(training(SLOW + 70, steps=2000))
    assert engine.snapshot(key).state == "waiting"
    until(lambda: engine.snapshot(key).records, 60)
    engine.close()
    assert engine.snapshot(key).state == "stopped"
    assert engine.snapshot(key).message == "the server was shut down"
    until(lambda: {p.pid for p in psutil.Process().children(recursive=True)} <= before)
    with pytest.raises(Refused, match="shutting down"):
        engine.submit(training(71))
    assert key_of(training(SLOW + 70, steps=2000)) == key


def test_a_scheduler_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, training: Training, until: Until
) -> None:
    monkeypatch.setattr("resnet_explorer.jobs.cluster.CONNECT_SECONDS", 0.3)
    engine = Engine(address="tcp://127.0.0.1:9", tasks="standins:TASKS")
    engine.start()
    until(lambda: engine.state.name == "unreachable")
    assert engine.state.message.startswith("the workers' scheduler at tcp://127.0.0.1:9 cannot be reached")
    with pytest.raises(Refused, match="cannot be reached"):
        engine.submit(training(0))
    engine.close()
