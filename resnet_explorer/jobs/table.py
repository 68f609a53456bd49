"""The jobs that are not finished: who waits, who runs, and what was heard of them. In memory; nothing here waits."""

from __future__ import annotations

import dataclasses
import logging
import pickle
import threading
import time
import uuid
from typing import TYPE_CHECKING, Any

from resnet_explorer.errors import Refused
from resnet_explorer.jobs.admission import duration
from resnet_explorer.jobs.job import DIED, UNBEGUN, Job, Outcome, Place
from resnet_explorer.tasks.made import here
from resnet_explorer.tasks.task import key as key_of

if TYPE_CHECKING:
    from resnet_explorer.jobs.snapshot import Snapshot
    from resnet_explorer.jobs.store import Store
    from resnet_explorer.tasks.task import Config, Estimate

log = logging.getLogger(__name__)


class Table:
    """Unfinished jobs in the order they came. Each ends once: whoever takes it out of the table ends it.

    What is heard of an attempt that is no longer in the table is passed over.
    """

    def __init__(self, store: Store, longest: int) -> None:
        self.slots = 1
        self.makers = frozenset({here()})
        self._store = store
        self._longest = longest
        self._lock = threading.RLock()
        self._jobs: dict[str, Job] = {}

    def add(self, config: Config, needs: Estimate) -> tuple[str, bool]:
        """The job's key, and whether it is new: it joins an equal one that waits, runs, or is done.

        Raises:
            Refused: the queue is full.
        """
        key = key_of(config)
        with self._lock:
            if key in self._jobs or self._done(key):
                return key, False
            waiting = [job for job in self._jobs.values() if not job.place]
            if len(waiting) >= self._longest:
                raise Refused(
                    f"{len(waiting)} jobs are waiting, the most this machine takes; "
                    f"try again in about {duration(min(job.left for job in self._launched() or waiting))}"
                )
            self._jobs[key] = Job(key=key, attempt=f"{key}-{uuid.uuid4().hex}", config=config, needs=needs)
            return key, True

    def _done(self, key: str) -> bool:
        """Whether its result would be the same now: what other code, torch or processors made is made anew."""
        finished = self._store.get(key)
        return finished is not None and finished.state == "done" and finished.made in self.makers

    def _wait(self, ahead: list[Job]) -> float:
        """Estimated seconds until those that workers have and those ahead are done."""
        return sum(job.left for job in self._launched() + ahead) / max(1, self.slots)

    def snapshot(self, key: str, since: int) -> Snapshot | None:
        """How far a job is, or how it ended."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                finished = self._store.get(key)
                if finished is None or not since:
                    return finished
                return dataclasses.replace(finished, records=finished.records[since:])
            if job.stopping:
                return job.snapshot(since, message="stopping")
            if job.place or job.launched:
                return job.snapshot(since)
            ahead = [each for each in self._queue() if each is not job]
            ahead = ahead[: self._queue().index(job)]
            message = f"{len(ahead)} ahead; starts in about {duration(self._wait(ahead))}"
            return job.snapshot(since, len(ahead), message)

    def _queue(self) -> list[Job]:
        return [job for job in self._jobs.values() if not job.launched]

    def _launched(self) -> list[Job]:
        """Those that workers have, whether or not they were heard to begin."""
        return [job for job in self._jobs.values() if job.launched]

    def jobs(self) -> list[Job]:
        """All of them, in order."""
        with self._lock:
            return list(self._jobs.values())

    def counts(self) -> tuple[int, int]:
        """How many wait, and how many run."""
        jobs = self.jobs()
        running = sum(job.place is not None for job in jobs)
        return len(jobs) - running, running

    def to_launch(self) -> list[Job]:
        """Jobs for which there is a free worker now; they count as launched."""
        with self._lock:
            free = max(0, self.slots - len(self._launched()))
            chosen = self._queue()[:free]
            for job in chosen:
                job.launched = time.monotonic()
            return chosen

    def stop(self, key: str) -> Job | None:
        """Take a job out that was not launched, and return it; mark one that was."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None or job.stopping:
                return None
            job.stopping = time.monotonic()
            if job.launched:
                return None
            return self.end(job.attempt, Outcome("stopped", message=UNBEGUN))

    def hear(self, event: dict[str, Any]) -> Job | None:
        """Take in what a worker says. Returns the job if that ended it: begun twice, its first worker has died."""
        with self._lock:
            job = self._find(event["attempt"])
            if job is None:
                return None
            if "records" not in event:
                if job.place:
                    return self.end(job.attempt, Outcome("failed", message=DIED))
                job.place = Place(event["worker"], event["pid"], event["host"])
                job.begun = time.monotonic()
            elif event["first"] == len(job.records):
                job.records.extend(pickle.loads(event["records"]))  # noqa: S301 - from our own workers
            return None

    def end(self, attempt: str, outcome: Outcome) -> Job | None:
        """End an attempt; None where it has ended already."""
        with self._lock:
            job = self._find(attempt)
            if job is None:
                return None
            if outcome.detail:
                log.error("job %s (%s): %s\n%s", job.key, job.config.task, outcome.message, outcome.detail)
            del self._jobs[job.key]
            self._store.put(job.ended(outcome))
            return job

    def _find(self, attempt: str) -> Job | None:
        job = self._jobs.get(attempt.partition("-")[0])
        return job if job and job.attempt == attempt else None
