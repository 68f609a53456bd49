"""How a net comes to learn: its gradient at some of its steps, and how far its outer layers move in them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis.conventions import noun
from resnet_explorer.analysis.frozen import frozen, outer, trains
from resnet_explorer.analysis.sentence import Sentence, listed, say
from resnet_explorer.experiments.words import ENDS, geometric
from resnet_explorer.experiments.workings import quotient, root, times, worked
from resnet_explorer.figures.numbers import number
from resnet_explorer.tasks.train import MOMENTUM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.tasks.train import Step, TrainConfig

LOOKS = (1, 10, 100)
"""The steps that are looked at, beside the last one."""
LATE = 20
"""Steps after which momentum has all but forgotten the first ones."""
NEAR = 3.0
"""Times what weight decay moves: below it, that is told beside it."""
MOST_DECAY = 0.01
"""Share of the weights: above it their decay under momentum is another by a tenth, and soon none without swinging."""


class UpdateRow(NamedTuple):
    """One step: first over last gradient, how far the first and the last convolution move, and first over last of it.

    How far is the norm of what the step takes from the weights, over that of the weights.
    """

    step: int
    ratio: Worked
    first: Worked
    last: Worked
    further: Worked


def moved(config: TrainConfig, seeds: Sequence[Sequence[Step]]) -> list[UpdateRow]:
    """The steps that are looked at, of the same net with several seeds, as far as all of them were made."""
    first, last = outer(config.net, config.freeze)
    made = [{step.step + 1: step for step in steps if len(step.updates) > last} for steps in seeds]
    common = set.intersection(*map(set, made)) if made else set()
    places = [at for at in LOOKS if at in common]
    if common and max(common) > 2 * max(places, default=1):
        places.append(max(common))
    return [_look(at, [each[at] for each in made], (first, last)) for at in places]


def _look(at: int, steps: Sequence[Step], ends: tuple[int, int]) -> UpdateRow:
    first, last = ends
    ratio = _value([(step.norms[first], step.norms[last]) for step in steps], ENDS)
    shares = [
        _value([(step.updates[place], step.weights[place]) for step in steps], f"norms of {_TAKEN} {which} convolution")
        for place, which in ((first, "first"), (last, "last"))
    ]
    one, other = shares
    return UpdateRow(at, ratio, one, other, _value([(one.value, other.value)], "update / weights, first over last"))


_TAKEN = "what the step takes from the weights, and of the weights, in the"


def _value(pairs: Sequence[tuple[float, float]], of: str) -> Worked:
    """The quotient of two norms; of several seeds the geometric mean of theirs."""
    found = [one / other if other else math.nan for one, other in pairs]
    if len(found) == 1:
        return worked(found[0], quotient(*pairs[0], of))
    value = geometric(found)
    return worked(value, root(found, f"of each seed the quotient of the {of}", number(value)))


def told(name: str, config: TrainConfig, seeds: Sequence[Sequence[Step]]) -> Sentence:
    """A net's gradient and its moves, in words; nothing where none were told."""
    looks = moved(config, seeds)
    if not looks:
        return Sentence()
    if not trains(config.net, config.freeze):
        return say(f"**{name}**: all its convolutions are frozen, so that none moves.")
    at = listed(f"{look.step:,}" for look in looks)
    that = "that trains " * (config.net.graph.convolutions[0].path in frozen(config.net.graph, config.freeze))
    lean = listed(look.ratio for look in looks)
    first, last = (listed(map(_percent, column)) for column in list(zip(*looks, strict=True))[2:4])
    gradient = say(f"**{name}**, {noun(len(looks), 'step')} ", at, ": first / last gradient ", lean)
    ways = say(f"its first convolution {that}moves by ", first, " of its weights, its last by ", last)
    return say(gradient, "; ", ways, ". ", _end(looks[-1], config))


def _percent(share: Worked) -> Worked:
    """The same number in per cent."""
    said = f"{number(100 * share.value)}{' %' * math.isfinite(share.value)}"
    made = share.working.replace(f" = {share.text}", f" = {share.text} = {said}", 1)
    return replace(share, text=said, working=made)


def _end(look: UpdateRow, config: TrainConfig) -> Sentence:
    """Which of the two moves further at the last of these steps, and whether it is more than weight decay."""
    far = look.further
    if not math.isfinite(far.value) or far.value <= 0:
        return Sentence()
    if less := far.value < 1:
        far = worked(1 / far.value, f"1 ÷ {number(far.value, 5)} = {number(1 / far.value)}")
    as_far = "less than" if less and far.text != "1" else "as far as"
    floor = decay(config)
    near = look.step > LATE and 0 < look.first.value < NEAR * floor.value
    more = say("; weight decay alone would move it by ", _percent(floor)) if near else ""
    return say(f"At step {look.step:,} the first moves ", times(far), f" {as_far} the last", more, ".")


def decay(config: TrainConfig) -> Worked:
    """By what share of its weights weight decay alone moves a layer, once momentum has built up; 0 where not known.

    That is where the rate changes, and where it is so large that momentum swings.
    """
    rate, share = config.lr, config.weight_decay
    value = rate * share / (1 - MOMENTUM)
    changes = config.schedule != "constant" or config.start_lr or config.warmup
    if config.optimiser != "sgd" or changes or value > MOST_DECAY:
        return worked(0.0, "")
    made = f"{rate:g} · {share:g} ÷ (1 − {MOMENTUM:g}) = {number(value)}: learning rate, weight decay, momentum"
    return worked(value, made)
