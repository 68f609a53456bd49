"""An experiment's answer as plain data: what the page offers as JSON, and the command line prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.options import options_of
from resnet_explorer.tasks.plain import config_to_plain
from resnet_explorer.tasks.train import TrainConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.experiments.choices import Choices
    from resnet_explorer.experiments.experiment import Experiment, TrialRun


def report(experiment: Experiment, choices: Choices, runs: Sequence[TrialRun]) -> dict[str, Any]:
    """Everything: the choices that count, the exact configs, the measured answer, the reading, every series."""
    verdict = experiment.question.judge(runs)
    return {
        "name": experiment.name,
        "title": experiment.title,
        "choices": {
            each.query: getattr(choices, each.field)
            for each in options_of(type(choices))
            if each.field not in choices.idle
        },
        "question": experiment.question.text,
        "answer": experiment.question.answers[verdict.right] if verdict and verdict.right is not None else None,
        "measured": verdict.measured if verdict else None,
        "conditions": conditions(runs),
        "reading": experiment.reading(runs).replace("**", ""),
        "runs": [_run(run) for run in runs],
        "rows": experiment.rows(runs),
    }


def conditions(runs: Sequence[TrialRun]) -> str:
    """Under which conditions something was measured: with which seeds, and after how many steps of training."""
    if not runs:
        return ""
    seeds = sorted({run.job.seed for run in runs})
    steps = {run.job.config.steps for run in runs if isinstance(run.job.config, TrainConfig)}
    named = f"seeds {seeds[0]} to {seeds[-1]}" if len(seeds) > 1 else f"seed {seeds[0]} alone"
    return f"{named}, {plural(max(steps), 'step')}" if len(steps) == 1 else named


def _run(run: TrialRun) -> dict[str, Any]:
    trained = getattr(run.result, "training", run.result)
    made = {
        name: getattr(trained, name, None)
        for name in ("status", "final_loss", "accuracy", "tested", "torch", "device", "threads")
    }
    return {"name": run.job.name, "config": config_to_plain(run.job.config)} | {
        k: v for k, v in made.items() if v is not None
    }
