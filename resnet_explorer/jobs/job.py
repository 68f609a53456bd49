"""A job that is not finished yet, where it runs, and how it ends."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.jobs.snapshot import Snapshot

if TYPE_CHECKING:
    from resnet_explorer.tasks.made import Made
    from resnet_explorer.tasks.task import Config, Estimate


DIED = "the worker process died (out of memory or killed); the next run starts on a fresh worker"
UNBEGUN = "stopped before it began"
LOST = "the connection to the workers was lost; run it again"


class Outcome(NamedTuple):
    """How a job ended: a final state, and all that was reported, since batches may be lost.

    `detail` is for the log; `made` says by what it was measured, where a worker could tell.
    """

    state: str
    records: tuple[Any, ...] = ()
    result: Any = None
    message: str = ""
    detail: str = ""
    made: Made | None = None


class Place(NamedTuple):
    """Where an attempt runs."""

    worker: str
    pid: int
    host: str


class Site(NamedTuple):
    """Where jobs are carried out: the scheduler at `address`, or so many `processes` of our own; and which `tasks`."""

    address: str | None
    processes: int
    tasks: str


@dataclass(slots=True, kw_only=True, eq=False)
class Job:
    """One attempt at a config; `attempt` names it. Times are monotonic seconds, 0 for never.

    It waits until it is `launched`, and until a worker says that it has begun: then it has a `place`.
    """

    key: str
    attempt: str
    config: Config
    needs: Estimate
    launched: float = 0.0
    future: Any = None
    place: Place | None = None
    begun: float = 0.0
    stopping: float = 0.0
    records: list[Any] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Waiting or running."""
        return "running" if self.place else "waiting"

    @property
    def left(self) -> float:
        """Estimated seconds until it is done, once it runs."""
        passed = time.monotonic() - self.begun if self.place else 0.0
        return max(0.0, self.needs.seconds - passed)

    def snapshot(self, since: int, position: int = 0, message: str = "") -> Snapshot:
        """How far it is, with the records from `since` on."""
        return Snapshot(
            key=self.key,
            config=self.config,
            state=self.state,
            records=tuple(self.records[since:]),
            message=message,
            position=position,
        )

    def ended(self, outcome: Outcome) -> Snapshot:
        """How it ended. An outcome without records comes from a worker that could not tell: what was heard is kept."""
        return Snapshot(
            key=self.key,
            config=self.config,
            state=outcome.state,
            records=outcome.records or tuple(self.records),
            result=outcome.result,
            message=outcome.message,
            made=outcome.made,
        )
