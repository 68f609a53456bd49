"""Can a plain net be deep? A grid of starts, slopes of a leaky ReLU, and BatchNorm."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.analysis.conventions import capital
from resnet_explorer.analysis.sentence import Sentence, joined, listed, say
from resnet_explorer.experiments import blanks, grid, nets, training, verdicts
from resnet_explorer.experiments.experiment import Chart, Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.words import ending, final, finals, named, over, points

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from resnet_explorer.experiments.words import Spread

DEPTH, RATE = 56, 0.002
STARTS = {
    "he": "He by fan-out, gain √2",
    "he_slope": "He by fan-out",
    "he_fan_in": "He by fan-in",
    "delta_orthogonal": "delta-orthogonal",
}
APART = {
    frozenset({"he", "he_slope"}): "the gain",
    frozenset({"he_slope", "he_fan_in"}): "the fan",
    frozenset({"he_fan_in", "delta_orthogonal"}): "orthogonal kernels",
}
"""In what two starts differ, where that is one thing."""
SLOPES = (0.0, 0.5, 0.8)
NORM_WORDS = {"none": "without BatchNorm", "batch": "with BatchNorm"}
ANSWERS = (
    "another start, with ReLU as it is",
    "a leaky ReLU, from any of these starts",
    "a leaky ReLU, but not from each start",
    "neither: none of them learns",
    "nothing: it learns with ReLU and He's start",
)


class GridPoint(NamedTuple):
    """A place of the grid."""

    norm: str
    slope: float
    start: str

    @property
    def name(self) -> str:
        """What it is called: slope 0.8, He by fan-out, with BatchNorm."""
        return f"{self.short}, {NORM_WORDS[self.norm]}"

    @property
    def short(self) -> str:
        """The same where its normalisation is said already."""
        return f"slope {self.slope:g}, {STARTS[self.start]}"


CELLS = {
    each.name: each
    for each in itertools.starmap(GridPoint, itertools.product(NORM_WORDS, SLOPES, STARTS))
    if each.start != "he"
    or (each.slope and each.norm == "none")  # ReLU's gain is √2, and BatchNorm takes it out of the pass
}


def _jobs(choices: grid.Seeds) -> tuple[Trial, ...]:
    return tuple(
        Trial(
            name=name,
            config=training.train(
                nets.cifar(DEPTH, residual=False, norm=cell.norm, **_activation(cell.slope)),
                seed,
                init=cell.start,
                lr=RATE,
                steps=choices.steps,
                test=True,
            ),
            residual=False,
        )
        for seed in choices.seeds
        for name, cell in CELLS.items()
    )


def _activation(slope: float) -> dict[str, Any]:
    """ReLU is the leaky one of slope 0."""
    return {"activation": "leaky", "slope": slope} if slope else {}


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    bare = [run for run in runs if CELLS[run.job.name].norm == "none"]
    whole = {name for name, cell in CELLS.items() if cell.norm == "none"}
    if named(bare).keys() != whole or not all(map(over, bare)):
        return None
    found = grid.learned(bare)
    words = _learners(named(bare), found)
    if grid.alone(bare):
        return Verdict(None, say(f"{grid.ALONE}: ", words))
    unsure = [CELLS[name].short for name, each in found.items() if each is None]
    if unsure:
        return Verdict(None, say("whether it learns depends on the seed for ", listed(unsure), ": ", words))
    if not all(found.values()) and (few := verdicts.short(bare)):
        return Verdict(None, say(f"{few}: ", words))
    return Verdict(_right({CELLS[name]: bool(each) for name, each in found.items()}), words)


def _learners(groups: Mapping[str, Sequence[TrialRun]], found: Mapping[str, bool | None]) -> Sentence:
    """Who has learned without BatchNorm, and the lowest of the others."""
    said = [say(f"{CELLS[name].short}: ", grid.fate(groups[name])) for name, each in found.items() if each]
    others = [run for name, group in groups.items() if not found[name] for run in group if not verdicts.diverged(run)]
    lowest = min(others, key=final, default=None)
    rest = say(f"the lowest of the others is {CELLS[lowest.job.name].short}: ", ending(lowest)) if lowest else ""
    bar = verdicts.bar(next(iter(groups.values()))[0])
    what = say(f"{NORM_WORDS['none']} {'these end' if said else 'none ends'} below ", bar, ", with each seed")
    return joined("; ", [joined(": ", [what, joined("; ", said)]), rest])


def _right(learned: Mapping[GridPoint, bool]) -> int:
    """The answer, by its place, of who has learned without BatchNorm."""
    by = {slope: [learned[cell] for cell in learned if cell.slope == slope] for slope in SLOPES}
    if any(each for cell, each in learned.items() if cell.slope == 0.0 and cell.start in {"he", "he_slope"}):
        return 4
    if any(by[0.0]):
        return 0
    if all(by[SLOPES[-1]]):
        return 1
    return 2 if any(map(any, by.values())) else 3


def _row(groups: Mapping[str, Sequence[TrialRun]], norm: str, slope: float) -> Sentence:
    """What became of the nets of one slope, start by start; nothing where there are none."""
    cells = [cell for cell in CELLS.values() if (cell.norm, cell.slope) == (norm, slope) and cell.name in groups]
    said = [say(f"{STARTS[cell.start]} ", grid.fate(groups[cell.name])) for cell in cells]
    return say(f"slope {slope:g}: ", listed(said)) if said else Sentence()


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    groups = {name: group for name, group in named(runs).items() if all(map(over, group))}
    if not groups:
        return Sentence()
    said = [
        say(f"**{capital(title)}**, ", row, ".")
        for norm, title in NORM_WORDS.items()
        for slope in SLOPES
        if (row := _row(groups, norm, slope))
    ]
    whole = [run for group in groups.values() for run in group]
    return joined("\n\n", [points(said), points(_credit(finals(whole))), f"This holds {verdicts.within(whole)}."])


def _credit(ends: Mapping[str, Spread]) -> list[str]:
    """Which nets that have learned end below others where one thing alone differs; nothing else is given credit."""
    if min(each.seeds for each in ends.values()) < 2:
        return [f"{capital(grid.ALONE)}: choose several to see what makes the difference."]
    kinds = {
        "slope": f"ReLU and slope {SLOPES[-1]:g}, from the same start, whose gain goes with the slope unless it is √2",
        "start": "Two starts that differ in one thing, all else alike",
        "norm": "With and without BatchNorm, all else alike",
    }
    return [_told(title, list(_told_apart(ends, what))) for what, title in kinds.items()]


def _told(title: str, found: Sequence[str]) -> str:
    if not found:
        none = "in no pair does every seed of the one learn, and end below every seed of the other by a fifth or more"
        return f"**{title}**: {none}."
    return (
        f"**{title}**: every seed of the one ends below every seed of the other by a fifth or more: {'; '.join(found)}."
    )


def _told_apart(ends: Mapping[str, Spread], what: str) -> Iterator[str]:
    for one, other in itertools.permutations([cell for cell in CELLS.values() if cell.name in ends], 2):
        same = {"slope": one.slope == other.slope, "start": _one_start(one, other), "norm": one.norm == other.norm}
        if [each for each, equal in same.items() if not equal] != [what]:
            continue
        if what == "slope" and {one.slope, other.slope} != {SLOPES[0], SLOPES[-1]}:
            continue
        if what == "start" and frozenset({one.start, other.start}) not in APART:
            continue
        if grid.apart(ends[one.name], ends[other.name]):
            yield _pair(one, other, what)


def _one_start(one: GridPoint, other: GridPoint) -> bool:
    """Whether both start alike; with ReLU, He's two starts by fan-out are one."""
    relu = SLOPES[0] in {one.slope, other.slope} and {one.start, other.start} == {"he", "he_slope"}
    return one.start == other.start or relu


