"""Numbers in words, and rows of runs by name."""

from __future__ import annotations

import itertools
import math
import statistics
from typing import TYPE_CHECKING, NamedTuple, Protocol

from resnet_explorer.analysis.sentence import Part, Sentence, joined, say
from resnet_explorer.experiments.workings import fine, mean, worked
from resnet_explorer.figures.numbers import number
from resnet_explorer.tasks.train import TAIL, final_loss

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.experiments.experiment import TrialRun
    from resnet_explorer.tasks.train import Step

ENDS = "norms of the weight gradient in the first and in the last convolution of the main path"
LOSS = "measured: the cross-entropy of a mini-batch before the update, its mean in nats"


def points(said: Sequence[Part], *more: Part) -> Sentence:
    """A reading in Markdown: a point for each net, or one sentence where there is one; then what it means in all."""
    each = joined("\n", (say("- ", text) for text in said)) if len(said) > 1 else say(*said)
    return joined("\n\n", [each, joined(" ", more)]) if said else Sentence()


class Stepped(Protocol):
    """Whatever has steps of training."""

    @property
    def steps(self) -> Sequence[Step]:
        """Its steps, in order."""
        ...


class Spread(NamedTuple):
    """The mean of some values, one a seed, their smallest and largest, and the values with their workings."""

    mean: float
    low: float
    high: float
    values: tuple[float, ...] = ()
    workings: tuple[str, ...] = ()

    @property
    def seeds(self) -> int:
        """How many they are."""
        return len(self.values)

    @property
    def working(self) -> str:
        """How the mean is made."""
        return self.worked_as(number(self.mean))

    def worked_as(self, said: str) -> str:
        """The same, where the mean is said in other words."""
        return mean(self.values, "one of each seed", said) if self.seeds > 1 else "".join(self.workings)


def overflowed(loss: float, norms: Iterable[float] = ()) -> str:
    """What became of a pass whose loss or gradient is no finite number any more; nothing where all are."""
    if not math.isfinite(loss):
        return "exploded: the loss is not a finite number"
    return "" if all(map(math.isfinite, norms)) else "exploded: a gradient is not a finite number"


VANISHING, GROWING, EXPLODING = 0.1, 10.0, 100.0
"""First over last: below the first one the gradient vanishes towards the input, above the others it grows, explodes."""
REGIMES = f"below {VANISHING:g} vanishing, above {GROWING:g} growing, above {EXPLODING:g} exploding, else even"


def regime(ratio: float) -> str:
    """What a first/last ratio means, in a pass that has not overflowed."""
    if math.isnan(ratio):
        return "dead: no gradient at either end"
    if ratio == math.inf:
        return "no gradient in the last layer"
    if ratio == 0:
        return "vanished: exactly 0"
    if ratio < VANISHING:
        return "vanishing"
    return "exploding" if ratio > EXPLODING else "growing" if ratio > GROWING else "even"


def shared(regimes: Iterable[str]) -> str:
    """The regime of all seeds; where they differ, that they do, and which there are."""
    one, *others = dict.fromkeys(regimes)
    return f"the seeds differ: {'; '.join([one, *others])}" if others else one


def named(runs: Sequence[TrialRun]) -> dict[str, list[TrialRun]]:
    """The runs by name, in order; those of one name differ by their seed."""
    groups: dict[str, list[TrialRun]] = {}
    for run in runs:
        groups.setdefault(run.job.name, []).append(run)
    return groups


def seeded(runs: Sequence[TrialRun]) -> dict[int, list[TrialRun]]:
    """The runs by seed, in order."""
    groups: dict[int, list[TrialRun]] = {}
    for run in runs:
        groups.setdefault(run.job.seed, []).append(run)
    return groups


def spread(values: Sequence[float], workings: Sequence[str] = ()) -> Spread:
    """Mean and ends of the values; where one is no number, they are none either, wherever it stands."""
    if not values or any(map(math.isnan, values)):
        return Spread(math.nan, math.nan, math.nan, tuple(values), tuple(workings))
    return Spread(statistics.fmean(values), min(values), max(values), tuple(values), tuple(workings))


def geometric(values: Sequence[float]) -> float:
    """The geometric mean; 0 if one is 0."""
    if not values or any(not math.isfinite(value) for value in values):
        return math.nan if not any(value == math.inf for value in values) else math.inf
    return math.exp(statistics.fmean(map(math.log, values))) if min(values) > 0 else 0.0


def comparable(loss: float) -> float:
    """A loss that can be ranked: without bound where it is no finite number."""
    return loss if math.isfinite(loss) else math.inf


def made(run: Stepped) -> int:
    """How many steps it has made; of a long run not all are reported."""
    return run.steps[-1].step + 1 if run.steps else 0


def final(run: Stepped) -> float:
    """Its loss at the end, in nats: the mean of the last steps."""
    return final_loss([step.loss for step in run.steps])


def of_final(run: Stepped) -> str:
    """How that loss is made."""
    tail = _tail(run)
    if not tail:
        return ""
    first, last = (run.steps[at].step + 1 for at in (-len(tail), -1))
    return of_losses(tail, f"losses at steps {first:,} to {last:,}")


def ending(run: Stepped) -> Worked:
    """Its loss at the end, with its working."""
    return worked(final(run), of_final(run))


def of_losses(losses: Sequence[float], of: str) -> str:
    """How the mean of some losses is made; one alone was measured."""
    return mean(losses, of) if len(losses) > 1 else LOSS if math.isfinite(losses[0]) else ""


def _tail(run: Stepped) -> list[float]:
    return [step.loss for step in run.steps[-TAIL:]]


def finals(runs: Sequence[TrialRun]) -> dict[str, Spread]:
    """The final loss of each name, over the seeds that have trained."""
    begun = {name: [run for run in group if run.steps] for name, group in named(runs).items()}
    return {name: spread(list(map(final, group)), list(map(of_final, group))) for name, group in begun.items()}


def over(run: TrialRun) -> bool:
    """Whether its training went on until its end, or until its loss was no longer finite: it was not stopped."""
    return bool(run.result) and run.result.status in {"done", "diverged"}


def ended(runs: Sequence[TrialRun], what: str = "mini-batches") -> str:
    """How a list of training losses begins: of the end, or so far; and over how many steps each is the mean."""
    when = "at the end" if all(map(over, runs)) else "so far"
    count = min(TAIL, max((len(run.steps) for run in runs), default=TAIL))
    return f"Training loss {when} ({f'mean of the last {count} {what}' if count > 1 else 'of one step'})"


def over_seeds(count: int) -> str:
    """What is said after a value that may be a mean over seeds, of as many as have run."""
    return "; where several seeds have run, their mean, from the least to the largest" if count > 1 else ""


def middle(each: Spread) -> Worked:
    """A mean with its working."""
    return worked(each.mean, each.working)


def told(each: Spread) -> Sentence:
    """A mean with its ends, where there are several; all with their workings. What is not finite is counted apart."""
    finite = [math.isfinite(value) for value in each.values]
    if any(finite) and not all(finite):
        kept = spread([*itertools.compress(each.values, finite)], [*itertools.compress(each.workings, finite)])
        return say(told(kept), f", not a finite number with {each.seeds - kept.seeds} of {each.seeds} seeds")
    if each.seeds < 2 or not all(finite):
        return say(middle(each))
    values = ", ".join(map(fine, each.values))
    least, most = worked(each.low, f"the least of {values}"), worked(each.high, f"the largest of {values}")
    return say(middle(each), " (", least, " to ", most, f", {each.seeds} seeds)")
