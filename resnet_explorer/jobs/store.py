"""Where finished jobs are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from resnet_explorer.jobs.job import Job
    from resnet_explorer.jobs.snapshot import Snapshot


class Store(Protocol):
    """Finished jobs by key. Safe to call from any thread, and quick: pages ask each second."""

    trouble: str
    """What is wrong with it, in a sentence; empty where nothing is."""

    def put(self, snapshot: Snapshot, attempt: str = "") -> None:
        """Keep a finished job in place of an earlier one of the same key; `attempt` was not finished until now."""
        ...

    def get(self, key: str) -> Snapshot | None:
        """The finished job of that key, if it is still kept."""
        ...

    def among(self, keys: Collection[str]) -> set[str]:
        """Those of the keys for which there is something to get."""
        ...

    def began(self, job: Job) -> None:
        """Note that a job waits or runs."""
        ...

    def beat(self) -> None:
        """Say, every few seconds, that this process lives."""
        ...

    def close(self) -> None:
        """Let go of what is held."""
        ...

    def __len__(self) -> int:
        """How many are kept."""
        ...


class MemoryStore:
    """Keeps the jobs that were used last, as long as the server lives.

    Bounded by a number of jobs and a number of records: a record of a deep network's training takes about 5 kB.
    """

    def __init__(self, jobs: int = 256, records: int = 40_000) -> None:
        self.trouble = ""
        self._jobs = jobs
        self._records = records
        self._kept: OrderedDict[str, Snapshot] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, snapshot: Snapshot, attempt: str = "") -> None:  # noqa: ARG002
        """Keep a finished job, and let go of those that were not asked for longest."""
        with self._lock:
            self._kept[snapshot.key] = snapshot
            self._kept.move_to_end(snapshot.key)
            held = sum(len(each.records) for each in self._kept.values())
            while len(self._kept) > 1 and (len(self._kept) > self._jobs or held > self._records):
                _, gone = self._kept.popitem(last=False)
                held -= len(gone.records)

    def get(self, key: str) -> Snapshot | None:
        """The finished job of that key, if it is still kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def among(self, keys: Collection[str]) -> set[str]:
        """Those of the keys for which there is something to get."""
        return self._kept.keys() & keys

    def began(self, job: Job) -> None:
        """Nothing is to be noted: what is not finished ends with this process."""

    def beat(self) -> None:
        """Nobody else asks."""

    def close(self) -> None:
        """Nothing is held."""

    def __len__(self) -> int:
        return len(self._kept)
