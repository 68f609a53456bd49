"""What may be concluded from runs: what all their seeds agree on, where nets have learned and none has diverged."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.analysis.conventions import listed, noun, plural
from resnet_explorer.analysis.sentence import Sentence, say
from resnet_explorer.experiments.choices import Trained
from resnet_explorer.experiments.experiment import Verdict
from resnet_explorer.experiments.words import final, made, over, seeded
from resnet_explorer.experiments.workings import worked
from resnet_explorer.figures.numbers import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resnet_explorer.experiments.experiment import TrialRun

HORIZON = Trained().steps
"""Steps for which the experiments are made: that a net does not learn is said of no fewer."""
LEARNED = 0.5
"""Of the loss of chance: below it, a net has learned."""


def learned(run: TrialRun) -> bool:
    """Whether its loss at the end is well below that of chance."""
    return final(run) < LEARNED * math.log(run.job.config.net.classes)  # type: ignore[attr-defined]


def bar(run: TrialRun) -> Sentence:
    """What a loss at the end must lie below for its net to have learned, in words."""
    classes = run.job.config.net.classes  # type: ignore[attr-defined]
    loss = LEARNED * math.log(classes)
    return say("half of the loss of chance, ", worked(loss, f"{LEARNED} · ln {classes} = {number(loss)}"))


def diverged(run: TrialRun) -> int | None:
    """The number of the step, from 1, at which its loss was no longer finite, if it was."""
    return made(run) if run.steps and run.result and run.result.status == "diverged" else None


def lost(runs: Sequence[TrialRun]) -> str:
    """Which of them diverged, with which seed, and when; nothing where none has."""
    found = [f"{run.job.name} (seed {run.job.seed}, step {at:,})" for run in runs if (at := diverged(run))]
    return f"{listed(found)} diverged" if found else ""


def ended(runs: Sequence[TrialRun], name: str) -> list[TrialRun]:
    """The runs of that name, once none of them goes on or was stopped."""
    found = [run for run in runs if run.job.name == name]
    return found if all(map(over, found)) else []


def left_out(runs: Sequence[TrialRun]) -> str:
    """That nothing is read of the nets that diverged, in a sentence; nothing where none did."""
    return f"{said}, and nothing was measured on them." if (said := lost(runs)) else ""


def within(runs: Sequence[TrialRun]) -> str:
    """After how many steps that is."""
    count = max(run.job.config.steps for run in runs)  # type: ignore[attr-defined]
    return f"within {plural(count, 'step')}"


def idle(runs: Sequence[TrialRun]) -> str:
    """That with some seed none of them ends as one that has learned; nothing where one does with each."""
    seeds = [f"{seed}" for seed, each in seeded(runs).items() if not any(map(learned, each))]
    which = f"{noun(len(seeds), 'seed')} {listed(seeds)}" if seeds else ""
    return f"{within(runs)} no loss ends below half of that of chance with {which}" if seeds else ""


def short(runs: Sequence[TrialRun]) -> str:
    """That they were trained for fewer steps than it takes to say that a net does not learn; nothing where not."""
    few = max(run.job.config.steps for run in runs) < HORIZON  # type: ignore[attr-defined]
    return f"too few steps to tell that a net does not learn; the experiment is made for {HORIZON}" if few else ""


def agreed(found: Mapping[int, int], answers: Sequence[str], words: Sentence) -> Verdict:
    """The answer that each seed gave; where they differ it cannot be told, and the words name which gave which."""
    groups: dict[int, list[str]] = {}
    for seed, right in found.items():
        groups.setdefault(right, []).append(f"{seed}")
    if len(groups) == 1:
        return Verdict(next(iter(groups)), words)
    each = "; ".join(
        f"“{answers[right]}” with {noun(len(seeds), 'seed')} {listed(seeds)}" for right, seeds in sorted(groups.items())
    )
    return Verdict(None, say(f"the seeds differ, {each}; ", words))
