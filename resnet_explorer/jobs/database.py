"""Finished jobs in a database on the disk (SQLite): what is done stays, and opens by its link after a restart.

Besides, it holds which jobs are not finished and whose they are, so that one whose process is gone is told as such.
What goes wrong with the disk is told and survived: jobs are kept in memory meanwhile, and written when it is well
again.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from resnet_explorer.jobs import owner, written
from resnet_explorer.jobs.machine import number
from resnet_explorer.jobs.schema import SCHEMA
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.jobs.store import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from resnet_explorer.jobs.job import Job
    from resnet_explorer.tasks.task import Config

log = logging.getLogger(__name__)

BYTES = "RESNET_EXPLORER_STORE_BYTES"
FILE = "runs.sqlite"
RESTARTED = "the server was restarted while it waited or ran; run it again"
ELSEWHERE = "another process of this server carries it out; its numbers are here when it is done"
LOCKED_SECONDS = 0.5
FORGOTTEN_SECONDS = 7 * 24 * 3600.0
_PUT = """
INSERT INTO runs (key, state, config, body, bytes, ended, used)
VALUES (:key, :state, :config, :body, :bytes, :ended, (SELECT COALESCE(MAX(used), 0) + 1 FROM runs))
ON CONFLICT (key) DO UPDATE SET state = excluded.state, config = excluded.config, body = excluded.body,
    bytes = excluded.bytes, ended = excluded.ended, used = excluded.used
WHERE runs.state NOT IN ('done', 'diverged') OR excluded.state IN ('done', 'diverged')
"""
"""What was cut off takes the place of nothing that was done."""

_SHRINK = """
DELETE FROM runs WHERE key IN (SELECT key FROM (SELECT key, used, kept,
    SUM(bytes) OVER (ORDER BY kept DESC, used DESC) AS total FROM runs) WHERE total > ?
    AND used < (SELECT MAX(used) FROM runs))
