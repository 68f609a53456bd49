"""Your own run: any nets, any data set, any settings; and the paper's own training on CIFAR-10."""

from __future__ import annotations

import dataclasses
import functools
import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis import analyse
from resnet_explorer.analysis.conventions import capital
from resnet_explorer.analysis.frozen import NOTHING
from resnet_explorer.analysis.sentence import Sentence, joined, listed, say
from resnet_explorer.datasets import look
from resnet_explorer.experiments import blanks, nets, recipe, training, verdicts
from resnet_explorer.experiments.experiment import Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.own_choices import TRAINING, Own
from resnet_explorer.experiments.tracks import TRACKS
from resnet_explorer.experiments.words import (
    comparable,
    ended,
    final,
    finals,
    middle,
    named,
    over,
    points,
    seeded,
    told,
)
from resnet_explorer.experiments.workings import fine, mean, percent, share, worked
from resnet_explorer.spec import FAMILIES
from resnet_explorer.tasks.train import TrainConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.experiments.columns import Column, Row
    from resnet_explorer.spec import NetSpec
    from resnet_explorer.tasks.train import Training

PLACES = ("the first", "the second", "the third", "the fourth")
ANSWERS = (*PLACES, "two within a fifth of each other")
MOST_PIXELS = 64
ALIKE = 1.2


def fitted(net: NetSpec, data: str, *, norm: bool = True) -> NetSpec:
    """A net with the set's classes, at the size of its pictures; at 64 pixels if its stem is for large images.

    If the set cannot be used, the net is as it was: the cost says why.
    """
    spec = net if norm else net.turned(norm="none")
    facts = look(data).facts
    if facts is None:
        return spec
    small = getattr(spec.options, "stem", None) == "cifar"
    least = FAMILIES[spec.family].least_image(spec.options)
    image = max(least, facts.side) if small else spec.within(MOST_PIXELS).image
    return dataclasses.replace(spec, image=image, classes=facts.classes)


def _settings(choices: Own, layers: int) -> dict[str, Any]:
    if choices.recipe == "cifar":
        return recipe.settings(layers)
    chosen = {name: getattr(choices, name) for name in TRAINING}
    return chosen | {"freeze": NOTHING} if "freeze" in choices.idle else chosen


def _jobs(choices: Own) -> tuple[Trial, ...]:
    data = recipe.RECIPE["data"] if choices.recipe == "cifar" else choices.data
    chosen = tuple(dict.fromkeys(fitted(net, data, norm=choices.norm) for net in choices.nets))
    names = nets.distinct(chosen)
    layers = [_layers(net) for net in chosen]
    kinds = [bool(getattr(net.options, "residual", False)) for net in chosen]
    return tuple(
        Trial(
            name=name,
            config=TrainConfig(net=net, seed=seed, test=True, device=choices.device, **_settings(choices, depth)),
            residual=kind,
            weight=_weight(depth, [each for each, other in zip(layers, kinds, strict=True) if other is kind]),
        )
        for seed in choices.seeds
        for name, net, depth, kind in zip(names, chosen, layers, kinds, strict=True)
    )


@functools.lru_cache(maxsize=64)
def _layers(net: NetSpec) -> int:
    """How many of its layers have weights; kept, since a page asks for it on every run."""
    return len(analyse(net).weighted)


def _weight(layers: int, rivals: Sequence[int]) -> float:
    return layers / max(rivals)


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    if not runs or not all(map(over, runs)):
        return None
    found = finals(runs)
    names = sorted(found, key=lambda name: comparable(found[name].mean))
    words = joined(", ", (say(f"{name} ends at ", middle(found[name])) for name in names))
    if idle := verdicts.idle(runs):
        return Verdict(None, say(f"{idle}: ", words))
    return verdicts.agreed({seed: _first(each) for seed, each in seeded(runs).items()}, ANSWERS, words)


def _first(runs: Sequence[TrialRun]) -> int:
    """Which of these nets, of one seed, ends lowest; or that two of them are alike."""
    losses = [comparable(final(run)) for run in runs]
    best, *others = sorted(losses)
    return len(PLACES) if others and others[0] <= ALIKE * best else losses.index(best)


