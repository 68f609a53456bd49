"""Does a residual net need BatchNorm? Its branches scaled, or begun at zero, in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.analysis.conventions import listed
from resnet_explorer.analysis.sentence import Sentence, joined, say
from resnet_explorer.experiments import blanks, grid, nets, training, verdicts
from resnet_explorer.experiments.experiment import Chart, Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.words import finals, named, over, points

if TYPE_CHECKING:
    from collections.abc import Sequence

DEPTHS = (56, 110)


class Variant(NamedTuple):
    """A way to begin: what it is called, the options of the net, and the initialisation."""

    title: str
    options: dict[str, Any]
    init: str = "he"

    def name(self, depth: int) -> str:
        """What a net of it is called."""
        return f"ResNet-{depth}, {self.title}"


BARE = Variant("no BatchNorm, He", {"norm": "none"})
ZERO = Variant("no BatchNorm, scalars from 0", {"norm": "none", "branch_scale": "zero"})
FIXUP = Variant("no BatchNorm, Fixup-like", {"norm": "none"}, "fixup_like")
SMALL = Variant("no BatchNorm, × 1/√blocks", {"norm": "none", "branch_scale": "depth"})
VARIANTS = (Variant("BatchNorm", {}), Variant("BatchNorm, γ from 0", {"zero_gamma": True}), BARE, SMALL, ZERO, FIXUP)
ANSWERS = (
    "none of them",
    "only branches that begin at zero",
    "branches that begin at zero, and those that begin small",
    "only branches that begin small",
    "any, He's start as it is too",
)


def _jobs(choices: grid.Seeds) -> tuple[Trial, ...]:
    return tuple(
        Trial(
            name=each.name(depth),
            config=training.train(
                nets.cifar(depth, residual=True, **each.options), seed, init=each.init, steps=choices.steps, test=True
            ),
            residual=True,
            weight=nets.weight(depth, DEPTHS[-1]),
        )
        for seed in choices.seeds
        for depth in DEPTHS
        for each in VARIANTS
    )


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    bare = {each.name(DEPTHS[-1]): each for each in (BARE, SMALL, ZERO, FIXUP)}
    deep = [run for run in runs if run.job.name in bare]
    if named(deep).keys() != bare.keys() or not all(map(over, deep)):
        return None
    found = grid.learned(deep)
    fates = joined("; ", (say(f"{name}: ", grid.fate(group)) for name, group in named(deep).items()))
    words = say(fates, "; to learn is to end below ", verdicts.bar(deep[0]))
    if unsure := [name for name, each in found.items() if each is None]:
        return Verdict(None, say(f"whether it learns depends on the seed for {listed(unsure)}: ", words))
    idle = [run for run in deep if not verdicts.learned(run) and not verdicts.diverged(run)]
    if idle and (few := verdicts.short(deep)):
        return Verdict(None, say(f"{few}: ", words))
    return Verdict(_right({bare[name].title for name, each in found.items() if each}), words)


def _right(learned: set[str]) -> int:
    """The answer, by its place, of what has learned without BatchNorm."""
    zero, small = bool(learned & {ZERO.title, FIXUP.title}), SMALL.title in learned
    if BARE.title in learned:
        return 4
    return (1 if not small else 2) if zero else (3 if small else 0)


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    whole = {name: group for name, group in named(runs).items() if all(map(over, group))}
    if not whole:
        return Sentence()
    said = [say(f"**{name}**: ", grid.fate(group), ".") for name, group in whole.items()]
    every = [run for group in whole.values() for run in group]
    return points(said, _credit(every), f"This holds {verdicts.within(every)} and at this learning rate.")


def _credit(runs: Sequence[TrialRun]) -> str:
    """Which of the bare nets end below the one with BatchNorm, or above it, where the lower of both has learned."""
    ends, said = finals(runs), []
    for depth in DEPTHS:
        with_norm = ends.get(VARIANTS[0].name(depth))
        others = {each.title: ends[each.name(depth)] for each in (SMALL, ZERO, FIXUP) if each.name(depth) in ends}
        if with_norm is None or min(each.seeds for each in [with_norm, *others.values()]) < 2:
            continue
        lower = [title for title, each in others.items() if grid.apart(each, with_norm)]
        higher = [title for title, each in others.items() if grid.apart(with_norm, each)]
        said += [
            f"ResNet-{depth}: each seed ends {where} each with BatchNorm by a fifth or more: {'; '.join(each)}."
            for where, each in (("below", lower), ("above", higher))
            if each
        ]
    return " ".join(said)


def _called(depth: int) -> dict[str, str]:
    return {each.name(depth): each.title for each in VARIANTS}


def _chart(depth: int) -> Chart:
    return Chart(
        name=f"ends_{depth}",
        title=f"ResNet-{depth}",
        look="Further left is better; a bar spans the seeds. What diverged has no dot.",
        draw=grid.dots(_called(depth), residual=True),
    )


WITHOUT_NORM = Experiment(
    name="without_norm",
    part="size",
    title="Does a residual net need BatchNorm?",
    asks="What if each branch begins at zero, or small, in place of normalisation?",
    look="Two residual nets without BatchNorm, with four ways to begin, beside the same nets with it: branches as they "
    "are, times 1/√blocks, times a scalar that is learned from 0, or begun at zero. Watch which rows have a dot.",
    choices=grid.Seeds,
    jobs=_jobs,
    question=Prediction(
        text="Without BatchNorm, which of these makes ResNet-110 learn within these steps, that is, end below "
        "half of the loss of chance?",
        answers=ANSWERS,
        judge=_judge,
    ),
    charts=tuple(map(_chart, reversed(DEPTHS))),
    read=_reading,
    sketch=lambda jobs: blanks.rows(jobs, _called(DEPTHS[-1])),
    rows=grid.rows,
    columns=grid.COLUMNS,
    source=f"{nets.DIGITS} SGD, learning rate 0.02, momentum 0.9, mini-batches of 64. One scalar a branch: SkipInit, "
    f"{nets.DE_SMITH}, and ReZero, Bachlechner et al. 2020, [arXiv:2003.04887](https://arxiv.org/abs/2003.04887); a "
    "start without normalisation: Fixup, Zhang, Dauphin & Ma 2019, "
    "[arXiv:1901.09321](https://arxiv.org/abs/1901.09321), of which only the weights' start is taken; γ from 0: "
    "Goyal et al. 2017, [arXiv:1706.02677](https://arxiv.org/abs/1706.02677).",
)
