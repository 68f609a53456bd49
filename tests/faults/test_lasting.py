"""What takes memory or time to see: a job that eats too much, and a server that has done hundreds of runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from resnet_explorer.jobs import Engine, Limits
from resnet_explorer.jobs.database import Database
from resnet_explorer.jobs.job import DIED, SILENT
from resnet_explorer.tasks.train import TrainConfig
from tests.faults.test_faults import NET, state, until

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))  # worker processes take it over, and find `standins`

import standins

RUNS, WARM = 300, 50
MOST_MEGABYTES = 15

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    it = Engine(processes=2, limits=Limits(bytes=10**8), tasks="standins:TASKS", store=Database(tmp_path))
    it.start()
    until(lambda: it.state.name == "ready")
    yield it
    it.close()


def done(engine: Engine, seed: int) -> str:
    run = engine.submit(TrainConfig(net=NET, seed=seed, steps=3))
    until(lambda: (now := engine.snapshot(run)) is not None and now.finished, 120)
    return run


def test_a_job_that_takes_too_much_memory_is_ended_and_told_and_the_next_one_runs(engine: Engine) -> None:
    told = engine.snapshot(done(engine, standins.GREEDY))
    assert told
    assert told.state == "failed"
    assert told.message in {DIED, SILENT}  # on a busy machine it is silent for too long before it has too much
    assert state(engine, done(engine, 1)) == "done"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts handles instead")
def test_hundreds_of_runs_leave_neither_threads_nor_descriptors_nor_memory_behind(engine: Engine) -> None:
    me, held = psutil.Process(), []
    for first, last in ((0, WARM), (WARM, RUNS)):
        assert {state(engine, done(engine, seed)) for seed in range(first, last)} == {"done"}
        held.append((me.num_threads(), me.num_fds(), me.memory_info().rss / 1e6))
    (threads, descriptors, before), (threads_after, descriptors_after, after) = held
    assert threads_after <= threads
    assert descriptors_after <= descriptors + 2  # the database's own files come and go
    assert after < before + MOST_MEGABYTES