def _possible(answer: int, jobs: Sequence[Trial]) -> bool:
    """Whether there are so many nets; two of one net alone cannot be compared."""
    count = len({job.name for job in jobs})
    return answer < count or (answer == len(PLACES) and count > 1)


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    groups = {name: [run for run in group if run.steps] for name, group in named(runs).items()}
    begun = {name: group for name, group in groups.items() if group}
    if not begun:
        return Sentence()
    ends = finals(runs)
    said = [say(f"**{name}** ", told(ends[name])) for name in begun]
    classes = next(iter(begun.values()))[0].job.config.net.classes  # type: ignore[attr-defined]
    chance = f"; chance is ln {classes} = {math.log(classes):.3f}."
    text = say(f"{ended(runs, 'reported steps')}: ", listed(said), chance, _tested(begun), _ended(runs))
    return joined("\n\n", [text, points(training.moves(runs, begun))])


def _tested(groups: dict[str, list[TrialRun]]) -> Sentence:
    """The held-out accuracy of each net, where it was measured."""
    found = {
        name: [run.result for run in group if run.result and run.result.accuracy is not None]
        for name, group in groups.items()
    }
    said = [say(f"{name} ", _accuracy(each)) for name, each in found.items() if each]
    if not said:
        return Sentence()
    counts = {run.result.tested for group in groups.values() for run in group if run.result and run.result.tested}
    return say(f" Of {max(counts):,} held-out pictures are named rightly: ", listed(said), ".")


def _accuracy(results: Sequence[Training]) -> Sentence:
    """The accuracy, or its mean over the seeds, in words."""
    shares = [each.accuracy for each in results if each.accuracy is not None]
    average = sum(shares) / len(shares)
    said = percent(average, digits=1)
    if len(shares) > 1:
        made = mean([100 * each for each in shares], "one of each seed", said)
        return say(worked(100 * average, made, said), f" (mean of {len(shares)} seeds)")
    return say(worked(100 * average, share(average, results[0].tested, "pictures", said), said))


def _of_row(rows: Sequence[Row], at: int) -> str:
    accuracy, tested = rows[at]["held_out_accuracy"], rows[at]["held_out"]
    return share(accuracy, tested, "pictures", fine(accuracy))


def _ended(runs: Sequence[TrialRun]) -> str:
    lost = verdicts.lost(runs)
    return f" **{capital(lost)}.**" if lost else ""


def _rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    results = {(run.job.name, run.job.seed): run.result for run in runs if run.result}
    return [row | _held_out(results.get((row["net"], row["seed"])), row) for row in training.rows(runs)]


def _held_out(result: Training | None, row: Row) -> dict[str, Any]:
    """The accuracy and of how many pictures it is, in the last row of a run that ended."""
    if result is None or result.accuracy is None or not math.isfinite(row["final_loss"]):
        return {"held_out_accuracy": None, "held_out": None}
    return {"held_out_accuracy": result.accuracy, "held_out": result.tested}


_COLUMNS: dict[str, Column] = {
    **training.COLUMNS,
    "held_out_accuracy": _of_row,
    "held_out": "{held_out} pictures of the test part, none of which was trained on",
}


OWN = Experiment(
    name="own",
    part="own",
    title="Your own run",
    asks="Any nets, any data set, any settings, or the paper's recipe.",
    look="Up to four nets of your choice on a data set of your choice. Each is shown the pictures at their own size if "
    "its stem is for small images, else at 64 pixels, and has as many classes as the set.",
    choices=Own,
    jobs=_jobs,
    question=Prediction(
        text="Which of the nets will have the lowest training loss at the end?",
        answers=ANSWERS,
        judge=_judge,
        possible=_possible,
    ),
    charts=(training.LOSSES, training.RATIOS, training.WEIGHTS),
    read=_reading,
    sketch=blanks.steps(),
    rows=_rows,
    columns=_COLUMNS,
    source=f"SGD has momentum 0.9. Without a test part, nothing is tested. {recipe.NOT_RUN}",
    replays=True,
    tracks=tuple(TRACKS),
)
