"""The engine's one thread that waits for the cluster: it connects, launches, stops, and ends what hangs."""

from __future__ import annotations

import functools
import logging
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from resnet_explorer.errors import Refused
from resnet_explorer.jobs.admission import Limits, duration
from resnet_explorer.jobs.job import LOST, SILENT, UNBEGUN, Job, Outcome, Site
from resnet_explorer.jobs.state import CLOSED, EMPTY, READY, STARTING, State, unreachable
from resnet_explorer.jobs.visitor import NOBODY
from resnet_explorer.tasks.devices import DevicesConfig
from resnet_explorer.tasks.speed import Calibration
from resnet_explorer.tasks.task import Estimate

if TYPE_CHECKING:
    from resnet_explorer.jobs.cluster import Cluster
    from resnet_explorer.jobs.table import JobTable

log = logging.getLogger(__name__)

BETWEEN_LOOKS = 0.25
BETWEEN_COUNTS = 2.0
BETWEEN_TRIES = 3.0
CLOSING_SECONDS = 10.0
SILENT_SECONDS = 15.0
"""A worker that has not been heard of for so long while it has a job hangs: it is ended."""


class Driver:
    """Carries the table's jobs to the cluster, and brings back what becomes of them."""

    def __init__(self, table: JobTable, site: Site, limits: Limits) -> None:
        self.state = STARTING
        self.speed = Calibration()
        self.devices: tuple[str, ...] = ()
        self._table = table
        self._site = site
        self._limits = limits
        self._counted = 0.0
        self._flagged: dict[str, float] = {}
        self._dropped: list[Job] = []
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, in the background; a second call does nothing."""
        with self._lock:
            if self._thread is None and self.state is not CLOSED:
                self._thread = threading.Thread(target=self._drive, name="engine", daemon=True)
                self._thread.start()

    def wake(self) -> None:
        """Look at the table now."""
        self._wake.set()

    def close(self) -> None:
        """Let go of the cluster, and wait for that a few seconds at most."""
        with self._lock:
            self.state = CLOSED
        self._wake.set()
        if self._thread:
            self._thread.join(CLOSING_SECONDS)

    def _drive(self) -> None:
        cluster: Cluster | None = None
        try:
            while self.state is not CLOSED:
                self._table.beat()
                cluster = self._looked(cluster) if cluster else self._connected()
                self._wake.wait(BETWEEN_LOOKS if cluster else BETWEEN_TRIES)
                self._wake.clear()
        finally:
            _let_go(cluster)

    def _become(self, state: State) -> None:
        with self._lock:
            if self.state not in (CLOSED, state):
                self.state = state
                log.log(logging.INFO if state is READY else logging.WARNING, state.message)

    def _connected(self) -> Cluster | None:
        """A cluster that is ready, or None if there is none yet."""
        from resnet_explorer.jobs.cluster import Cluster  # noqa: PLC0415 - imports dask, which takes its time

        cluster: Cluster | None = None
        try:
            cluster = Cluster(self._site, self._limits.bytes)
            cluster.listen(self._hear)
            self.speed = cluster.calibration()
            self._table.makers = cluster.makers()
            workers = self._count(cluster)
        except Exception as error:  # whatever a network may come up with: it is told, and tried again
            log.debug("no cluster", exc_info=error)
            _let_go(cluster)
            self._become(unreachable(self._site.address, type(error).__name__))
            return None
        self._become(READY if workers else EMPTY)
        with suppress(Refused):  # the queue is full already: the first devices to be asked for will do
            self._table.add([(DevicesConfig(), Estimate(seconds=0.1, bytes=0))], NOBODY)
        self.wake()
        return cluster

    def _count(self, cluster: Cluster) -> int:
        """How many workers there are now, and so how many for everybody and for the teacher besides."""
        workers = cluster.workers()
        if workers != self._table.slots + self._table.spare:
            self._table.spare = min(self._site.spare, max(0, workers - 1))
            self._table.slots, self._table.makers = workers - self._table.spare, cluster.makers()
        return workers

    def _looked(self, cluster: Cluster) -> Cluster | None:
        """The cluster after one look at every job; None if it is gone."""
        try:
            if cluster.connected:
                self._look(cluster)
                return cluster
        except Exception:  # the same
            log.exception("the cluster does not answer")
        self._become(unreachable(self._site.address, "the connection was lost"))
        for job in self._table.jobs():
            if job.launched:
                self._table.end(job.attempt, Outcome("failed", message=LOST))
        _let_go(cluster)
        return None

    def _look(self, cluster: Cluster) -> None:
        now = time.monotonic()
        if now - self._counted > BETWEEN_COUNTS:
            self._counted = now
            self._become(READY if self._count(cluster) else EMPTY)
            self._table.stop_unwatched()
        self._drop(cluster, now)
        jobs = self._table.jobs()
        for job in jobs:
            if job.launched:
                self._mind(cluster, job, now)
        self._forget(cluster, {job.attempt for job in jobs}, now)
        for job in self._table.to_launch():
            job.future = cluster.launch(job.config, job.attempt, functools.partial(self._end, job))
        hold, go_on = self._table.hold()
        for job in hold:
            cluster.hold(job.attempt)
        for job in go_on:
            cluster.let_go_on(job.attempt)

    def _drop(self, cluster: Cluster, now: float) -> None:
        """Keep attempts that ended without their worker from running on elsewhere, as a scheduler would have them."""
        while self._dropped:
            job = self._dropped.pop()
            job.future.cancel()  # here, since on the client's own thread that does nothing
            self._flagged[job.attempt] = now
            cluster.ask_to_stop(job.attempt)

    def _forget(self, cluster: Cluster, unfinished: set[str], now: float) -> None:
        """Take down the flags of attempts that are over, a while later: a worker may not have known of the end."""
        for attempt, since in tuple(self._flagged.items()):
            if attempt not in unfinished and now - since > self._limits.grace:
                cluster.forget(attempt)
                del self._flagged[attempt]

    def _mind(self, cluster: Cluster, job: Job, now: float) -> None:
        """Stop a job that is to stop, and end one that has not begun, does not listen or takes too long."""
        if job.stopping and job.attempt not in self._flagged:
            self._flagged[job.attempt] = now
            cluster.ask_to_stop(job.attempt)
        if job.stopping and not job.place:
            self._force(cluster, job, Outcome("stopped", message=UNBEGUN))
        elif job.stopping and now - job.stopping > self._limits.grace:
            self._force(cluster, job, Outcome("stopped", message="it did not listen and was ended"))
        elif job.place and now - job.heard > SILENT_SECONDS:
            self._force(cluster, job, Outcome("failed", message=SILENT))
        elif job.begun and job.worked > self._limits.wall:
            limit = duration(self._limits.wall)
            self._force(
                cluster, job, Outcome("failed", message=f"it ran longer than {limit}, the limit, and was ended")
            )

    def _force(self, cluster: Cluster, job: Job, outcome: Outcome) -> None:
        if self._table.end(job.attempt, outcome) and job.future:
            job.future.cancel()
            if job.place:
                cluster.restart(job.place)

    def _end(self, job: Job, outcome: Outcome) -> None:
        """Called from the client's callback thread when an attempt is over."""
        if self._table.end(job.attempt, outcome) and isinstance(job.config, DevicesConfig) and outcome.result:
            self.devices = tuple(outcome.result)
        self.wake()

    def _hear(self, event: dict[str, Any]) -> None:
        """Called from the client's own thread."""
        ended = self._table.hear(event)
        if ended and ended.future:
            self._dropped.append(ended)
            self.wake()


def _let_go(cluster: Cluster | None) -> None:
    """Close a cluster if there is one, and its workers with it; an error in that is told and nothing more."""
    try:
        if cluster:
            cluster.close()
    except Exception:
        log.exception("the cluster could not be closed")
