"""What a worker tells of a job as it goes on, and what holds the job or lets it go."""

from __future__ import annotations

import pickle
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from resnet_explorer.errors import ExplorerError
from resnet_explorer.jobs import worker
from resnet_explorer.jobs.worker import BETWEEN_BATCHES, Reporter, held
from resnet_explorer.spec import PRESETS
from resnet_explorer.tasks.made import here
from resnet_explorer.tasks.speed import size
from resnet_explorer.tasks.train import TrainConfig

pytestmark = pytest.mark.timeout(20)  # what waits by mistake waits for ever


NARROW = PRESETS["demo_resnet18"].spec


def fails(error: Exception) -> None:
    raise error


class Clock:
    """Time that passes where somebody waits, for so many turns; it stands for the event that ends a reporter."""

    def __init__(self) -> None:
        self.now, self.turns = 100.0, 0

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.turns -= 1
        self.now += seconds if self.turns >= 0 else 0.0
        return self.turns < 0

    is_set = set = lambda _: False


class Told:
    """A reporter without a cluster: the flags that are up, and what was sent when."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.flags: set[str] = set()
        self.clock, self.sent = Clock(), []
        note: Any = lambda _, event: self.sent.append((self.clock.now, event))  # noqa: E731
        monkeypatch.setattr(worker, "get_worker", lambda: SimpleNamespace(address="tcp://here", log_event=note))
        monkeypatch.setattr(worker, "time", self.clock)
        monkeypatch.setattr(Reporter, "_is_set", lambda _, flag: flag in self.flags)
        with monkeypatch.context() as patch:  # its thread is carried out here, turn by turn
            patch.setattr(Reporter, "_attend", lambda _: None)
            self.reporter = Reporter("topic", "attempt")
        self.sent.clear()
        self.reporter._over = self.clock  # type: ignore[assignment]

    def attend(self, turns: int) -> list[float]:
        """When a sign of life was sent, in so many turns."""
        self.clock.turns, before = turns, len(self.sent)
        self.reporter._attend()
        return [when for when, event in self.sent[before:] if event.get("alive")]

    def batches(self) -> list[tuple[int, tuple[str, ...]]]:
        return [(event["first"], pickle.loads(event["records"])) for _, event in self.sent if "records" in event]  # noqa: S301


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    return Told(monkeypatch)


def test_records_are_sent_at_once_but_no_more_than_eight_times_a_second(told: Told) -> None:
    for passed, record in ((0.0, "a"), (0.1, "b"), (BETWEEN_BATCHES - 0.1, "c"), (0.1, "d")):
        told.clock.now += passed
        told.reporter.report(record)
    assert told.batches() == [(0, ("a",)), (1, ("b", "c"))]
    told.attend(1)
    assert told.batches()[2:] == [(3, ("d",))]
    told.attend(20)
    assert len(told.batches()) == 3


@pytest.mark.parametrize(("since", "turns", "batches"), [(0.0, 1, 1), (BETWEEN_BATCHES / 2, 1, 0), (0.0625, 2, 1)])
def test_what_waits_is_sent_an_eighth_of_a_second_after_the_last_and_no_sooner(
    told: Told, since: float, turns: int, batches: int
) -> None:
    told.reporter._last = told.clock.now + since  # as though something was sent while the thread waited
    told.reporter.records.append("waits")
    told.attend(turns)
    assert len(told.batches()) == batches


def test_a_job_that_has_nothing_to_tell_says_every_other_second_that_it_lives(told: Told) -> None:
    assert told.attend(8 * 5) == [100.125, 102.125, 104.125]
    told.reporter.report("a")
    assert told.attend(8 * 3) == [107.0]


def test_a_reporter_keeps_no_worker_from_ending(told: Told) -> None:
    assert told.reporter._thread.daemon
    told.reporter.close()
    assert not told.reporter._thread.is_alive()


def test_a_flag_holds_a_job_and_another_one_ends_it(told: Told) -> None:
    told.flags = {held("attempt")}
    told.attend(1)
    assert not told.reporter._on.is_set()
    told.flags = {"attempt"}
    told.attend(1)
    assert told.reporter._on.is_set()
    told.flags = set()
    told.attend(1)
    assert told.reporter.stopped()


@pytest.mark.parametrize("end", ["asked", "over", "on"])
def test_a_held_job_waits_until_it_may_go_on_or_is_to_end(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "BETWEEN_BATCHES", 0.01)
    reporter = object.__new__(Reporter)
    reporter.asked, reporter._on, reporter._over = False, threading.Event(), threading.Event()
    waiting = threading.Thread(target=reporter.stopped, daemon=True)
    waiting.start()
    waiting.join(0.05)
    assert waiting.is_alive()
    if end == "asked":
        reporter.asked = True
    else:
        getattr(reporter, f"_{end}").set()
    waiting.join(5)
    assert not waiting.is_alive()


@pytest.mark.parametrize(
    ("does", "state", "message"),
    [
        (lambda report, _: report("a"), "done", ""),
        (lambda _, stopped: None if stopped() else 1, "stopped", ""),
        (lambda *_: SimpleNamespace(status="diverged", message="it grew"), "diverged", "it grew"),
        (lambda *_: fails(ExplorerError("no such net")), "failed", "no such net"),
        (lambda *_: fails(MemoryError()), "failed", "the worker ran out of memory; try a smaller batch"),
        (lambda *_: fails(OSError("disk")), "failed", "the worker hit an unexpected error: OSError"),
    ],
)
def test_what_becomes_of_a_job(monkeypatch: pytest.MonkeyPatch, does: Any, state: str, message: str) -> None:
    clock = iter((10.0, 13.0))
    reporter = SimpleNamespace(records=[], asked=state == "stopped", close=lambda: reporter.records.append("closed"))
    reporter.report, reporter.stopped = reporter.records.append, lambda: reporter.asked
    monkeypatch.setattr(worker, "Reporter", lambda *_: reporter)
    monkeypatch.setattr(worker, "time", SimpleNamespace(process_time=lambda: next(clock)))
    monkeypatch.setattr(worker, "_run", lambda _tasks, _config, report, stopped: does(report, stopped))
    found = worker.carry_out("tasks", TrainConfig(net=NARROW), "topic", "attempt")
    assert (found.state, found.message) == (state, message)
    assert reporter.records[-1] == "closed"
    assert ("disk" in found.detail) == (message.endswith("OSError"))
    if state != "failed":
        assert (found.seconds, found.made) == (3.0, here())
        assert found.records == tuple(reporter.records)


def test_a_worker_is_as_fast_as_its_warm_up_says(monkeypatch: pytest.MonkeyPatch) -> None:
    def carried_out(_tasks: str, config: Any, report: Any, _stopped: Any) -> None:
        """Each step takes a millisecond for each layer and a second for 10¹⁰ multiply-adds; the first takes longer."""
        cost = size(config.net)
        asked.append((config.steps, config.batch))  # whoever waits for a worker waits for this
        for step in range(config.steps):
            clock[0] += 1e-3 * cost.layers + 3 * config.batch * cost.macs / 1e10 + (5.0 if step < 2 else 0.0)
            report(step)

    asked: list[tuple[int, int]] = []
    clock = [0.0]
    monkeypatch.setattr(worker, "_run", carried_out)
    monkeypatch.setattr(worker, "time", SimpleNamespace(perf_counter=lambda: clock[0]))
    found = worker.calibrated("tasks")
    assert asked == [(6, 2), (3, 16)]
    assert found is not None
    assert found.layer_seconds == pytest.approx(1e-3, rel=0.03)
    assert found.macs_per_second == pytest.approx(1e10, rel=0.01)
    monkeypatch.setattr(worker, "_run", lambda *_: fails(OSError()))
    assert worker.calibrated("tasks") is None
