"""The rooms that are open, in the database of the runs: a restart keeps them, and processes share them.

A room ends with the day, or when it is closed; nothing of it is kept then. It holds no names and no addresses: a
browser has a seat under a hash of the random name in its cookie.
"""

from __future__ import annotations

import secrets
import sqlite3
import threading
import time
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from resnet_explorer.errors import Refused
from resnet_explorer.jobs import written
from resnet_explorer.jobs.room import LETTERS, Member, Question, Room, masked
from resnet_explorer.jobs.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.jobs.visitor import Visitor

Found = TypeVar("Found")

DAY_SECONDS = 16 * 3600.0
MOST_ROOMS, MOST_EACH, MOST_SEATS = 100, 3, 64
"""Rooms at once, rooms of one visitor, and browsers in a room."""

LONGEST_VIEW = 4000
FRESH_SECONDS = 0.5
"""How old what is told of a room may be: all who are in it ask, the database is asked once."""

NO_ROOM = "a room cannot be kept now; try again in a moment"


class Transacts(Protocol):
    """What can do something with the tables as one transaction, or give the default where that cannot be."""

    def transact(self, work: Callable[[sqlite3.Connection], Found], default: Found) -> Found:
        """What `work` returns."""
        ...


class InMemory:
    """The tables in memory, where runs are not kept either."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.executescript(SCHEMA)

    def transact(self, work: Callable[[sqlite3.Connection], Found], default: Found) -> Found:  # noqa: ARG002
        """What `work` returns: memory is always there."""
        with self._lock, self._connection as connection:
            return work(connection)


class Rooms:
    """Opens rooms, finds them by their code, and takes in what their visitors do."""

    def __init__(self, tables: Transacts) -> None:
        self._tables = tables
        self._known: dict[str, tuple[float, Room | None]] = {}

    def open(self, question: Question, who: Visitor) -> str:
        """Open a room; its code.

        Raises:
            Refused: there are as many as there can be, or it cannot be kept.
        """

        def work(to: sqlite3.Connection) -> str:
            to.execute("DELETE FROM rooms WHERE expires <= ?", (time.time(),))
            there = dict(to.execute("SELECT code, opener FROM rooms").fetchall())
            own = sum(masked(code, who.name) == opener for code, opener in there.items())
            if len(there) >= MOST_ROOMS or own >= MOST_EACH:
                what = f"you have {own} rooms open" if own >= MOST_EACH else f"{len(there)} rooms are open"
                raise Refused(f"{what}, the most there can be; close one, or wait until the day is over")
            code = next(c for c in iter(_code, "") if c not in there)
            text = written.text_of(question.config)
            row = (code, text, question.varies, masked(code, who.name), time.time() + DAY_SECONDS)
            to.execute("INSERT INTO rooms (code, config, varies, opener, expires) VALUES (?, ?, ?, ?, ?)", row)
            return code

        code = self._tables.transact(work, "")
        if not code:
            raise Refused(NO_ROOM)
        self._known.pop(code, None)
        return code

    def find(self, code: str) -> Room | None:
        """The room of that code, if it is open; the same object as long as nothing has changed."""
        when, room = self._known.get(code, (0.0, None))
        if not when or time.monotonic() - when > FRESH_SECONDS:
            room = self._tables.transact(lambda out: _read(out, code, room), room)
            self._known = {c: kept for c, kept in self._known.items() if kept[1]} if not room else self._known
            self._known[code] = time.monotonic(), room
        return room if room and time.time() < room.expires else None

    def enter(self, code: str, who: Visitor) -> Member | None:
        """A visitor's seat, the same at each visit; None where there is no such room.

        Raises:
            Refused: it is full, or that cannot be kept.
        """
        room = self.find(code)
        if room is None:
            return None
        if (member := room.member(who)) is not None:
            return member

        def work(to: sqlite3.Connection) -> None:
            _changed(to, code)
            (seat,) = to.execute("SELECT COALESCE(MAX(seat) + 1, 0) FROM seats WHERE code = ?", (code,)).fetchone()
            if seat < MOST_SEATS:
                row = (code, masked(code, who.name), seat)
                to.execute("INSERT OR IGNORE INTO seats (code, visitor, seat) VALUES (?, ?, ?)", row)

        room = self._do(code, work)
        member = room.member(who) if room else None
        if room and member is None:
            full = len(room.members) >= MOST_SEATS
            raise Refused(f"{MOST_SEATS} browsers are in this room, the most there can be" if full else NO_ROOM)
        return member

    def guess(self, code: str, who: Visitor, answer: int) -> None:
        """A visitor's guess: the last one, before the own run and the reveal."""
        room = self.find(code)
        member = room.member(who) if room else None
        if room and member and not (room.revealed or member.ran) and member.guess != answer:
            self._set(code, who, "guess", answer)

    def ran(self, code: str, who: Visitor) -> None:
        """A visitor has pressed Run."""
        room = self.find(code)
        member = room.member(who) if room else None
        if member and not member.ran:
            self._set(code, who, "ran", 1)

    def reveal(self, code: str, who: Visitor) -> None:
        """Show what the class has guessed. The teacher's alone, as all that follows."""
        self._lead(code, who, "UPDATE rooms SET revealed = 1 WHERE code = ?", code)

    def close(self, code: str, who: Visitor) -> None:
        """End a room; nothing of it is kept but the runs."""
        self._lead(code, who, "DELETE FROM rooms WHERE code = ?", code)

    def show(self, code: str, who: Visitor, view: str) -> None:
        """Say where the teacher is, to those who follow; nowhere where it is empty."""
        room = self.find(code)
        if room and room.view != view and len(view) <= LONGEST_VIEW:
            self._lead(code, who, "UPDATE rooms SET view = ? WHERE code = ?", view, code)

    def _set(self, code: str, who: Visitor, column: str, value: int) -> None:
        def work(to: sqlite3.Connection) -> None:
            _changed(to, code)
            row = (value, code, masked(code, who.name))
            to.execute(f"UPDATE seats SET {column} = ? WHERE code = ? AND visitor = ?", row)  # noqa: S608 - ours

        self._do(code, work)

    def _lead(self, code: str, who: Visitor, change: str, *values: str) -> None:
        room = self.find(code)

        def work(to: sqlite3.Connection) -> None:
            _changed(to, code)
            to.execute(change, values)

        if room and room.led_by(who):
            self._do(code, work)

    def _do(self, code: str, work: Callable[[sqlite3.Connection], Any]) -> Room | None:
        self._tables.transact(work, None)
        self._known[code] = 0.0, self._known.get(code, (0.0, None))[1]  # what has not changed stays the same object
        return self.find(code)


def _code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(4))


def _changed(to: sqlite3.Connection, code: str) -> None:
    """Take the next version: from here on nobody else writes until this is done."""
    to.execute("UPDATE rooms SET version = version + 1 WHERE code = ?", (code,))


def _read(out: sqlite3.Connection, code: str, known: Room | None) -> Room | None:
    """The room as it is now; what is known of it where that is its version."""
    asked = "SELECT config, varies, opener, expires, version, revealed, view FROM rooms WHERE code = ?"
    row = out.execute(asked, (code,)).fetchone()
    if row is None or (known and (known.version, known.expires) == (row[4], row[3])):
        return known if row else None
    try:
        question = Question(config=written.config_of(row[0]), varies=row[1])  # type: ignore[arg-type]
    except written.UNREADABLE:
        return None
    seats = out.execute("SELECT visitor, seat, guess, ran FROM seats WHERE code = ? ORDER BY seat", (code,))
    return Room(
        code=code,
        question=question,
        opener=row[2],
        expires=row[3],
        version=row[4],
        revealed=bool(row[5]),
        view=row[6],
        members={visitor: Member(seat, guess, bool(ran)) for visitor, seat, guess, ran in seats},
    )
