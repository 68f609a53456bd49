"""A job that is not finished yet, where it runs, and how it ends."""

from __future__ import annotations

import hashlib
import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.jobs.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.jobs.visitor import Visitor
    from resnet_explorer.tasks.made import Made
    from resnet_explorer.tasks.task import Config, Estimate


DIED = "the worker process died (out of memory or killed); the next run starts on a fresh worker"
SILENT = "its worker no longer answered and was ended; the next run starts on a fresh worker"
UNBEGUN = "stopped before it began"
LOST = "the connection to the workers was lost; run it again"
LEFT = "it goes on for others who watch it"
UNWATCHED = "nobody had looked at it for a minute while others waited; run it again"
HELD = "it pauses while the teacher's run goes first, and goes on afterwards"
WATCHED_SECONDS = 60.0
"""Who has not looked at a job for so long does not watch it any more."""


class Outcome(NamedTuple):
    """How a job ended: a final state, and all that was reported, since batches may be lost.

    `detail` is for the log; `made` says by what it was measured, and `seconds` how long a processor worked for it,
    where a worker could tell.
    """

    state: str
    records: tuple[Any, ...] = ()
    result: Any = None
    message: str = ""
    detail: str = ""
    made: Made | None = None
    seconds: float = 0.0


class Place(NamedTuple):
    """Where an attempt runs."""

    worker: str
    pid: int
    host: str


class Site(NamedTuple):
    """Where jobs are carried out: the scheduler at `address`, or so many `processes` of our own; and which `tasks`.

    There are `spare` processes besides for the teacher's jobs.
    """

    address: str | None
    processes: int
    tasks: str
    spare: int = 0


def together(keys: Iterable[str]) -> str:
    """One name for jobs that belong together, for a link."""
    return hashlib.blake2b("".join(keys).encode(), digest_size=8).hexdigest()


@dataclass(slots=True, kw_only=True, eq=False)
class Job:
    """One attempt at a config; `attempt` names it. Times are monotonic seconds, 0 for never.

    It waits until it is `launched`, and until a worker says that it has begun: then it has a `place`. It was `heard` of
    last then, and is `held` while the teacher's jobs go first, `idle` seconds in all before that.

    What it `needs` was estimated for workers that take `factor` times as long as their calibration says.

    `press` names the jobs that were submitted at once; `by` are the visitors who want it, `watchers` when each visitor
    looked last, `gone` those who do no longer. It is stopping because it
    is `unwatched`, or somebody asked; `over` when its end is known, while that is being kept.
    """

    key: str
    attempt: str
    config: Config
    needs: Estimate
    factor: float = 1.0
    press: str = ""
    teacher: bool = False
    by: set[str] = field(default_factory=set)
    watchers: dict[str, float] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    launched: float = 0.0
    future: Any = None
    place: Place | None = None
    begun: float = 0.0
    heard: float = 0.0
    held: float = 0.0
    idle: float = 0.0
    stopping: float = 0.0
    unwatched: bool = False
    over: bool = False
    records: list[Any] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Waiting or running."""
        return "running" if self.place else "waiting"

    @property
    def worked(self) -> float:
        """Seconds that it has run, without those that it was held."""
        if not self.place:
            return 0.0
        return (self.held or time.monotonic()) - self.begun - self.idle

    @property
    def left(self) -> float:
        """Estimated seconds until it is done, once it runs: by its steps so far, where it takes steps."""
        done = len(self.records) / (getattr(self.config, "steps", 0) or 1)
        if self.place and 0.05 < done < 1:
            return self.worked / done * (1 - done)
        return max(0.0, self.needs.seconds - self.worked)

    def join(self, who: Visitor, press: str) -> None:
        """A visitor wants it, and watches it from now on; with the teacher it goes first."""
        if who.name:
            self.by.add(who.name)
            self.watchers[who.name] = time.monotonic()
            self.gone.discard(who.name)
        if who.teacher and not self.teacher:
            self.teacher, self.press = True, self.press if self.launched else press

    def leave(self, name: str) -> None:
        """A visitor wants it no longer; others do."""
        self.gone.add(name)
        self.watchers.pop(name, None)
        self.by.discard(name)

    def watched(self, by: str = "") -> float:
        """When somebody else than `by` looked last; for ever where nobody needs to."""
        if not self.watchers and not self.gone:
            return math.inf
        return max((when for name, when in self.watchers.items() if name != by), default=0.0)

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
