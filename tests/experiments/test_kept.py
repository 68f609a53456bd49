"""What each experiment runs, says, draws and tabulates of its recorded runs: all of it was looked at, and is kept."""

import dataclasses
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from resnet_explorer.experiments import EXPERIMENTS, Choices, Experiment, TrialRun
from resnet_explorer.experiments.columns import explain, where
from resnet_explorer.experiments.recorded import recorded
from resnet_explorer.experiments.report import report
from resnet_explorer.options import Choice, options_of
from resnet_explorer.spec import PRESETS
from tests.kept import flat, marked

Kept = Callable[[str, str], None]


def measured(name: str) -> tuple[TrialRun, ...]:
    found = recorded(EXPERIMENTS[name])
    assert found is not None
    return found.runs


def begun(runs: Sequence[TrialRun]) -> list[TrialRun]:
    """As they were after a third of their steps."""
    return [dataclasses.replace(run, records=run.records[: len(run.records) // 3], result=None) for run in runs]


def diverged(runs: Sequence[TrialRun]) -> list[TrialRun]:
    """As if the loss of every second had left the finite numbers in the middle."""
    return [_diverged(run) if at % 2 else run for at, run in enumerate(runs)]


def _diverged(run: TrialRun) -> TrialRun:
    steps = run.steps[: len(run.steps) // 2]
    if not steps or not hasattr(run.result, "status"):
        return run
    records = (*steps[:-1], steps[-1]._replace(loss=math.inf))
    return dataclasses.replace(run, records=records, result=dataclasses.replace(run.result, status="diverged"))


STATES: dict[str, Callable[[Sequence[TrialRun]], Sequence[TrialRun]]] = {
    "whole": list,
    "alone": lambda runs: [runs[0], *(TrialRun(job=run.job) for run in runs[1:])],
    "begun": begun,
    "diverged": diverged,
}


def told(experiment: Experiment, runs: Sequence[TrialRun]) -> Iterable[str]:
    """What is read, answered, drawn and tabulated of runs."""
    yield from flat({**report(experiment, experiment.choices(), runs), "rows": (), "runs": ()}, "report")
    yield from marked(experiment.read(runs)).splitlines()
    verdict = experiment.question.judge(runs)
    yield f"answer: {verdict and verdict._replace(words=marked(verdict.words))}"
    for chart in experiment.charts:
        drawn: Any = chart.draw(runs)
        yield f"chart {chart.name}: {drawn.words() if drawn else None}"
        yield from flat(drawn, chart.name)
    rows = experiment.rows(runs)
    yield f"rows: {len(rows)}"
    for at in sorted({1, len(rows) - 1} & set(range(len(rows)))):
        yield f"row {at}: {where(experiment.columns, rows[at])}"
        yield from flat(rows[at], f"row {at}")
        yield from (f"{column}: {explain(experiment.columns, rows, at, column)}" for column in rows[at])
    for track in experiment.tracks:
        steps = track.read(runs[0])
        yield from flat([track._replace(read=len), len(steps), steps[-1:]], track.name)


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_what_is_told_of_its_recorded_runs_was_looked_at(name: str, kept: Kept) -> None:
    experiment, runs = EXPERIMENTS[name], measured(name)
    lines: list[str] = []
    for state, made in STATES.items():
        known = set(lines)
        lines += [f"## {state}", *(line for line in told(experiment, made(runs)) if line not in known)]
    kept(f"experiments/{name}.txt", "\n".join(lines) + "\n")


def others(experiment: Experiment) -> Iterable[tuple[str, Choices]]:
    """Its choices with one changed: each word that may be chosen, and numbers a little larger."""
    for each in options_of(experiment.choices):
        kind, default = each.kind, each.default
        if isinstance(kind, Choice):
            changed: Sequence[Any] = [name for name in kind.names if name not in PRESETS]
        else:
            changed = (
                [not default] if isinstance(default, bool) else [2 * default + 1] if default != str(default) else []
            )
        for value in changed:
            if value != default and kind.holds(value):
                yield f"{each.field}={value}", experiment.choices(**{each.field: value})


@pytest.mark.parametrize("name", EXPERIMENTS.names)
def test_what_it_asks_and_runs_was_looked_at(name: str, kept: Kept) -> None:
    experiment = EXPERIMENTS[name]
    jobs = experiment.standard()
    lines = [experiment.question.text, *experiment.question.answers, *flat(jobs)]
    lines += flat(experiment.sketch(jobs) if experiment.sketch else None, "sketch")
    lines += [
        f"{answer}: {experiment.question.possible(place, jobs)}"
        for place, answer in enumerate(experiment.question.answers)
    ]
    before = set(lines)
    for changed, choices in others(experiment):
        jobs = experiment.jobs(choices)
        lines += [
            f"## {changed}: {len(jobs)} jobs, {choices.idle}",
            *(each for each in flat(jobs) if each not in before),
        ]
    kept(f"experiments/{name}_jobs.txt", "\n".join(lines) + "\n")
