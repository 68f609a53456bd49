"""What visitors have pressed Run for, so that each finds its own again for a day, and all find what was kept.

A visitor stands here under a hash of the random name in its cookie; what was kept belongs to nobody.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.errors import Refused
from resnet_explorer.jobs.room import masked
from resnet_explorer.jobs.rooms import DAY_SECONDS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from resnet_explorer.jobs.rooms import Transacts
    from resnet_explorer.jobs.visitor import Visitor

MOST_OWN, MOST_KEPT = 10, 50
NOBODYS = ""
PLACE = "pressed"


class ListedRun(NamedTuple):
    """A run of one or several jobs: its name in links, the page and the texts of its link, its jobs, and its title.

    `own`: this visitor has pressed Run for it; `kept`: it is to outlast others.
    """

    run: str
    page: str
    texts: dict[str, str]
    keys: tuple[str, ...]
    title: str
    own: bool = False
    kept: bool = False


class Pressed:
    """The runs of each visitor, and those that are kept."""

    def __init__(self, tables: Transacts) -> None:
        self._tables = tables

    def note(self, entry: ListedRun, who: Visitor) -> None:
        """A visitor has pressed Run; the last ones are remembered."""
        mine = masked(PLACE, who.name)
        row = (entry.run, mine, entry.page, json.dumps(entry.texts), ",".join(entry.keys), entry.title, time.time())

        def work(to: sqlite3.Connection) -> None:
            to.execute("INSERT OR REPLACE INTO pressed VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            to.execute("DELETE FROM pressed WHERE visitor != ? AND at < ?", (NOBODYS, time.time() - DAY_SECONDS))
            older = "SELECT run FROM pressed WHERE visitor = ? ORDER BY at DESC LIMIT -1 OFFSET ?"
            to.execute(f"DELETE FROM pressed WHERE visitor = ? AND run IN ({older})", (mine, mine, MOST_OWN))  # noqa: S608 - ours

        self._tables.transact(work, None)

    def of(self, page: str, who: Visitor) -> list[ListedRun]:
        """The runs of a page that a visitor may see in a list: the own ones of the day, then those that are kept."""
        asked = (
            "SELECT run, texts, keys, title, MAX(visitor = ?), MAX(visitor = ?) FROM pressed WHERE page = ? AND "
            "(visitor = ? OR (visitor = ? AND at > ?)) GROUP BY run ORDER BY 5 DESC, MAX(at) DESC"
        )
        mine = masked(PLACE, who.name)
        values = (mine, NOBODYS, page, NOBODYS, mine, time.time() - DAY_SECONDS)
        rows: list[tuple[str, str, str, str, int, int]] = self._tables.transact(
            lambda out: out.execute(asked, values).fetchall(), []
        )
        return [
            ListedRun(run, page, json.loads(texts), tuple(keys.split(",")), title, bool(own), bool(kept))
            for run, texts, keys, title, own, kept in rows
        ]

    def keep(self, run: str, who: Visitor, *, kept: bool) -> None:
        """Have a run outlast others, and be in everybody's list; or no longer. Its own visitor's, or the teacher's.

        Raises:
            Refused: as many are kept as there can be.
        """
        mine = masked(PLACE, who.name)

        def work(to: sqlite3.Connection) -> None:
            found = to.execute("SELECT visitor, keys FROM pressed WHERE run = ?", (run,)).fetchall()
            if not found or not (who.teacher or mine in [visitor for visitor, _ in found]):
                return
            (count,) = to.execute("SELECT COUNT(*) FROM pressed WHERE visitor = ?", (NOBODYS,)).fetchone()
            if kept and count >= MOST_KEPT:
                raise Refused(f"{count} runs are kept, the most there can be; let one go first")
            _set(to, run, found[0][1].split(","), kept=kept)

        self._tables.transact(work, None)


def _set(to: sqlite3.Connection, run: str, keys: Sequence[str], *, kept: bool) -> None:
    if kept:
        copy = "SELECT run, ?, page, texts, keys, title, at FROM pressed WHERE run = ? LIMIT 1"
        to.execute(f"INSERT OR REPLACE INTO pressed {copy}", (NOBODYS, run))
    else:
        to.execute("DELETE FROM pressed WHERE run = ? AND visitor = ?", (run, NOBODYS))
    to.executemany("UPDATE runs SET kept = ? WHERE key = ?", [(kept, key) for key in keys])
