"""Recorded runs: each experiment, and some pairs of nets, as this code once measured them, so that they open at once.

`NAME.json.gz` holds every number of the runs, their configs, and by what they were made. `python -m resnet_explorer
rerun` measures all of it again and compares; with `--write` it makes the files anew. No file is ever edited by hand.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import gzip
import json
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resnet_explorer.experiments.experiment import TrialRun
from resnet_explorer.tasks.made import here
from resnet_explorer.tasks.plain import config_to_plain, from_plain, to_plain
from resnet_explorer.tasks.task import settled
from resnet_explorer.tasks.train import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.experiments.experiment import Experiment

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded: its runs, and by what they were made.

    That is the `date`, `processor`, `torch`, `python` and `threads`, the package's `version`, and its `code` as
    `sources.code` names it: neither is known of runs that were recorded before these were kept.
    """

    name: str
    runs: tuple[TrialRun, ...]
    date: str
    processor: str
    torch: str
    python: str
    threads: int
    version: str = ""
    code: str = ""

    @property
    def made(self) -> dict[str, Any]:
        """By what it was made."""
        return {each.name: getattr(self, each.name) for each in dataclasses.fields(self) if each.name != "runs"}

    def likewise(self, processor: str, torch: str) -> bool:
        """Whether that processor and that torch are to give the same numbers to the last bit."""
        return (self.processor, self.torch) == (processor, torch)


@functools.lru_cache(maxsize=32)
def recorded(what: Experiment) -> Recorded | None:
    """The recorded runs of an experiment or a pair; None where there are none for its present jobs."""
    file = FOLDER / f"{what.name}.json.gz"
    if not file.is_file():
        return None
    data = json.loads(gzip.decompress(file.read_bytes()))
    jobs = what.standard()
    if [each["config"] for each in data["runs"]] != [_config(job.config) for job in jobs]:
        return None
    runs = tuple(
        TrialRun(job=job, records=from_plain(each["records"]), result=from_plain(each["result"]))
        for job, each in zip(jobs, data["runs"], strict=True)
    )
    return Recorded(what.name, runs, **data["made"])


def write(what: Experiment, runs: Sequence[TrialRun]) -> Path:
    """Keep these runs as the recorded ones, made now and here by one thread."""
    made = {
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "python": platform.python_version(),
        "threads": 1,
        **here()._asdict(),
    }
    told = [
        {"config": _config(run.job.config), "records": to_plain(run.records), "result": to_plain(run.result)}
        for run in lean(what, runs)
    ]
    text = json.dumps({"name": what.name, "made": made, "runs": told}, separators=(",", ":"))
    file = FOLDER / f"{what.name}.json.gz"
    file.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    recorded.cache_clear()
    return file


def lean(what: Experiment, runs: Sequence[TrialRun]) -> list[TrialRun]:
    """The runs as they are kept: where steps are not replayed, less what layers did that is not shown."""
    if what.replays:
        return list(runs)
    shown = 1 if what.moves else 0
    return [dataclasses.replace(run, records=_lean(run.records, len(run.records) - shown)) for run in runs]


def _lean(records: Sequence[Any], count: int) -> tuple[Any, ...]:
    """The records, the first so many of them without what each layer did."""
    return (*map(_bare, records[:count]), *records[count:])


def _bare(record: Any) -> Any:
    return record._replace(norms=(), weights=(), updates=()) if isinstance(record, Step) else record


def _config(config: Any) -> Any:
    """The config as it comes back from a file, which need not know the options that were added later."""
    known = config_to_plain(config)
    return json.loads(json.dumps({name: known[name] for name in ("task", *settled(config))}))
