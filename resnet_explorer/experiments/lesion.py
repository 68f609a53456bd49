"""Lesion: delete a block of a net that was just trained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.conventions import listed
from resnet_explorer.analysis.sentence import Sentence, say
from resnet_explorer.datasets import DATASETS
from resnet_explorer.experiments import nets, verdicts, workings
from resnet_explorer.experiments.choices import Trained
from resnet_explorer.experiments.deleted import BLANK, CHANCE, DEEP, called, done, several, single
from resnet_explorer.experiments.experiment import Chart, Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.words import points, spread, told
from resnet_explorer.experiments.workings import fine, worked
from resnet_explorer.figures.numbers import number
from resnet_explorer.tasks.lesion import LesionConfig

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resnet_explorer.analysis.worked import Worked
    from resnet_explorer.experiments.columns import Column, Row

DEPTHS = (20, 56)
TESTED = DATASETS["digits"].facts().test
AT_RANDOM = "at random"
HARMLESS, HALF = 0.03, 0.5
ANSWERS = ("hardly anything (3 points at most)", "a good part (up to 50 points)", "nearly everything")
LEARNED = CHANCE + HALF
"""A net has learned if it can lose half of its answers, and still do no worse than guessing."""
TO_LOSE = ("with all its blocks ", f", and {100 * LEARNED:.0f} % is the least that it can lose {100 * HALF:.0f} of")
NEARLY_NOTHING, NEARLY_ALL, UNTAUGHT = 0.25, 0.9, 2 * CHANCE
CHAIN = "A block of a plain net is a link of a chain; one of a residual net is a voice among others."


def jobs(choices: Trained) -> tuple[Trial, ...]:
    """Plain and residual nets, trained and then taken apart."""
    return tuple(
        Trial(
            name=nets.name(depth, residual=residual),
            config=LesionConfig(net=nets.cifar(depth, residual=residual), seed=seed, steps=choices.steps),
            residual=residual,
            weight=nets.weight(depth, DEPTHS[-1]),
        )
        for seed in choices.seeds
        for depth in DEPTHS
        for residual in (False, True)
    )


def _median(run: TrialRun) -> float:
    return float(sorted(run.result.without)[_middle(run)])


def _middle(run: TrialRun) -> int:
    return len(run.result.without) // 2


def _right(share: float, said: str) -> str:
    """Of how many test digits a share of them is, said in these words."""
    return workings.share(share, TESTED, "test digits", said)


def _share(share: float, digits: int, where: str = "") -> Sentence:
    """An accuracy in per cent, with its working."""
    said = f"{100 * share:.{digits}f}"
    made = _right(share, f"{said} %")
    return say(worked(100 * share, where + made, said), " %")


def _of_median(run: TrialRun) -> str:
    return f"no. {_middle(run) + 1} of {len(run.result.blocks)} accuracies in order: "


def deepest(
    runs: Sequence[TrialRun], judge: Callable[[list[TrialRun], list[TrialRun]], Verdict], why: tuple[str, str]
) -> Verdict | None:
    """What the deepest nets say, by those that were measured and by all of them; or why they cannot be asked.

    Of one that has not learned, what it names rightly stands between the two parts of `why`.
    """
    deep = verdicts.ended(runs, DEEP)
    found = done(deep)
    if not found:
        return Verdict(None, say(verdicts.lost(deep))) if deep else None
    untaught, (before, after) = _unlearned(found), why
    return Verdict(None, say(before, untaught, after)) if untaught else judge(found, deep)


def _judge(found: Sequence[TrialRun], deep: Sequence[TrialRun]) -> Verdict:
    lost = verdicts.lost(deep)
    costs = told(spread(list(map(_fall, found)), list(map(_of_fall, found))))
    right = {run.job.seed: sum(_fall(run) > 100 * bound for bound in (HARMLESS, HALF)) for run in found}
    more = lost and f"; {lost}" if len(deep) > 1 else _with_and_without(found[0])
    return verdicts.agreed(right, ANSWERS, say(f"the median block costs {DEEP} ", costs, " points", more))


def _unlearned(found: Sequence[TrialRun]) -> Sentence:
    """What a trained net of these names rightly, if that is too little; nothing where all have learned."""
    least = min(found, key=lambda run: run.result.intact)
    if least.result.intact >= LEARNED:
        return Sentence()
    return say(f"{least.job.name} names ", _share(least.result.intact, 1), " of the test digits rightly")


def _with_and_without(run: TrialRun) -> Sentence:
    """The two accuracies of a net."""
    without = _share(_median(run), 2, _of_median(run))
    return say(": ", _share(run.result.intact, 2), " are right with it, ", without, " without it")


def _fall(run: TrialRun) -> float:
    """Percentage points that the median block costs."""
    return 100 * (float(run.result.intact) - _median(run))


def _of_fall(run: TrialRun) -> str:
    right = [round(share * TESTED) for share in (run.result.intact, _median(run))]
    return f"({right[0]} − {right[1]}) ÷ {TESTED} test digits = {number(_fall(run))} %"


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    said = [_told(run, runs) for run in done(runs)]
    lost = verdicts.left_out(runs)
    return points(said, _untaught(done(runs)), _chain(done(runs)), lost) or say(lost)


def _told(run: TrialRun, runs: Sequence[TrialRun]) -> Sentence:
    """What one of these nets names rightly, whole and without one block."""
    return say(
        f"**{called(run, runs)}**: ",
        _share(run.result.intact, 1),
        " intact, without one block ",
        _share(_median(run), 1, _of_median(run)),
        " (median) and ",
        _share(min(run.result.without), 1),
        f" at worst (`{_worst(run)}`); ",
        _harmless(run),
        f" of {len(run.result.blocks)} blocks cost 3 points at most.",
    )


def _untaught(found: Sequence[TrialRun]) -> str:
    """A warning where a net names hardly more pictures rightly than by chance."""
    names = [called(run, found) for run in found if run.result.intact < UNTAUGHT]
    return f"{listed(names)} learned next to nothing, with nothing to lose." if names else ""


def _chain(found: Sequence[TrialRun]) -> str:
    """What that means, where nets of both kinds have learned, the plain ones fall to chance and the others stand."""
    left = {
        kind: [_left(run) for run in found if run.job.residual is kind and run.result.intact >= UNTAUGHT]
        for kind in (False, True)
    }
    both = left[False] and left[True]
    return CHAIN if both and max(left[False]) < NEARLY_NOTHING and min(left[True]) > NEARLY_ALL else ""


def _left(run: TrialRun) -> float:
    """How much of what a net knows beyond chance is left without the median block."""
    return (_median(run) - CHANCE) / (float(run.result.intact) - CHANCE)


def _worst(run: TrialRun) -> str:
    return str(min(zip(run.result.without, run.result.blocks, strict=True))[1])


def _harmless(run: TrialRun) -> Worked:
    found = sum(run.result.intact - each <= HARMLESS for each in run.result.without)
    intact, least = 100 * run.result.intact, f"{100 * (run.result.intact - HARMLESS):.2f}".replace("-", "−")
    made = f"{intact:.2f} − 3 = {least} % or more are right without it: {found} of {len(run.result.blocks)} blocks"
    return worked(found, made, f"{found}")


def _rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    return [
        {"net": run.job.name, "seed": run.job.seed, "intact": run.result.intact, "deleted": what, "accuracy": accuracy}
        for run in done(runs)
        for what, accuracy in (
            *zip(run.result.blocks, run.result.without, strict=True),
            *((f"{each.deleted} {AT_RANDOM}", each.mean) for each in run.result.several),
        )
    ]


def _accuracy(rows: Sequence[Row], at: int) -> str:
    """How the accuracy without one block, or without some at random, is made."""
    row = rows[at]
    if row["deleted"].endswith(AT_RANDOM):
        return f"mean over 8 draws of the blocks, of {TESTED} test digits each: {fine(row['accuracy'])}"
    return _right(row["accuracy"], fine(row["accuracy"]))


_COLUMNS: dict[str, Column] = {
    "intact": lambda rows, at: f"with every block: {_right(rows[at]['intact'], fine(rows[at]['intact']))}",
    "accuracy": _accuracy,
}


LESION = Experiment(
    name="lesion",
    part="shortcut",
    title="Lesion",
    asks="What happens if a block is deleted from a trained net?",
    look="Train a net, delete one block, keep its shortcut, and test. Each point is another block gone.",
    choices=Trained,
    jobs=jobs,
    question=Prediction(
        text="A block is deleted from the trained ResNet-56. What does the median block cost in test accuracy?",
        answers=ANSWERS,
        judge=lambda runs: deepest(runs, _judge, TO_LOSE),
    ),
    charts=(
        Chart(name="single", title="One block gone", look="How far does each net fall, and where?", draw=single),
        Chart(name="several", title="Several blocks gone", look="A decline, or a cliff?", draw=several),
    ),
    read=_reading,
    sketch=lambda _: BLANK,
    rows=_rows,
    columns=_COLUMNS,
    source=f"{nets.DIGITS} Trained as in Degradation, tested on the {TESTED} test digits, BatchNorm by its running "
    f"statistics. After {nets.VEIT}: they deleted blocks of a ResNet-110, and layers of a VGG net, trained in full on "
    "CIFAR-10. Here a plain net loses as many layers as the residual one: a whole block, whose input goes on, "
    "subsampled and padded where the block changes the shape.",
)
