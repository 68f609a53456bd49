"""Recorded runs: each experiment in its default setting, as this code once measured it, so that it opens at once.

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

from resnet_explorer import __version__
from resnet_explorer.laboratory.experiment import Run
from resnet_explorer.laboratory.report import settings
from resnet_explorer.processor import kind
from resnet_explorer.records.plain import from_plain, to_plain
from resnet_explorer.sources import code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.laboratory.experiment import Experiment

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded experiment: its runs, and by what they were made.

    That is the `date`, `processor`, `torch`, `python` and `threads`, the package's `version`, and its `code` as
    `sources.code` names it: neither is known of runs that were recorded before these were kept.
    """

    runs: tuple[Run, ...]
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
def recorded(experiment: Experiment) -> Recorded | None:
    """The recorded runs of an experiment in its default setting; None where there are none for its present jobs."""
    file = FOLDER / f"{experiment.name}.json.gz"
    if not file.is_file():
        return None
    data = json.loads(gzip.decompress(file.read_bytes()))
    jobs = experiment.jobs(experiment.choices())
    if [each["config"] for each in data["runs"]] != [_config(job.config) for job in jobs]:
        return None
    runs = tuple(
        Run(job=job, records=from_plain(each["records"]), result=from_plain(each["result"]))
        for job, each in zip(jobs, data["runs"], strict=True)
    )
    return Recorded(runs, **data["made"])


def write(experiment: Experiment, runs: Sequence[Run], torch: str) -> Path:
    """Keep these runs as the recorded ones, made now and here by one thread."""
    made = {
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "processor": kind(),
        "torch": torch,
        "python": platform.python_version(),
        "threads": 1,
        "version": __version__,
        "code": code(),
    }
    told = [
        {"config": _config(run.job.config), "records": to_plain(run.records), "result": to_plain(run.result)}
        for run in runs
    ]
    text = json.dumps({"name": experiment.name, "made": made, "runs": told}, separators=(",", ":"))
    file = FOLDER / f"{experiment.name}.json.gz"
    file.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    recorded.cache_clear()
    return file


def _config(config: Any) -> Any:
    """The config as it comes back from a file."""
    return json.loads(json.dumps(settings(config)))
