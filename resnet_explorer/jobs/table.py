"""The jobs that are not finished: who waits, who runs, and what was heard of them. In memory; nothing here waits."""

from __future__ import annotations

import dataclasses
import logging
import pickle
import threading
import time
import uuid
from typing import TYPE_CHECKING, Any

from resnet_explorer.jobs import queue
from resnet_explorer.jobs.job import DIED, HELD, LEFT, UNBEGUN, UNWATCHED, WATCHED_SECONDS, Job, Outcome, Place
from resnet_explorer.jobs.plan import Plan
from resnet_explorer.jobs.slowdown import Slowdown
from resnet_explorer.jobs.visitor import NOBODY
from resnet_explorer.tasks.made import here
from resnet_explorer.tasks.task import key as key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.jobs.snapshot import Snapshot
    from resnet_explorer.jobs.store import Store
    from resnet_explorer.jobs.visitor import Visitor
    from resnet_explorer.tasks.task import Config, Estimate

log = logging.getLogger(__name__)

BETWEEN_BEATS = 2.0


class JobTable:
    """Unfinished jobs in the order they came. Each ends once: whoever takes it out of the table ends it.

    What is heard of an attempt that is no longer in the table is passed over. `slots` is how many work at once, `spare`
    how many workers there are besides, on which the teacher's jobs begin while others are held.
    """

    def __init__(self, store: Store, longest: int) -> None:
        self.slots, self.spare = 1, 0
        self.makers = frozenset({here()})
        self.slowdown = Slowdown()
        self._store = store
        self._lock = threading.RLock()
        self._jobs: dict[str, Job] = {}
        self._plan = Plan(self._jobs, longest)
        self._beaten = 0.0

    def add(self, wanted: Sequence[tuple[Config, Estimate]], who: Visitor) -> tuple[list[str], bool]:
        """The keys of jobs that are submitted at once, and whether any is new.

        A job joins an equal one that waits, runs, or is done.

        Raises:
            Refused: the queue is full, or has as many runs of this visitor as there may be.
        """
        keys = [key_of(config) for config, _ in wanted]
        press = uuid.uuid4().hex
        with self._lock:
            new = [key not in self._jobs and not self._done(key) for key in keys]
            if any(new):
                self._plan.bound(who, self.slots)
            fresh = {}
            for key, (config, needs), is_new in zip(keys, wanted, new, strict=True):
                if is_new and key not in fresh:
                    job = Job(key=key, attempt=f"{key}-{uuid.uuid4().hex}", config=config, needs=needs, press=press)
                    job.factor = self.slowdown.factor
                    self._jobs[key] = fresh[key] = job
                if key in self._jobs:
                    self._jobs[key].join(who, press)
            self._plan.stale()
        for job in fresh.values():
            self._store.began(job)
        return keys, any(new)

    def _done(self, key: str) -> bool:
        """Whether its result would be the same now: what other code, torch or processors made is made anew."""
        finished = self._store.get(key)
        return finished is not None and finished.state == "done" and finished.made in self.makers

    def snapshot(self, key: str, since: int, visitor: str = "") -> Snapshot | None:
        """How far a job is, or how it ended, as this visitor sees it, who has looked at it thereby."""
        now = self.unfinished(key, since, visitor)
        if now is None and (now := self._store.get(key)) and since:
            now = dataclasses.replace(now, records=now.records[since:])
        return now

    def unfinished(self, key: str, since: int, visitor: str = "") -> Snapshot | None:
        """The same of a job that has not ended."""
        with self._lock:
            job = self._jobs.get(key)
            return self._seen(job, since, visitor) if job else None

    def _seen(self, job: Job, since: int, visitor: str) -> Snapshot:
        if visitor in job.gone:
            return dataclasses.replace(job.snapshot(since, message=LEFT), state="stopped")
        if visitor:
            job.watchers[visitor] = time.monotonic()
        if job.stopping:
            return job.snapshot(since, message="stopping")
        if job.launched:
            return job.snapshot(since, message=HELD if job.held else "")
        return job.snapshot(since, *self._plan.waits(job, self.slots))

    def jobs(self) -> list[Job]:
        """All of them that have not ended, in order."""
        with self._lock:
            return [job for job in self._jobs.values() if not job.over]

    def counts(self) -> tuple[int, int]:
        """How many presses wait, and how many jobs run."""
        jobs = self.jobs()
        return len({job.press for job in jobs if not job.launched}), sum(job.place is not None for job in jobs)

    def to_launch(self) -> list[Job]:
        """Jobs for which there is a free worker now; they count as launched."""
        with self._lock:
            chosen: list[Job] = []
            while group := queue.next_of(tuple(self._jobs.values()), self.slots, self.spare):
                for job in group:
                    job.launched = time.monotonic()
                chosen.extend(group)
            if chosen:
                self._plan.stale()
            return chosen

    def hold(self) -> tuple[list[Job], list[Job]]:
        """Those that are to be held from now on, and those that are to go on; they count as such."""
        with self._lock:
            now = time.monotonic()
            held = queue.to_hold(tuple(self._jobs.values()), self.slots)
            on = [job for job in self._jobs.values() if job.held and job not in held]
            for job in on:
                job.idle, job.held = job.idle + now - job.held, 0.0
            new = [job for job in held if not job.held]
            for job in new:
                job.held = now
            return new, on

    def stop(self, key: str, who: Visitor = NOBODY) -> Job | None:
        """A visitor does not want a job any more. It ends if nobody else does; the teacher, or this program, ends any.

        A job that was not launched is taken out and returned; one that was is marked.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is None or job.stopping or job.over:
                return None
            others = job.watchers and time.monotonic() - job.watched(who.name) < WATCHED_SECONDS
            if who.name and not who.teacher and others:
                job.leave(who.name)
                return None
            return self._cut(job, UNBEGUN)

    def _cut(self, job: Job, why: str) -> Job | None:
        job.stopping = time.monotonic()
        return None if job.launched else self.end(job.attempt, Outcome("stopped", message=why))

    def beat(self) -> None:
        """Say that this process lives, and its jobs with it."""
        if time.monotonic() - self._beaten > BETWEEN_BEATS:
            self._beaten = time.monotonic()
            self._store.beat()

    def stop_unwatched(self) -> None:
        """Stop what nobody watches, if somebody who watches waits for another run."""
        with self._lock:
            since = time.monotonic() - WATCHED_SECONDS
            jobs = self.jobs()
            wanted = {job.press for job in jobs if not job.launched and job.watched() >= since}
            for job in jobs:
                alone = job.watched() < since and not (job.teacher or job.stopping)
                if alone and wanted - {job.press}:
                    job.unwatched = True
                    self._cut(job, UNWATCHED)

    def hear(self, event: dict[str, Any]) -> Job | None:
        """Take in what a worker says. Returns the job if that ended it: begun twice, its first worker has died."""
        with self._lock:
            job = self._find(event["attempt"])
            if job is None:
                return None
            job.heard = time.monotonic()
            if "pid" in event:  # Dask itself adds the worker to every event
                if job.place:
                    return self.end(job.attempt, Outcome("failed", message=DIED))
                job.place = Place(event["worker"], event["pid"], event["host"])
                job.begun = job.heard
            elif "records" in event and event["first"] == len(job.records):
                job.records.extend(pickle.loads(event["records"]))  # noqa: S301 - from our own workers
            return None

    def end(self, attempt: str, outcome: Outcome) -> Job | None:
        """End an attempt; None where it has ended already. Its end is seen when it is kept."""
        with self._lock:
            job = self._find(attempt)
            if job is None:
                return None
            job.over = True
        if outcome.detail:
            log.error("job %s (%s): %s\n%s", job.key, job.config.task, outcome.message, outcome.detail)
        if outcome.state == "stopped" and job.unwatched:
            outcome = outcome._replace(message=UNWATCHED)
        self._store.put(job.ended(outcome), attempt)
        with self._lock:
            del self._jobs[job.key]
            self._plan.stale()
            if outcome.state == "done":
                self.slowdown.ended(job, outcome.seconds)
                for each in self._jobs.values():
                    if not each.launched:
                        self.slowdown.correct(each)
        return job

    def _find(self, attempt: str) -> Job | None:
        job = self._jobs.get(attempt.partition("-")[0])
        return job if job and job.attempt == attempt and not job.over else None
