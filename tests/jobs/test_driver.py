"""The driver and the cluster's edges: failures let everything go, and stops end what has not begun."""

from __future__ import annotations

import logging
import socket
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from distributed.client import FutureCancelledError

from resnet_explorer.jobs import Engine, Limits, cluster
from resnet_explorer.jobs.cluster import Cluster
from resnet_explorer.jobs.driver import SILENT_SECONDS, Driver
from resnet_explorer.jobs.job import DIED, LOST, SILENT, Place, Site
from resnet_explorer.jobs.store import MemoryStore
from resnet_explorer.jobs.table import JobTable
from resnet_explorer.jobs.visitor import NOBODY
from resnet_explorer.tasks.speed import Calibration
from resnet_explorer.tasks.task import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.tasks.train import TrainConfig

SITE = Site(None, 1, "standins:TASKS")


class Standin:
    """Notes what it is asked to do; takes any arguments of any method."""

    def __init__(self, **attributes: Any) -> None:
        self.calls: list[str] = []
        self.__dict__.update(attributes)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *_args, **_settings: self.calls.append(name)


def fails(*_: Any) -> None:
    raise OSError


@pytest.mark.parametrize("status", ["cancelled", "finished"])  # given up before, or just after, it is looked at
def test_an_attempt_that_its_scheduler_gave_up_is_told_as_lost(status: str) -> None:
    def result() -> None:
        raise FutureCancelledError("key", "unknown")

    future: Any = SimpleNamespace(status=status, result=result)
    assert cluster._outcome(future).message == LOST


class KilledWorker(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "message"),
    [(KilledWorker(), DIED), (OSError("disk"), "the worker hit an unexpected error: OSError")],
)
def test_an_attempt_whose_worker_did_not_live_to_tell_is_told_by_its_error(error: Exception, message: str) -> None:
    future: Any = SimpleNamespace(status="error", exception=lambda: error)
    assert (cluster._outcome(future).state, cluster._outcome(future).message) == ("failed", message)


def test_a_cluster_is_as_fast_as_its_slowest_worker() -> None:
    told: dict[str, Any] = {
        "a": Calibration(layer_seconds=1.0, macs_per_second=5.0),
        "b": Calibration(layer_seconds=2.0, macs_per_second=9.0),
        "c": None,  # could not be warmed
    }
    of: Any = object.__new__(Cluster)
    of.client = SimpleNamespace(run=lambda *_, **__: told)
    assert of.calibration() == Calibration(layer_seconds=2.0, macs_per_second=5.0)
    told = {"c": None}
    assert of.calibration() == Calibration()


def children() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}


def test_workers_of_a_cluster_that_fails_do_not_pile_up(
    monkeypatch: pytest.MonkeyPatch, until: Callable[..., None]
) -> None:
    seen: list[set[int]] = []

    def calibration(_: Cluster) -> None:
        seen.append(children())
        raise RuntimeError

    monkeypatch.setattr("resnet_explorer.jobs.driver.BETWEEN_TRIES", 0.1)
    monkeypatch.setattr(Cluster, "calibration", calibration)
    before = children()
    engine = Engine(processes=1, tasks=SITE.tasks)
    engine.start()
    until(lambda: len(seen) >= 3, 90)
    engine.close()
    until(lambda: len(children() - before) <= 1)  # Python's own resource tracker stays
    each = [len(pids - before) for pids in seen]
    assert each[0] >= 1
    assert max(each) <= each[0]


def test_our_own_workers_listen_to_this_machine_alone_and_show_no_dashboard(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}
    monkeypatch.setattr("distributed.LocalCluster", lambda **how: asked.update(how))
    cluster._local(3, 500)
    assert asked == {
        "n_workers": 3,
        "threads_per_worker": 1,
        "processes": True,
        "host": "127.0.0.1",
        "dashboard_address": "127.0.0.1:0",
        "scheduler_kwargs": {"dashboard": False},
        "memory_limit": 500 + cluster.OVERHEAD_BYTES,
        "silence_logs": logging.ERROR,
    }


