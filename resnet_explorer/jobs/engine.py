"""The engine: takes jobs, has workers carry them out, and knows how far each is. Every call answers at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from resnet_explorer.errors import Refused
from resnet_explorer.jobs.admission import Limits, admit, workers
from resnet_explorer.jobs.driver import Driver
from resnet_explorer.jobs.job import Outcome, Site
from resnet_explorer.jobs.state import READY, State
from resnet_explorer.jobs.store import MemoryStore, Store
from resnet_explorer.jobs.table import JobTable
from resnet_explorer.jobs.visitor import NOBODY, Visitor
from resnet_explorer.jobs.visitor import key as teachers_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.jobs.snapshot import Snapshot
    from resnet_explorer.tasks.made import Made
    from resnet_explorer.tasks.speed import Calibration
    from resnet_explorer.tasks.task import Config, Estimate

SCHEDULER = "RESNET_EXPLORER_SCHEDULER"
TASKS_PATH = "resnet_explorer.tasks:TASKS"


class Engine:
    """Runs jobs on a cluster: worker processes of its own, or the scheduler at `address`.

    Where there is a teacher's key, as many processes besides stand ready for the teacher's jobs.

    `tasks` names the registry of what can be run, as workers import it: `package.module:NAME`.
    """

    def __init__(
        self,
        *,
        address: str | None = None,
        processes: int | None = None,
        limits: Limits | None = None,
        store: Store | None = None,
        tasks: str = TASKS_PATH,
    ) -> None:
        self.limits = limits or Limits()
        self._store: Store = MemoryStore() if store is None else store  # an empty one is one
        self._table = JobTable(self._store, self.limits.waiting)
        count = processes or workers()
        there = address or os.environ.get(SCHEDULER) or None
        site = Site(there, count, tasks, spare=count if teachers_key() and not there else 0)
        self._driver = Driver(self._table, site, self.limits)

    @property
    def store(self) -> Store:
        """Where its finished jobs are kept."""
        return self._store

    @property
    def state(self) -> State:
        """Its name (starting, ready, empty, unreachable, closed) and a sentence."""
        return self._driver.state

    @property
    def speed(self) -> Calibration:
        """How fast the workers are: as assumed until they have measured it, and corrected by what runs really took."""
        return self._table.slowdown.corrected(self._driver.speed)

    @property
    def makers(self) -> frozenset[Made]:
        """By what a job would be measured now: as here, until workers have told."""
        return self._table.makers

    def start(self) -> None:
        """Start the workers in the background; a second call does nothing."""
        self._driver.start()

    def admit(self, config: Config) -> Estimate:
        """What a job would take, by the speed that was measured when the workers warmed up.

        Raises:
            Refused: it takes more than the limits allow.
        """
        return admit(config, self.limits, self.speed)

    def submit(self, config: Config, who: Visitor = NOBODY) -> str:
        """The key of a job that waits, runs or is done: equal configs share one. Starts the engine if need be.

        Raises:
            Refused: it takes more than the limits allow, the queue is full, or there is nobody to carry it out.
            UnknownName: no such task.
        """
        return self.press([config], who)[0]

    def press(self, configs: Sequence[Config], who: Visitor = NOBODY) -> list[str]:
        """The same for jobs that a visitor wants at once: all are taken or none, and they begin together if they can.

        Raises:
            Refused: as `submit`, or the visitor has as many runs as one may have.
            UnknownName: no such task.
        """
        wanted = [(config, self.admit(config)) for config in configs]
        if self.state.name in ("closed", "unreachable"):
            raise Refused(self.state.message)
        here = self._driver.devices
        for config in configs:
            if here and config.device not in here:
                raise Refused(f"there is no device {config.device!r} here; there is: {', '.join(here)}")
        keys, new = self._table.add(wanted, who)
        if new:
            self.start()
            self._driver.wake()
        return keys

    def snapshot(self, key: str, since: int = 0, visitor: str = "") -> Snapshot | None:
        """How far a job is, or how it ended, with its records from index `since` on; None if nobody knows it.

        Who asks watches it.
        """
        return self._table.snapshot(key, since, visitor)

    def snapshots(self, keys: Sequence[str], visitor: str = "") -> list[Snapshot]:
        """The same of several jobs, without those that nobody knows: these cost one look together, and not each."""
        now = {key: self._table.unfinished(key, 0, visitor) for key in keys}
        kept = self._store.among([key for key, found in now.items() if found is None])
        found = (now[key] or (self._store.get(key) if key in kept else None) for key in keys)
        return [each for each in found if each is not None]

    def stop(self, key: str, who: Visitor = NOBODY) -> None:
        """A visitor no longer wants a job: where nobody else watches it, or the teacher says so, it ends.

        At once if it waits, within a step if it runs, by force if it does not listen.
        """
        self._table.stop(key, who)
        self._driver.wake()

    def devices(self) -> tuple[str, ...]:
        """The names of the devices that workers have; the processor alone until they have told."""
        return self._driver.devices or ("cpu",)

    def health(self) -> dict[str, dict[str, Any]]:
        """Each part of the service: whether it is `ok`, and a `detail`."""
        waiting, running = self._table.counts()
        slots, trouble = self._table.slots, self._store.trouble
        return {
            "engine": {"ok": self.state is READY, "detail": f"{self.state.name}: {self.state.message}"},
            "workers": {"ok": self.state is READY and slots > 0, "detail": f"{running} of {slots} busy"},
            "queue": {"ok": waiting < self.limits.waiting, "detail": f"{waiting} of {self.limits.waiting} waiting"},
            "store": {"ok": not trouble, "detail": trouble or f"{len(self._store)} finished jobs kept"},
        }

    def close(self) -> None:
        """Take no more jobs, end those there are, and end the workers. A few seconds at most."""
        for job in self._table.jobs():
            self._table.end(job.attempt, Outcome("stopped", message="the server was shut down"))
        self._driver.close()
        self._store.close()
