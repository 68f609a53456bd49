"""What made it work? A small ResNet-34, and the same net with one design choice at a time undone or changed."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.analysis import analyse
from resnet_explorer.analysis.conventions import capital, listed
from resnet_explorer.analysis.frozen import outer
from resnet_explorer.analysis.sentence import Sentence, joined, say
from resnet_explorer.experiments import blanks, grid, nets, training, verdicts
from resnet_explorer.experiments.experiment import Chart, Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.words import ENDS, final, finals, named, over, points, spread
from resnet_explorer.figures.dots import Dot, Dots
from resnet_explorer.figures.plot import Rule
from resnet_explorer.figures.scale import Axis
from resnet_explorer.spec import PRESETS
from resnet_explorer.tasks.train import TAIL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resnet_explorer.experiments.columns import Column
    from resnet_explorer.spec import NetSpec


class Ablation(NamedTuple):
    """A net with one choice undone: what it is called, the options of the net that differ, and the initialisation."""

    name: str
    options: dict[str, Any]
    init: str = "he"


WHOLE = Ablation("ResNet-34 as it is", {})
PLAIN = Ablation("plain-34, no shortcuts", {"residual": False})
BARE = Ablation("ResNet-34, no BatchNorm", {"norm": "none"})
START = Ablation("ResNet-34, PyTorch's start", {}, "pytorch")
SHALLOW = Ablation("ResNet-18, wider, not deeper", {"blocks": (2, 2, 2, 2), "width": 11})
CHOICES = (
    WHOLE,
    PLAIN,
    BARE,
    START,
    Ablation("ResNet-34, γ from 0", {"zero_gamma": True}),
    Ablation("ResNet-34, projections everywhere", {"shortcut": "C"}),
    Ablation("ResNet-34, last ReLU before the addition", {"block": "relu_before_add"}),
    Ablation("ResNet-34, pre-activation", {"block": "preact_basic"}),
    Ablation("ResNet-34, 7×7 stem and max pooling", {"stem": "imagenet"}),
    SHALLOW,
)
ANSWERS = ("the shortcuts", "BatchNorm", "He's start", "depth", "another one")
HIGHEST = 2
_LEADING = (PLAIN.name, BARE.name, START.name, SHALLOW.name)


def _jobs(choices: grid.Seeds) -> tuple[Trial, ...]:
    net = PRESETS["demo_resnet34"].spec
    return tuple(
        Trial(
            name=each.name,
            config=training.train(net.having(**each.options), seed, init=each.init, steps=choices.steps),
            residual=each is not PLAIN,
        )
        for seed in choices.seeds
        for each in CHOICES
    )


@functools.lru_cache(maxsize=64)
def _counted(net: NetSpec) -> tuple[int, int]:
    """Its parameters and its multiply-adds."""
    report = analyse(net)
    return report.params, report.macs


def _loss(run: TrialRun) -> float:
    """Its loss at the end; without bound where it diverged."""
    return math.inf if verdicts.diverged(run) else final(run)


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    """The net that ends highest with every seed, by a fifth or more above all with every seed, the net as it is too.

    Seed by seed it would be told more often, and otherwise by another processor: rounding alone moves the losses of
    these nets as far as another seed does.
    """
    if not all(map(over, runs)):
        return None
    if grid.alone(runs):
        return Verdict(None, say(f"{grid.ALONE}: ", _ends(runs)))
    groups = {name: [*map(_loss, group)] for name, group in named(runs).items()}
    if idle := verdicts.idle(named(runs)[WHOLE.name]):
        return Verdict(None, say(f"of the net as it is, {idle}, so that nothing is compared with it: ", _ends(runs)))
    worst = max((name for name in groups if name != WHOLE.name), key=lambda name: min(groups[name]))
    least = grid.APART * min(groups[worst])
    if rivals := [name for name, each in groups.items() if _answer(name) != _answer(worst) and not max(each) < least]:
        alike = f"“{worst}” does not end above {listed(f'“{name}”' for name in rivals)} by a fifth with every seed"
        return Verdict(None, say(f"{alike}: ", _ends(runs)))
    return Verdict(_answer(worst), _ends(runs))


def _ends(runs: Sequence[TrialRun]) -> Sentence:
    """The net as it is and the two nets that end highest with a seed; the reading tells of all."""
    groups = named(runs)
    highest = sorted(groups, key=lambda name: max(map(_loss, groups[name])), reverse=True)[:HIGHEST]
    return joined("; ", (say(f"{name}: ", grid.fate(groups[name])) for name in dict.fromkeys([WHOLE.name, *highest])))


def _answer(name: str) -> int | None:
    """The answer to which a net belongs, by its place; none of the net as it is."""
    if name == WHOLE.name:
        return None
    return _LEADING.index(name) if name in _LEADING else len(_LEADING)


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    whole = {name: group for name, group in named(runs).items() if all(map(over, group))}
    if not whole:
        return Sentence()
    every = [run for group in whole.values() for run in group]
    said = [say(f"**{name}**: ", grid.fate(group), ".") for name, group in whole.items()]
    return points(said, _credit(every), f"This holds {verdicts.within(every)} and at this learning rate.")


def _credit(runs: Sequence[TrialRun]) -> str:
    """Which nets end above the net as it is, which below it, and which neither with every seed."""
    ends, groups = finals(runs), named(runs)
    if WHOLE.name not in ends or len(ends) < 2:
        return ""
    if grid.alone(runs):
        return f"{capital(grid.ALONE)}."
    if idle := verdicts.idle(groups[WHOLE.name]):
        return f"Of the net as it is, {idle}, so that nothing is compared with it."
    kinds: dict[str, list[str]] = {_HIGHER: [], _LOWER: [], _LOST: [], _ALIKE: []}
    for name, each in ends.items():
        if name != WHOLE.name:
            lost = any(map(verdicts.diverged, groups[name]))
            kinds[_LOST if lost else _kind(each, ends[WHOLE.name])].append(name)
    return " ".join(f"{what}: {'; '.join(names)}." for what, names in kinds.items() if names)


_HIGHER = "With every seed these end above the net as it is with every seed, by a fifth or more"
_LOWER = "With every seed these end below the net as it is with every seed, by a fifth or more"
_LOST = "Diverged with a seed or more"
_ALIKE = "These end neither above nor below the net as it is by a fifth with every seed"


def _kind(each: Any, as_it_is: Any) -> str:
    if grid.apart(as_it_is, each):
        return _HIGHER
    return _LOWER if grid.apart(each, as_it_is) else _ALIKE


def _move(run: TrialRun, place: int) -> float:
    """How far its first (0) or last (1) convolution moves in the last step; no number where that is not known."""
    where, moves = outer(run.job.config.net)[place], run.steps[-1].moves  # type: ignore[attr-defined]
    return moves[where] if len(moves) > where else math.nan


def _dots(read: Callable[[TrialRun], float], x: Axis, how: str) -> Callable[[Sequence[TrialRun]], Dots | None]:
    def draw(runs: Sequence[TrialRun]) -> Dots | None:
        groups = named([run for run in runs if run.steps])
        found = tuple(
            Dot(name, *spread(list(map(read, group)))[:3], residual=group[0].job.residual)
            for name, group in groups.items()
        )
        rules = tuple(
            Rule(dot.value, "as it is") for dot in found if dot.name == WHOLE.name and math.isfinite(dot.value)
        )
        return Dots(dots=found, x=x, how=f"{how}, and over the seeds", rules=rules) if found else None

    return draw


def _rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    return [
        {
            "net": run.job.name,
            "seed": run.job.seed,
            "state": run.result.status if run.result else "running",
            "params": _counted(run.job.config.net)[0],  # type: ignore[attr-defined]
            "macs": _counted(run.job.config.net)[1],  # type: ignore[attr-defined]
            "first_last_ratio": run.steps[0].ratio,
            "first_update_ratio": _move(run, 0),
            "last_update_ratio": _move(run, 1),
            "final_loss": final(run),
        }
        for run in runs
        if run.steps
    ]


_COLUMNS: dict[str, Column] = {
    "params": "{params}: the sizes of all weights, added up",
    "macs": "{macs}: the multiply-adds of one image, added up over all layers",
    "first_last_ratio": f"{{first_last_ratio}}: at the first step, the quotient of the {ENDS}",
    "first_update_ratio": "‖ΔW‖ ÷ ‖W‖ = {first_update_ratio} in the last step, of the first convolution",
    "last_update_ratio": "‖ΔW‖ ÷ ‖W‖ = {last_update_ratio} in the last step, of the main path's last convolution",
    "final_loss": grid.COLUMNS["final_loss"],
}

_RATIO = Axis("first / last gradient norm at the first step (log)", log=True)
_MOVE = Axis("‖ΔW‖ ÷ ‖W‖ in the last step (log)", log=True)

ABLATION = Experiment(
    name="ablation",
    part="trouble",
    title="What made it work",
    asks="Which design choice of a ResNet-34 does it miss most, if one at a time is taken away?",
    look="A small ResNet-34 with zero-padded shortcuts, and the same net with one design choice at a time undone or "
    "changed. Watch how far each dot stands from the first, and how wide the bars of the seeds are.",
    choices=grid.Seeds,
    jobs=_jobs,
    question=Prediction(
        text="Which one is missed most: whose change ends at the highest training loss?", answers=ANSWERS, judge=_judge
    ),
    charts=(
        Chart(
            name="ends",
            title="Loss at the end",
            look="Further left is better; the bar spans the seeds. What diverged has no dot.",
            draw=_dots(final, blanks.END, f"mean of the last {TAIL} mini-batches"),
        ),
        Chart(
            name="ratios",
            title="First against last layer, at the start",
            look="Right of 1 the gradient leans to the input. With γ from 0 the last layer has none to divide by.",
            draw=_dots(lambda run: run.steps[0].ratio, _RATIO, "quotient of two measured norms"),
        ),
        Chart(
            name="moves",
            title="How far the first layer moves at the end",
            look="By what share of its weights the first convolution moves in the last step.",
            draw=_dots(functools.partial(_move, place=0), _MOVE, "measured"),
        ),
    ),
    read=_reading,
    rows=_rows,
    columns=_COLUMNS,
    source=f"{nets.DIGITS} SGD, learning rate 0.02, momentum 0.9, mini-batches of 64. Shortcuts and their options: "
    f"{nets.HE}; BatchNorm: Ioffe & Szegedy 2015, [arXiv:1502.03167](https://arxiv.org/abs/1502.03167); He's start: He "
    "et al. 2015, [arXiv:1502.01852](https://arxiv.org/abs/1502.01852); ReLU before the addition, pre-activation: He "
    "et al. 2016, [arXiv:1603.05027](https://arxiv.org/abs/1603.05027); γ from 0: Goyal et al. 2017, "
    "[arXiv:1706.02677](https://arxiv.org/abs/1706.02677).",
    moves=True,
    sketch=blanks.rows,
)
