"""What experiments share that train a grid of settings: who has learned, what the seeds tell apart, dots and table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.sentence import Sentence, say
from resnet_explorer.experiments import blanks, training, verdicts
from resnet_explorer.experiments.choices import Trained
from resnet_explorer.experiments.words import final, finals, named, over, told
from resnet_explorer.figures.dots import Dot, Dots
from resnet_explorer.options import Whole, option
from resnet_explorer.tasks.train import TAIL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from resnet_explorer.experiments.columns import Column
    from resnet_explorer.experiments.experiment import TrialRun
    from resnet_explorer.experiments.words import Spread


APART = 0.8
"""Losses are told apart below this share of the other: nets at chance differ by rounding."""
ALONE = "one seed tells nothing apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeds(Trained):
    """Nets that are trained with three seeds unless others are chosen: of one alone nothing is told apart."""

    repeat: int = option(3, Whole(1, 5), query="grid_seeds", help="how many seeds, from this one on")


def alone(runs: Sequence[TrialRun]) -> bool:
    """Whether one of the nets has a single seed."""
    return min(map(len, named(runs).values())) < 2


def learned(runs: Sequence[TrialRun]) -> dict[str, bool | None]:
    """By name, whether it has learned with each seed, or with none; None where the seeds differ."""
    found = {name: {verdicts.learned(run) for run in group} for name, group in named(runs).items()}
    return {name: each.pop() if len(each) == 1 else None for name, each in found.items()}


def fate(group: Sequence[TrialRun]) -> Sentence:
    """What became of a net over its seeds: its loss at the end, and with how many it diverged."""
    steps = [at for run in group if (at := verdicts.diverged(run))]
    if len(steps) == len(group):
        first, last = f"{min(steps):,}", f"{max(steps):,}"
        return say(f"no finite loss from step{f' {first}' if first == last else f's {first} to {last}'} on")
    kept = [run for run in group if not verdicts.diverged(run)]
    lost = f", diverged with {len(steps)} of {len(group)} seeds" if steps else ""
    return say(told(finals(kept)[group[0].job.name]), lost)


def apart(one: Spread, other: Spread) -> bool:
    """Whether each loss of the one is below each of the other by a fifth, and has learned: all finite, of two seeds."""
    taught = one.high < verdicts.LEARNED * training.CHANCE
    return taught and min(one.seeds, other.seeds) > 1 and one.high < APART * other.low and math.isfinite(other.high)


def dots(kept: Mapping[str, str], *, residual: bool) -> Callable[[Sequence[TrialRun]], Dots | None]:
    """A chart of the losses at the end, of those names for which `kept` has what they are called there.

    Its scale is that of all names, so that charts of the same runs can be compared.
    """

    def draw(runs: Sequence[TrialRun]) -> Dots | None:
        begun = [run for run in runs if run.steps]
        found = tuple(
            Dot(f"{kept[name]}{_lost(group)}", *finals(group)[name][:3], residual=residual)
            for name, group in named(begun).items()
            if name in kept
        )
        if not found:
            return None
        every = tuple(filter(math.isfinite, map(final, begun)))
        how = f"mean of the last {TAIL} mini-batches, and over the seeds"
        return Dots(dots=found, x=blanks.END, how=how, beside=every, rules=(blanks.chance(runs[0].job),))

    return draw


def _lost(group: Sequence[TrialRun]) -> str:
    """That a net has no dot, since it diverged, and with how many seeds."""
    count = sum(verdicts.diverged(run) is not None for run in group)
    return "" if not count else ": diverged" if count == len(group) else f": diverged with {count} of {len(group)}"


def rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    """A row for each net that was trained, or is being."""
    return [
        {
            "net": run.job.name,
            "seed": run.job.seed,
            "state": run.result.status if run.result else "running",
            "steps": len(run.steps),
            "final_loss": final(run),
            "accuracy": run.result.accuracy if over(run) else None,
        }
        for run in runs
        if run.steps
    ]


COLUMNS: dict[str, Column] = {
    "steps": "{steps} steps were made",
    "final_loss": f"{{final_loss}}: the mean of the losses of the last {TAIL} mini-batches, in nats",
    "accuracy": "{accuracy}: the share of the test digits that it names rightly",
}
