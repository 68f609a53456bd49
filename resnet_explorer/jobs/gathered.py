"""What the class of a room has run so far: read once for all who look, and again only where it can have changed."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from resnet_explorer.jobs.room import keys
from resnet_explorer.tasks.train import final_loss

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.jobs.room import Room
    from resnet_explorer.jobs.rooms import Rooms
    from resnet_explorer.jobs.snapshot import Snapshot
    from resnet_explorer.tasks.made import Made
    from resnet_explorer.tasks.train import Step

MOST_POINTS = 80
FRESH_SECONDS = 1.0
ENDED = ("done", "diverged")


class Asked(Protocol):
    """What knows how far jobs are: the engine."""

    @property
    def makers(self) -> frozenset[Made]:
        """By what a job would be measured now."""
        ...

    def snapshot(self, key: str, since: int = 0, visitor: str = "") -> Snapshot | None:
        """How far a job is."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One run of the class as far as it is: its losses at `places` of its steps, and its final loss once it is over.

    `other`: it was made by other code, another PyTorch or processor than runs are made by now.
    """

    state: str
    message: str = ""
    steps: int = 0
    places: tuple[int, ...] = ()
    losses: tuple[float, ...] = ()
    final: float = math.nan
    other: bool = False


GONE = Ran(state="gone", message="no longer kept on this server; run it again")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRuns:
    """What a browser has run: its seat, and the plain net's run and the residual one's."""

    seat: int
    plain: Ran
    residual: Ran

    @property
    def pair(self) -> tuple[Ran, Ran]:
        """The plain net's run first."""
        return self.plain, self.residual

    @property
    def done(self) -> bool:
        """Whether both came to their end."""
        return self.plain.state == self.residual.state == "done"


@dataclass(frozen=True, kw_only=True, eq=False)
class Gathered:
    """A room and the runs of its class. One that has not changed is the same object, and equals no other."""

    room: Room
    entries: tuple[SeatRuns, ...]


class Gathering:
    """Reads rooms with their runs, for all visitors of this process together."""

    def __init__(self, rooms: Rooms, engine: Asked) -> None:
        self._rooms = rooms
        self._engine = engine
        self._lock = threading.Lock()
        self._last: dict[str, tuple[float, Gathered]] = {}

    def of(self, code: str) -> Gathered | None:
        """The room of that code, if it is open; its runs go on as long as anybody looks."""
        room = self._rooms.find(code)
        with self._lock:
            if room is None:
                self._last.pop(code, None)
                return None
            when, last = self._last.get(code, (0.0, None))
            if last is not None and last.room is room and time.monotonic() - when < FRESH_SECONDS:
                return last
            entries = self._entries(room, last)
            same = last is not None and last.room is room and last.entries == entries
            found = last if last is not None and same else Gathered(room=room, entries=entries)
            self._last[code] = time.monotonic(), found
            return found

    def _entries(self, room: Room, last: Gathered | None) -> tuple[SeatRuns, ...]:
        known = {each.seat: each for each in last.entries} if last else {}
        made = []
        for seat in (each.seat for each in room.members.values() if each.ran):
            entry = known.get(seat)
            if entry is None or not all(ran.state in ENDED for ran in entry.pair):
                plain, residual = (self._ran(key, room.code) for key in keys(room.question, seat))
                entry = SeatRuns(seat=seat, plain=plain, residual=residual)
            made.append(entry)
        return tuple(made)

    def _ran(self, key: str, code: str) -> Ran:
        now = self._engine.snapshot(key, visitor=f"room {code}")
        if now is None:
            return GONE
        drawn = _drawn(now.records, getattr(now.config, "steps", len(now.records)))
        return Ran(
            state=now.state,
            message=now.message,
            steps=now.records[-1].step + 1 if now.records else 0,
            places=tuple(each.step for each in drawn),
            losses=tuple(each.loss for each in drawn),
            final=final_loss([each.loss for each in now.records]) if now.state == "done" else math.nan,
            other=now.made is not None and now.made not in self._engine.makers,
        )


def _drawn(reported: Sequence[Step], steps: int) -> list[Step]:
    """Whose losses are drawn: all of a short run, as many at about equal distance of a long one, and the last."""
    apart = -(-steps // MOST_POINTS)
    before = [-1, *(each.step // apart for each in reported)]
    return [
        each
        for each, last in zip(reported, before, strict=False)
        if each.step // apart > last or each.step == steps - 1
    ]