"""
_BEGUN = """
SELECT u.config, o.* FROM unfinished u JOIN owners o ON o.name = u.owner WHERE u.key = ? ORDER BY u.began DESC
"""
Found = TypeVar("Found")


class Kept(NamedTuple):
    """A finished job as lists name it: `ended` in seconds of the clock, `kept` if it is to outlast others."""

    key: str
    config: Config
    state: str
    ended: float
    kept: bool


class Database:
    """A store on the disk, bounded by the bytes of what it holds; those used last, and those kept, stay longest."""

    def __init__(self, place: Path, most: float | None = None) -> None:
        self.trouble = ""
        self._file = place / FILE
        self._most = int(most or number(BYTES, 500e6))
        self._hot = MemoryStore()
        self._unwritten: dict[str, tuple[Snapshot, str]] = {}
        self._me = owner.this()
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self.beat()

    def put(self, snapshot: Snapshot, attempt: str = "") -> None:
        """Keep a finished job. What an attempt of an older job says later changes nothing."""
        self._hot.put(snapshot)
        with self._lock:
            self._unwritten[snapshot.key] = (snapshot, attempt)
            self._write()

    def _write(self) -> None:
        for key, (snapshot, attempt) in tuple(self._unwritten.items()):
            try:
                row = {"key": key, "state": snapshot.state, "body": written.pack(snapshot), "ended": time.time()}
                row |= {"config": written.text_of(snapshot.config), "bytes": len(row["body"])}  # type: ignore[arg-type]
            except TypeError:  # a record that is none of ours, as stand-ins have them
                log.debug("a run that cannot be written down", exc_info=True)
                del self._unwritten[key]
                continue

            def write(to: sqlite3.Connection, row: dict[str, Any] = row, attempt: str = attempt) -> bool:
                to.execute("DELETE FROM unfinished WHERE attempt = ?", (attempt,))
                to.execute(_PUT, row)
                to.execute(_SHRINK, (self._most,))
                return True

            if not self.transact(write, default=False):
                return
            del self._unwritten[key]

    def get(self, key: str) -> Snapshot | None:
        """The finished job of that key; one that was never finished, and whose process is gone, is told as failed."""
        return self._hot.get(key) or self._read(key)

    def among(self, keys: Collection[str]) -> set[str]:
        """Those of the keys for which there is something to get; one question to the database, however many."""
        asked = "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM runs WHERE key = value)"
        asked += " OR EXISTS (SELECT 1 FROM unfinished WHERE key = value)"
        found: list[Any] = self.transact(lambda out: out.execute(asked, (json.dumps([*keys]),)).fetchall(), [])
        return self._hot.among(keys) | {key for (key,) in found}

    def _read(self, key: str) -> Snapshot | None:
        used = "UPDATE runs SET used = (SELECT MAX(used) FROM runs) + 1 WHERE key = ?"
        try:
            if body := self._body(key):
                snapshot = written.unpack(body)
                self._hot.put(snapshot)
                self.transact(lambda to: to.execute(used, (key,)), None)
                return snapshot
            begun = self.transact(lambda out: out.execute(_BEGUN, (key,)).fetchone(), None)
            return self._lost(key, begun) if begun else None
        except written.UNREADABLE:
            log.warning("a kept run cannot be read by this version; it stays where it is", exc_info=True)
            return None

    def _lost(self, key: str, begun: tuple[Any, ...]) -> Snapshot | None:
        """A job of another process than this one: it goes on there, or is lost with it."""
        config, name, host, pid, born, beat = begun
        if name == self._me.name:
            return None
        lives = owner.Owner(name, host, pid, born).lives(time.time() - beat)
        state, message = ("running", ELSEWHERE) if lives else ("failed", RESTARTED)
        return Snapshot(key=key, config=written.config_of(config), state=state, message=message)

    def began(self, job: Job) -> None:
        """Note that a job is ours and not finished."""
        row = (job.key, job.attempt, written.text_of(job.config), self._me.name, time.time())
        self.transact(lambda to: to.execute("INSERT OR REPLACE INTO unfinished VALUES (?, ?, ?, ?, ?)", row), None)

    def beat(self) -> None:
        """Say that this process lives; write what could not be written before."""
        with self._lock:
            row = (*self._me, time.time())
            self.transact(lambda to: to.execute("INSERT OR REPLACE INTO owners VALUES (?, ?, ?, ?, ?)", row), None)
            self._write()

    def keep(self, key: str, *, kept: bool) -> None:
        """Have a job outlast those that are not kept, or no longer."""
        self.transact(lambda to: to.execute("UPDATE runs SET kept = ? WHERE key = ?", (kept, key)), None)

    def recent(self, most: int = 50) -> list[Kept]:
        """The finished jobs, kept ones first, then those that ended last; none that this version cannot read."""
        asked = "SELECT key, config, state, ended, kept FROM runs ORDER BY kept DESC, ended DESC LIMIT ?"
        rows: list[Any] = self.transact(lambda out: out.execute(asked, (most,)).fetchall(), [])
        found = []
        for key, config, state, ended, kept in rows:
            try:
                found.append(Kept(key, written.config_of(config), state, ended, bool(kept)))
            except written.UNREADABLE:
                log.debug("a kept run cannot be read", exc_info=True)
        return found

    def all(self) -> Iterator[Snapshot]:
        """All finished jobs that this version can read, those used last at the end."""
        keys: list[Any] = self.transact(lambda out: out.execute("SELECT key FROM runs ORDER BY used").fetchall(), [])
        for (key,) in keys:
            if body := self._body(key):
                with suppress(*written.UNREADABLE):
                    yield written.unpack(body)

    def _body(self, key: str) -> bytes | None:
        asked = "SELECT body FROM runs WHERE key = ?"
        return (self.transact(lambda out: out.execute(asked, (key,)).fetchone(), None) or (None,))[0]

    def __len__(self) -> int:
        return int(self.transact(lambda out: out.execute("SELECT COUNT(*) FROM runs").fetchone()[0], len(self._hot)))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection:
                self._connection.close()
            self._connection = None

    def transact(self, work: Callable[[sqlite3.Connection], Found], default: Found) -> Found:
        """Do something with the database as one transaction; the default where that cannot be, which is told."""
        with self._lock:
            for again in (True, False):
                try:
                    found = self._done(work)
                except (sqlite3.OperationalError, OSError) as error:  # locked, full, read-only: it may be well later
                    self._told(f"runs cannot be kept in {self._file} ({error}); they are kept in memory until then")
                    self.close()
                    return default
                except sqlite3.DatabaseError as error:
                    if not again or not self._aside(error):
                        return default
                else:
                    self.trouble = ""
                    return found
        return default

    def _done(self, work: Callable[[sqlite3.Connection], Found]) -> Found:
        if self._connection is None:
            self._connection = self._opened()
        with self._connection as connection:
            return work(connection)

    def _opened(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = sqlite3.connect(self._file, timeout=LOCKED_SECONDS, check_same_thread=False)
        try:
            made.executescript(SCHEMA)
            old = time.time() - FORGOTTEN_SECONDS
            made.execute("DELETE FROM unfinished WHERE began < ?", (old,))
            made.execute("DELETE FROM owners WHERE beat < ?", (old,))
            made.execute("DELETE FROM rooms WHERE expires < ?", (time.time(),))
            made.commit()
        except sqlite3.Error:
            made.close()
            raise
        return made

    def _aside(self, error: Exception) -> bool:
        """Set a damaged file aside, so that a new one can be begun; nothing is deleted."""
        self.close()
        try:
            place = next(p for n in range(1, 1000) if not (p := self._file.with_suffix(f".damaged-{n}")).exists())
            for more in ("", "-wal", "-shm"):  # the file, and what was to be written into it
                if (part := self._file.with_name(self._file.name + more)).exists():
                    part.rename(place.with_name(place.name + more))
        except OSError as why:
            self._told(f"runs cannot be kept in {self._file} ({why}); they are kept in memory")
            return False
        log.warning("the runs in %s are damaged (%s): the file is set aside as %s", self._file, error, place.name)
        return True

    def _told(self, trouble: str) -> None:
        if trouble != self.trouble:
            log.warning(trouble)
            self.trouble = trouble
