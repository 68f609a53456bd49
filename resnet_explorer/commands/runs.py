"""`runs`: the finished runs that are kept on this machine: listed, saved to a file, loaded from one."""

from __future__ import annotations

import datetime as dt
import gzip
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.errors import ExplorerError
from resnet_explorer.spec import title

if TYPE_CHECKING:
    import argparse

    from resnet_explorer.jobs.database import Database, Kept

NOWHERE = "no runs are kept: RESNET_EXPLORER_STORE is off"


def kept() -> Database:
    """The runs that are kept on this machine.

    Raises:
        ExplorerError: none are.
    """
    from resnet_explorer.jobs.database import Database  # noqa: PLC0415 - help and lists need none of it
    from resnet_explorer.jobs.place import folder  # noqa: PLC0415

    place = folder()
    if place is None:
        raise ExplorerError(NOWHERE)
    return Database(place)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("list", "save", "load"), help="list them, or save to or load from a file")
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help="lines of JSON, packed: runs.jsonl.gz")


def _run(chosen: argparse.Namespace) -> Answer:
    if (chosen.what == "list") == bool(chosen.file):
        raise ExplorerError(f"runs {chosen.what} {'takes no' if chosen.file else 'needs a'} file")
    store = kept()
    if chosen.what == "list":
        data = [_told(each) for each in store.recent(1000)]
        return Answer(data, "\n".join("  ".join(map(str, each.values())) for each in data) or "no runs are kept yet")
    count = (_save if chosen.what == "save" else _load)(store, chosen.file)
    if store.trouble:
        raise ExplorerError(store.trouble)
    return Answer({"runs": count, "file": str(chosen.file)}, f"{chosen.what}: {plural(count, 'run')}, {chosen.file}")


def _told(run: Kept) -> dict[str, str]:
    net = getattr(run.config, "net", None)
    return {
        "key": run.key,
        "ended": dt.datetime.fromtimestamp(run.ended, tz=dt.UTC).isoformat(timespec="seconds"),
        "state": run.state,
        "task": run.config.task,
        "net": title(net) if net else "",
    }


def _save(store: Database, file: Path) -> int:
    from resnet_explorer.jobs import written  # noqa: PLC0415

    count = 0
    try:
        with gzip.open(file, "xt", encoding="utf-8") as out:
            for count, run in enumerate(store.all(), start=1):  # noqa: B007 - it is the answer
                out.write(written.plain(run) + "\n")
    except OSError as error:
        raise ExplorerError(f"{file} cannot be written ({error.strerror}); name a new file") from error
    return count


def _load(store: Database, file: Path) -> int:
    """All of them or none: a line that is no run is told before anything is kept."""
    from resnet_explorer.jobs import written  # noqa: PLC0415

    runs = []
    try:
        with gzip.open(file, "rb") as lines:
            while line := lines.readline(written.MOST_BYTES):
                runs.append(written.read(line))
    except written.UNREADABLE as error:
        raise ExplorerError(f"line {len(runs) + 1} of {file} is no run of this program; nothing was loaded") from error
    except (OSError, EOFError, zlib.error) as error:
        raise ExplorerError(f"{file} cannot be read; expected what `runs save` has written") from error
    for run in runs:
        store.put(run)
    return len(runs)


RUNS = Command(name="runs", help="list, save or load the finished runs kept here", arguments=_arguments, run=_run)
