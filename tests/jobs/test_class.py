"""A class on one real worker: the teacher goes first, students' runs pause and go on; a worker that hangs is told."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import psutil
import pytest
from standins import SLOW

from resnet_explorer.jobs import Engine, Limits
from resnet_explorer.jobs.job import HELD, SILENT
from resnet_explorer.jobs.visitor import TEACHER, Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resnet_explorer.tasks.train import TrainConfig

STUDENT, HER = Visitor("student"), Visitor("teacher", teacher=True)


@pytest.fixture(scope="module")
def room(until: Callable[..., None]) -> Iterator[Engine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(TEACHER, "chalk-and-talk")
        it = Engine(processes=1, limits=Limits(grace=0.5), tasks="standins:TASKS")
    it.start()
    until(lambda: it.state.name == "ready" and not it._table.jobs(), 60)
    yield it
    it.close()


def test_the_teachers_run_goes_first_and_the_students_goes_on(
    room: Engine, until: Callable[..., None], training: Callable[..., TrainConfig]
) -> None:
    student = room.submit(training(SLOW + 1, steps=300), STUDENT)
    until(lambda: room.snapshot(student).records)  # type: ignore[union-attr]
    hers = room.submit(training(SLOW + 2, steps=100), HER)
    until(lambda: room.snapshot(hers).records)  # type: ignore[union-attr]
    until(lambda: room.snapshot(student).message == HELD)  # type: ignore[union-attr]
    before = 0

    def still() -> bool:
        nonlocal before
        last, before = before, len(room.snapshot(student).records)  # type: ignore[union-attr]
        return last == before and not room.snapshot(hers).finished  # type: ignore[union-attr]

    until(still)
    assert room.snapshot(student).state == "running"  # type: ignore[union-attr]
    until(lambda: room.snapshot(hers).finished)  # type: ignore[union-attr]
    assert len(room.snapshot(student).records) < 300  # type: ignore[union-attr]
    until(lambda: room.snapshot(student).finished)  # type: ignore[union-attr]
    end = room.snapshot(student)
    assert end
    assert (end.state, end.records) == ("done", tuple(range(300)))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that stops a process")
def test_a_worker_that_hangs_is_told_and_the_next_job_runs(
    room: Engine, until: Callable[..., None], training: Callable[..., TrainConfig], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resnet_explorer.jobs.driver.SILENT_SECONDS", 3.0)
    key = room.submit(training(SLOW + 3, steps=2000), STUDENT)
    until(lambda: room.snapshot(key).records)  # type: ignore[union-attr]
    psutil.Process(room._table._jobs[key].place.pid).send_signal(signal.SIGSTOP)  # type: ignore[union-attr]
    until(lambda: room.snapshot(key).finished)  # type: ignore[union-attr]
    end = room.snapshot(key)
    assert end
    assert (end.state, end.message) == ("failed", SILENT)
    after = room.submit(training(5), STUDENT)
    until(lambda: room.snapshot(after).state == "done")  # type: ignore[union-attr]
