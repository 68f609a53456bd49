"""`rerun`: the recorded experiments, measured again and compared, or recorded anew."""

from __future__ import annotations

import importlib.metadata
from typing import TYPE_CHECKING, Any

from resnet_explorer.commands.carrying import carried_out
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.commands.interrupt import interruptible
from resnet_explorer.errors import ExplorerError
from resnet_explorer.laboratory import EXPERIMENTS
from resnet_explorer.laboratory.again import compare
from resnet_explorer.laboratory.recorded import recorded, write
from resnet_explorer.processor import kind

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from resnet_explorer.laboratory import Experiment

WORDS = {
    "identical": "identical to the last bit",
    "close": "the same within its tolerance for another processor or torch",
    "different": "DIFFERENT",
    "written": "written",
    "none": "nothing is recorded",
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", metavar="NAME", nargs="*", help="experiments; all that are recorded if none is named")
    parser.add_argument("--write", action="store_true", help="record anew what is measured, instead of comparing")


def _run(chosen: argparse.Namespace) -> Answer:
    wanted = [EXPERIMENTS[name] for name in chosen.names] or list(EXPERIMENTS)
    torch = importlib.metadata.version("torch")
    data = []
    with interruptible() as stopped:
        for experiment in wanted:
            data.append(_again(experiment, torch, stopped, anew=chosen.write))
            if stopped():
                break
    text = "\n".join(f"{each['name']}: {WORDS[each['state']]}" for each in data)
    if any(each["state"] == "different" for each in data):
        raise ExplorerError(f"what was measured differs from what is recorded; {'; '.join(text.splitlines())}")
    return Answer(data, text)


def _again(experiment: Experiment, torch: str, stopped: Callable[[], bool], *, anew: bool) -> dict[str, Any]:
    known = None if anew else recorded(experiment)  # what is made anew need not be readable any more
    if known is None and not anew:
        return {"name": experiment.name, "state": "none"}
    jobs = experiment.jobs(experiment.choices())
    runs = carried_out(jobs, stopped)
    if stopped():
        raise ExplorerError(f"{experiment.name}: stopped before it was through; nothing was compared or written")
    if known is None:
        return {"name": experiment.name, "state": "written", "file": str(write(experiment, runs, torch))}
    found = compare(experiment, known.runs, runs)
    must = known.likewise(kind(), torch)
    state = "identical" if found.identical else "close" if found.close and not must else "different"
    return {
        "name": experiment.name,
        "state": state,
        "start": found.start,
        "tolerance": found.tolerance,
        "same_answer": found.answer,
        "same_processor_and_torch": must,
        "recorded": known.made,
    }


RERUN = Command(name="rerun", help="measure the recorded experiments again and compare", arguments=_arguments, run=_run)
