"""Faults of servers and clusters that take long: killed in mid-run, gone and back. Run by `python3 tasks.py faults`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from resnet_explorer import preset
from resnet_explorer.jobs import Engine, Limits
from resnet_explorer.jobs.database import RESTARTED, Database
from resnet_explorer.jobs.job import DIED
from resnet_explorer.jobs.visitor import Visitor
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.train import TrainConfig
from tests.serving import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NET = preset("demo_resnet18")
LONG = 2000
LIMITS = Limits(seconds=1e6, wall=1e6)

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals"),
]


def until(holds: Callable[[], object], seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.02)


def state(engine: Engine, name: str) -> str:
    now = engine.snapshot(name)
    return now.state if now else ""


def alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


SERVER = """
import pathlib, sys, time
from tests.faults.test_faults import LIMITS, LONG, NET, TrainConfig, Database, Engine, Visitor, state, until
engine = Engine(processes=2, limits=LIMITS, store=Database(pathlib.Path(sys.argv[1])))
done = [engine.submit(TrainConfig(net=NET, seed=seed, steps=2)) for seed in range(4)]
until(lambda: all(state(engine, each) == "done" for each in done))
runs = [engine.submit(TrainConfig(net=NET, seed=seed, steps=LONG)) for seed in range(10, 14)]
until(lambda: state(engine, runs[0]) == "running")
print("running", flush=True)
time.sleep(600)
"""


def test_a_killed_server_loses_nothing_that_was_done_and_leaves_no_orphan(tmp_path: Path) -> None:
    for _ in range(2):  # the second finds what the first left
        with subprocess.Popen([sys.executable, "-c", SERVER, str(tmp_path)], stdout=subprocess.PIPE) as server:
            assert server.stdout
            assert server.stdout.readline() == b"running\n"
            workers = psutil.Process(server.pid).children(recursive=True)
            server.kill()
        until(lambda workers=workers: not any(map(alive, workers)), 30)  # type: ignore[misc]
        store = Database(tmp_path)
        finished = [store.get(key(TrainConfig(net=NET, seed=seed, steps=2))) for seed in range(4)]
        assert [each.state for each in finished if each] == ["done"] * 4
        lost = [store.get(key(TrainConfig(net=NET, seed=seed, steps=LONG))) for seed in range(10, 14)]
        assert [(each.state, each.message) for each in lost if each] == [("failed", RESTARTED)] * 4
        store.close()


def dask(*command: str) -> subprocess.Popen[bytes]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {name: value for name, value in os.environ.items() if name != "MALLOC_TRIM_THRESHOLD_"}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "jobs")])  # workers import `standins`
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + command[0], *command[1:]], env=environment, **quiet
    )  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler as people start one, with two workers; and what was started."""
    port = "8797"
    address = f"tcp://127.0.0.1:{port}"
    started = [dask("dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")]
    started += [dask("dask_worker", address, "--nthreads", "1", "--no-dashboard") for _ in range(2)]
    yield address, started
    for each in started:
        each.terminate()
    for each in started:
        try:
            each.wait(10)
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()


def test_an_outside_cluster_does_what_workers_of_our_own_do(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/jobs/test_engine.py"]
    environment = {**os.environ, "OUTSIDE_CLUSTER": cluster[0]}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_worker_of_an_outside_cluster_that_dies_is_told_and_its_run_begins_nowhere_again(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    address, _ = cluster
    engine = Engine(address=address, limits=LIMITS)
    engine.start()
    try:
        until(lambda: engine.state.name == "ready" and engine.health()["workers"]["detail"].endswith("of 2 busy"))
        anne = engine.submit(TrainConfig(net=NET, seed=1, steps=LONG), Visitor("anne"))
        until(lambda: state(engine, anne) == "running")
        place = engine._table._jobs[anne].place
        assert place
        os.kill(place.pid, signal.SIGKILL)
        until(lambda: state(engine, anne) == "failed", 60)
        told = engine.snapshot(anne)
        assert told
        assert told.message == DIED
        began = time.monotonic()
        next_ = [engine.submit(TrainConfig(net=NET, seed=seed, steps=2), Visitor(f"v{seed}")) for seed in (2, 3)]
        until(lambda: all(state(engine, each) == "done" for each in next_), 30)  # no ghost is in their way
        assert time.monotonic() - began < 30
    finally:
        engine.close()


def test_a_scheduler_that_goes_and_comes_back_is_told_and_jobs_run_again(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    address, started = cluster
    engine = Engine(address=address, limits=LIMITS)
    engine.start()
    try:
        until(lambda: engine.state.name == "ready")
        started[0].kill()
        until(lambda: engine.state.name == "unreachable", 60)
        started[0].wait()
        started.append(dask("dask_scheduler", "--host", "127.0.0.1", "--port", "8797", "--no-dashboard"))
        until(lambda: engine.state.name in {"ready", "empty"}, 60)
        started.append(dask("dask_worker", address, "--nthreads", "1", "--no-dashboard"))
        until(lambda: engine.state.name == "ready", 60)
        again = engine.submit(TrainConfig(net=NET, seed=9, steps=2))
        until(lambda: state(engine, again) == "done", 60)
    finally:
        engine.close()