def _pair(one: GridPoint, other: GridPoint, what: str) -> str:
    if what == "slope":
        start = max(one, other, key=lambda cell: cell.slope).start
        return f"{STARTS[start]} {NORM_WORDS[one.norm]} (slope {one.slope:g} lower)"
    if what == "start":
        thing = APART[frozenset({one.start, other.start})]
        return f"{thing}: {STARTS[one.start]} below {STARTS[other.start]} (slope {one.slope:g}, {NORM_WORDS[one.norm]})"
    return f"{one.short} ({'with' if one.norm == 'batch' else 'without'} lower)"


def _called(norm: str) -> dict[str, str]:
    return {name: cell.short for name, cell in CELLS.items() if cell.norm == norm}


def _chart(norm: str) -> Chart:
    return Chart(
        name=f"ends_{norm}",
        title=capital(NORM_WORDS[norm]),
        look="Further left is better; a bar spans the seeds. Compare rows that differ in one thing.",
        draw=grid.dots(_called(norm), residual=False),
    )


DEEP_PLAIN = Experiment(
    name="deep_plain",
    part="size",
    title="Can a plain net be deep?",
    asks="Can another start, or another activation, do without shortcuts?",
    look="plain-56, trained from four starts, with three slopes for what ReLU cuts off, without and with BatchNorm. "
    "A start has the gain √(2 / (1 + slope²)); that of √2 stands without BatchNorm alone, where this is another gain. "
    "In this order, each start differs from the next in one thing.",
    choices=grid.Seeds,
    jobs=_jobs,
    question=Prediction(
        text="Without BatchNorm, what makes plain-56 learn within these steps, that is, end below half of the loss "
        "of chance?",
        answers=ANSWERS,
        judge=_judge,
    ),
    charts=tuple(map(_chart, NORM_WORDS)),
    read=_reading,
    sketch=lambda jobs: blanks.rows(jobs, _called(next(iter(NORM_WORDS)))),
    rows=grid.rows,
    columns=grid.COLUMNS,
    source=f"{nets.DIGITS} SGD, learning rate {RATE:g}, momentum 0.9, mini-batches of 64. Delta-orthogonal starts: "
    "Xiao et al. 2018, [arXiv:1806.05393](https://arxiv.org/abs/1806.05393), here with the gain "
    "√(2 / (1 + slope²)), and √(out / in) where a layer widens; activations shaped to be nearly "
    "straight: Zhang, Botev & Martens 2022, [arXiv:2203.08120](https://arxiv.org/abs/2203.08120), after "
    "Martens et al. 2021, [arXiv:2110.01765](https://arxiv.org/abs/2110.01765).",
)