@pytest.mark.parametrize("step", ["listen", "calibration", "workers"])
def test_a_cluster_is_closed_whatever_fails_behind_it(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = Standin(**{step: fails})
    monkeypatch.setattr("resnet_explorer.jobs.cluster.Cluster", lambda *_: cluster)
    driver = Driver(JobTable(MemoryStore(), 4), SITE, Limits())
    assert driver._connected() is None
    assert driver.state.name == "unreachable"
    assert cluster.calls[-1] == "close"


def test_client_and_workers_are_closed_where_the_plugin_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    client, local = Standin(register_plugin=fails), Standin(workers={})
    monkeypatch.setattr("distributed.Client", lambda *_, **__: client)
    monkeypatch.setattr("distributed.LocalCluster", lambda **_: local)
    with pytest.raises(OSError):  # noqa: PT011 - ours
        Cluster(SITE, 1)
    assert client.calls == local.calls == ["close"]


@pytest.fixture
def launched(training: Callable[..., TrainConfig]) -> tuple[Driver, JobTable, Any]:
    table = JobTable(MemoryStore(), 4)
    (key,), _ = table.add([(training(1), Estimate(seconds=1, bytes=1))], NOBODY)
    (job,) = table.to_launch()
    job.future = Standin()
    assert job.key == key
    return Driver(table, SITE, Limits()), table, job


def test_a_launched_job_that_has_not_begun_stops_at_once(launched: tuple[Driver, JobTable, Any]) -> None:
    driver, table, job = launched
    cluster = Standin(workers=lambda: 1)
    table.stop(job.key)
    driver._look(cluster)  # type: ignore[arg-type]
    end = table.snapshot(job.key, 0)
    assert end
    assert (end.state, end.message) == ("stopped", "stopped before it began")
    assert job.future.calls == ["cancel"]
    driver._look(cluster)  # type: ignore[arg-type]
    assert cluster.calls == ["ask_to_stop"]  # still up, should a worker begin it at this moment
    driver._forget(cluster, set(), float("inf"))  # type: ignore[arg-type]
    assert cluster.calls == ["ask_to_stop", "forget"]


def test_a_job_that_has_begun_is_given_time_to_stop(launched: tuple[Driver, JobTable, Any]) -> None:
    driver, table, job = launched
    job.place, job.heard = Place("tcp://x", 1, "h"), time.monotonic()
    table.stop(job.key)
    driver._look(Standin(workers=lambda: 1))  # type: ignore[arg-type]
    assert table.jobs() == [job]
    assert job.future.calls == []


@pytest.mark.parametrize(
    ("local", "killed"),
    [(None, []), (SimpleNamespace(workers={0: SimpleNamespace(pid=8)}), []),
     (SimpleNamespace(workers={0: SimpleNamespace(pid=7)}), [7])],
)  # fmt: skip
def test_only_our_own_workers_are_killed_by_their_id(
    local: Any, killed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    pids: list[int] = []
    monkeypatch.setattr("resnet_explorer.jobs.process.end", pids.extend)
    cluster: Any = object.__new__(Cluster)
    cluster.local, cluster.client = local, Standin(scheduler_info=lambda: {"workers": {}})
    cluster.restart(Place("tcp://x", 7, socket.gethostname()))
    assert pids == killed
    assert cluster.client.calls == ([] if killed else ["restart_workers"])


def test_a_worker_that_says_nothing_is_ended(launched: tuple[Driver, JobTable, Any]) -> None:
    driver, table, job = launched
    job.place, job.heard = Place("tcp://x", 1, "h"), time.monotonic() - 15.5
    cluster = Standin(workers=lambda: 1)
    driver._look(cluster)  # type: ignore[arg-type]
    end = table.snapshot(job.key, 0)
    assert end
    assert (end.state, end.message) == ("failed", SILENT)
    assert "restart" in cluster.calls


@pytest.mark.parametrize(
    ("what", "most", "state", "words"),
    [
        ("stopping", Limits().grace, "stopped", "it did not listen and was ended"),
        ("heard", SILENT_SECONDS, "failed", SILENT),
        ("held", Limits().wall, "failed", "it ran longer than 10 minutes, the limit, and was ended"),
    ],
)
@pytest.mark.parametrize("more", [0.0, 0.125])
def test_a_job_is_ended_when_its_time_is_over_and_no_sooner(
    launched: tuple[Driver, JobTable, Any], what: str, most: float, state: str, words: str, more: float
) -> None:
    driver, table, job = launched
    now = 1024.0
    job.place, job.begun, job.heard, job.held = Place("tcp://x", 1, "h"), 1.0, now, 1.0
    setattr(job, what, 1.0 + most + more if what == "held" else now - most - more)
    cluster = Standin()
    driver._mind(cluster, job, now)  # type: ignore[arg-type]
    end = table.snapshot(job.key, 0)
    assert end
    assert ((end.state, end.message) == (state, words)) is bool(more)
    assert job.future.calls == ["cancel"] * bool(more)
    assert cluster.calls == ["ask_to_stop"] * (what == "stopping") + ["restart"] * bool(more)


@pytest.mark.parametrize("more", [0.0, 0.125])
def test_a_flag_is_taken_down_a_while_after_the_end(launched: tuple[Driver, JobTable, Any], more: float) -> None:
    driver, _, job = launched
    driver._flagged = {job.attempt: 100.0, "other": 100.0}
    cluster = Standin()
    driver._forget(cluster, {job.attempt}, 100.0 + Limits().grace + more)  # type: ignore[arg-type]
    assert driver._flagged == {job.attempt: 100.0} | ({} if more else {"other": 100.0})
    assert cluster.calls == ["forget"] * bool(more)


@pytest.mark.parametrize(("workers", "spare", "slots"), [(0, 0, 0), (1, 0, 1), (2, 1, 1), (5, 2, 3)])
def test_spare_workers_are_the_teachers_and_one_is_left_to_everybody(workers: int, spare: int, slots: int) -> None:
    table = JobTable(MemoryStore(), 4)
    driver = Driver(table, SITE._replace(spare=2), Limits())
    assert driver._count(Standin(workers=lambda: workers, makers=frozenset)) == workers  # type: ignore[arg-type]
    assert (table.spare, table.slots) == (spare, slots)


def test_what_a_scheduler_begins_again_is_cancelled_by_the_driver_not_by_who_hears_it(
    launched: tuple[Driver, JobTable, Any],
) -> None:
    driver, _, job = launched
    for _ in range(2):
        driver._hear({"attempt": job.attempt, "worker": "tcp://x", "pid": 1, "host": "h"})
    assert job.future.calls == []  # on the client's own thread it would wait for itself
    cluster = Standin(workers=lambda: 1)
    driver._look(cluster)  # type: ignore[arg-type]
    assert job.future.calls == ["cancel"]
    assert cluster.calls == ["ask_to_stop"]


@pytest.mark.parametrize(("workers", "state"), [(0, "empty"), (1, "ready")])
def test_it_is_ready_only_with_a_worker(workers: int, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = Standin(workers=lambda: workers, calibration=Calibration, makers=frozenset)
    monkeypatch.setattr("resnet_explorer.jobs.cluster.Cluster", lambda *_: cluster)
    driver = Driver(JobTable(MemoryStore(), 4), SITE, Limits())
    driver._connected()
    assert driver.state.name == state
    cluster.workers = lambda: 1
    driver._look(cluster)  # type: ignore[arg-type]
    assert driver.state.name == "ready"
