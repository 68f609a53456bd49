"""`experiment`: an experiment of the laboratory, without a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resnet_explorer.commands import limits
from resnet_explorer.commands.carrying import carried_out
from resnet_explorer.commands.command import Answer, Command
from resnet_explorer.commands.interrupt import interruptible
from resnet_explorer.errors import InvalidOption
from resnet_explorer.experiments import EXPERIMENTS
from resnet_explorer.experiments.report import report
from resnet_explorer.options import Flag, Option, options_of
from resnet_explorer.terminal import table

if TYPE_CHECKING:
    import argparse

    from resnet_explorer.experiments import Choices, Experiment


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="?", help="see --list")
    parser.add_argument("--list", action="store_true", help="name the experiments, with what each lets one choose")
    for each in _options().values():
        words = f"{each.help}; {each.kind.allowed}".replace("%", "%%")
        parser.add_argument(f"--{each.query}", dest=f"choice_{each.query}", metavar="X", help=words)


def _options() -> dict[str, Option]:
    """The options of all experiments, by name; where several have one, it means the same."""
    return {each.query: each for experiment in EXPERIMENTS for each in options_of(experiment.choices)}


def _run(chosen: argparse.Namespace) -> Answer:
    if chosen.list or chosen.name is None:
        return _listing()
    experiment = EXPERIMENTS[chosen.name]
    choices = _choices(experiment, chosen)
    jobs = experiment.jobs(choices)
    limits.admit((job.name, job.config) for job in jobs)
    with interruptible() as stopped:
        runs = carried_out(jobs, stopped)
    data = report(experiment, choices, runs)
    answer = data["answer"] or "It cannot be told"
    told = f"{answer}: {data['measured']} ({data['conditions']})."
    measured = f"{experiment.question.text}\n{told}" if data["measured"] else ""
    return Answer(data, f"{experiment.title}\n\n{data['reading']}\n\n{measured}")


def _choices(experiment: Experiment, chosen: argparse.Namespace) -> Choices:
    """The experiment's choices from the arguments that were given.

    Raises:
        InvalidOption: an argument that this experiment does not have, or that counts for nothing beside the others, or
            a value that it does not allow.
    """
    known = {each.query: each for each in options_of(experiment.choices)}
    values: dict[str, Any] = {}
    for query in _options():
        text = getattr(chosen, f"choice_{query}")
        if text is None:
            continue
        if query not in known:
            raise InvalidOption(query, text, f"nothing: the experiment {experiment.name} has {', '.join(known)}")
        value = known[query].kind.parse(text)
        if value is None:
            raise InvalidOption(query, text, known[query].kind.allowed)
        values[known[query].field] = value
    made = experiment.choices(**values)
    for each in known.values():
        if each.field in values and each.field in made.idle:
            raise InvalidOption(each.query, getattr(chosen, f"choice_{each.query}"), made.idle[each.field])
    return made


def _listing() -> Answer:
    data = [
        {"name": each.name, "title": each.title, "question": each.question.text, "choices": _described(each)}
        for each in EXPERIMENTS
    ]
    rows = [(each.name, each.title, " ".join(f"--{query}" for query in _described(each))) for each in EXPERIMENTS]
    return Answer(data, table(("name", "title", "choices"), rows, left=3))


def _described(experiment: Experiment) -> dict[str, str]:
    return {
        each.query: f"{each.help}; {each.kind.allowed} (default: "
        f"{each.kind.text(each.default) if isinstance(each.kind, Flag) else each.default})"
        for each in options_of(experiment.choices)
    }


EXPERIMENT = Command(name="experiment", help="run an experiment of the laboratory", arguments=_arguments, run=_run)
