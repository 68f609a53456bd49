"""The worker's side: how a worker process is prepared, and how it carries out one job.

Nothing here imports torch: tasks do, and the first runs when a worker is warmed.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import pickle
import pkgutil
import socket
import threading
import time
import traceback
from typing import TYPE_CHECKING, Any

from distributed import WorkerPlugin, get_worker
from distributed.utils import sync

from resnet_explorer.errors import ExplorerError
from resnet_explorer.installation import explained
from resnet_explorer.jobs.job import Outcome
from resnet_explorer.jobs.process import yield_to_others
from resnet_explorer.spec import PRESETS
from resnet_explorer.tasks.made import here
from resnet_explorer.tasks.speed import BACKWARD, Calibration, size
from resnet_explorer.tasks.train import TrainConfig

if TYPE_CHECKING:
    from collections.abc import Callable

    from distributed import Worker

    from resnet_explorer.tasks.task import Config

log = logging.getLogger(__name__)

PLUGIN = "resnet-explorer"
BETWEEN_BATCHES = 0.125
"""Seconds between two batches of records: at most eight a second."""

BETWEEN_SIGNS = 2.0
"""Seconds between two signs of life of a job that has nothing to tell."""

THREADS = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "PASSIVE",
}
"""One thread to a worker, and none that spins: set before torch is imported."""


class Warm(WorkerPlugin):
    """Prepares a worker before it takes a job: one thread, low priority, torch imported, two tiny trainings run."""

    name = PLUGIN

    def __init__(self, tasks: str) -> None:
        self.tasks = tasks
        self.calibration: Calibration | None = None

    async def setup(self, worker: Worker) -> None:  # noqa: ARG002
        """Called by the worker as it joins the cluster, and again after each restart."""
        os.environ.update(THREADS)
        yield_to_others()
        self.calibration = await asyncio.to_thread(calibrated, self.tasks)


def calibration(dask_worker: Worker) -> Calibration | None:
    """What the worker's warm-up measured; called in the worker."""
    plugin: Any = dask_worker.plugins[PLUGIN]
    measured: Calibration | None = plugin.calibration
    return measured


def calibrated(tasks: str) -> Calibration | None:
    """Train two small nets for a few steps: it warms torch, and tells how fast this worker is.

    A net of 8 filters with 2 images is all overhead; one of 16 to 64 filters with 16 images is all multiply-adds.
    None where that cannot be: the warm-up is no reason to fail.
    """
    try:
        narrow, wide = PRESETS["demo_resnet34"].spec, PRESETS["cifar_resnet20"].spec
        layer = _step_seconds(tasks, TrainConfig(net=narrow, steps=6, batch=2)) / size(narrow).layers
        whole = _step_seconds(tasks, TrainConfig(net=wide, steps=3, batch=16))
    except Exception:  # whatever a task may raise; the first job will tell
        log.warning("the worker could not be warmed", exc_info=True)
        return None
    macs = BACKWARD * 16 * size(wide).macs
    return Calibration(layer_seconds=layer, macs_per_second=macs / max(whole / 10, whole - layer * size(wide).layers))


def _step_seconds(tasks: str, config: TrainConfig) -> float:
    times: list[float] = []
    _run(tasks, config, lambda _: times.append(time.perf_counter()), lambda: False)
    return min(after - before for before, after in itertools.pairwise(times))


def _run(tasks: str, config: Config, report: Callable[[Any], None], stopped: Callable[[], bool]) -> object:
    """Carry out a config; `tasks` is where the registry of tasks is: `package.module:NAME`."""
    with explained():
        return pkgutil.resolve_name(tasks)[config.task].carry_out(config, report, stopped)


def held(attempt: str) -> str:
    """The name of the flag that is up while an attempt is held."""
    return f"{attempt}-held"


class Reporter:
    """Sends records as they come, in batches, and learns whether the job is to stop; one helper thread does both."""

    def __init__(self, topic: str, attempt: str) -> None:
        self.records: list[Any] = []
        self.asked = False
        self._on = threading.Event()  # not held
        self._on.set()
        self._topic = topic
        self._attempt = attempt
        self._worker = get_worker()
        self._sent = 0
        self._last = 0.0
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._send(worker=self._worker.address, pid=os.getpid(), host=socket.gethostname())
        self._thread = threading.Thread(target=self._attend, name="reporter", daemon=True)
        self._thread.start()

    def report(self, record: object) -> None:
        """Take a record; at most eight times a second it is sent at once."""
        self.records.append(record)
        if time.monotonic() - self._last >= BETWEEN_BATCHES:
            self._flush()
        self._wait()

    def stopped(self) -> bool:
        """Whether somebody asked to stop. A task asks between two steps: while it is held it gets no answer."""
        self._wait()
        return self.asked

    def _wait(self) -> None:
        while not self.asked and not self._over.is_set() and not self._on.wait(BETWEEN_BATCHES):
            pass

    def close(self) -> None:
        """No more of this job: the outcome carries what was not sent."""
        self._over.set()
        self._thread.join()

    def _attend(self) -> None:
        lived = 0.0
        while not self._over.wait(BETWEEN_BATCHES):
            now = time.monotonic()
            if now - self._last >= BETWEEN_BATCHES:
                self._flush()
            if now - max(self._last, lived) >= BETWEEN_SIGNS:
                lived = now
                self._send(alive=True)
            try:
                self.asked = self.asked or self._is_set(self._attempt)
                (self._on.clear if self._is_set(held(self._attempt)) else self._on.set)()
            except (OSError, RuntimeError):  # the second: the worker is closing
                log.debug("the scheduler did not answer")

    def _is_set(self, flag: str) -> bool:
        return bool(sync(self._worker.loop, self._worker.scheduler.event_is_set, name=flag))

    def _flush(self) -> None:
        with self._lock:
            first, batch = self._sent, tuple(self.records[self._sent :])
            if batch:
                self._sent += len(batch)
                self._last = time.monotonic()
                self._send(first=first, records=pickle.dumps(batch))

    def _send(self, **event: object) -> None:
        self._worker.log_event(self._topic, {"attempt": self._attempt, **event})


def carry_out(tasks: str, config: Config, topic: str, attempt: str) -> Outcome:
    """Carry out one job in a worker. Everything a task may raise becomes an outcome with a sentence."""
    reporter, began = Reporter(topic, attempt), time.process_time()
    try:
        result = _run(tasks, config, reporter.report, reporter.stopped)
    except ExplorerError as error:
        return Outcome("failed", tuple(reporter.records), message=str(error))
    except MemoryError:
        return Outcome("failed", tuple(reporter.records), message="the worker ran out of memory; try a smaller batch")
    except Exception as error:  # noqa: BLE001 - the task boundary: a visitor is told, the log has the rest
        message = f"the worker hit an unexpected error: {type(error).__name__}"
        return Outcome("failed", tuple(reporter.records), message=message, detail=traceback.format_exc())
    finally:
        reporter.close()
    state = getattr(result, "status", "stopped" if reporter.asked and result is None else "done")
    seconds = time.process_time() - began
    return Outcome(state, tuple(reporter.records), result, getattr(result, "message", ""), made=here(), seconds=seconds)
