"""The variance of the signal along the net, block by block."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.sentence import Sentence, say
from resnet_explorer.experiments import nets
from resnet_explorer.experiments.choices import Choices
from resnet_explorer.experiments.experiment import Chart, Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.sketch import Sketch
from resnet_explorer.experiments.words import points
from resnet_explorer.experiments.workings import quotient, worked
from resnet_explorer.figures.plot import Line, Plot
from resnet_explorer.figures.scale import Axis
from resnet_explorer.spec import NetSpec, ResNetOptions
from resnet_explorer.tasks.profile import ProfileConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.worked import Worked

STAGE_BLOCKS = 27
STAYS, MULTIPLIES = 1.3, 5.0
"""Growth over the second half of the blocks: in proportion to the number of blocks it is about 2."""
BATCH = "ResNet, BatchNorm"
VARIANTS: dict[str, tuple[dict[str, Any], float]] = {
    BATCH: ({}, 1.0),
    "ResNet, pre-activation": ({"block": "preact_basic"}, 0.75),
    "ResNet, no BatchNorm": ({"norm": "none"}, 0.5),
    "ResNet, zero-γ": ({"zero_gamma": True}, 0.0),
    "plain, BatchNorm": ({"residual": False}, 1.0),
    "plain, no BatchNorm": ({"residual": False, "norm": "none"}, 0.5),
}
"""Options of the net, and how heavy its line is."""
NORMED = tuple(name for name, (options, _) in VARIANTS.items() if "norm" not in options)


def _jobs(choices: Choices) -> tuple[Trial, ...]:
    base = ResNetOptions(blocks=(STAGE_BLOCKS,), width=16, stem="cifar", shortcut="A")
    net = NetSpec(options=base, image=8, classes=10)
    return tuple(
        Trial(
            name=name,
            config=ProfileConfig(net=net.having(**options), batch=64, seed=choices.seed),
            residual=options.get("residual", True),
            weight=weight,
        )
        for name, (options, weight) in VARIANTS.items()
    )


def _signal(run: TrialRun) -> tuple[float, ...]:
    return tuple(run.result.of("signal").values)


_BLANK = Sketch(
    x=Axis("block (0: the stem)", ends=(0.0, float(STAGE_BLOCKS)), ticks=(0, 5, 10, 15, 20, 25)),
    y=Axis("variance of the signal", ends=(0.0, 30.0), ticks=(0, 5, 10, 15, 20, 25, 30)),
    line="ResNet, BatchNorm",
    residual=True,
)


def _chart(runs: Sequence[TrialRun], *, log: bool, names: Sequence[str] = ()) -> Plot | None:
    lines = tuple(
        Line(
            name=run.job.name,
            x=tuple(range(len(_signal(run)))),
            y=_signal(run),
            residual=run.job.residual,
            weight=run.job.weight,
        )
        for run in runs
        if run.result and (not names or run.job.name in names)
    )
    if not lines:
        return None
    y = Axis("variance of the signal (log)", log=True) if log else _BLANK.y
    return Plot(lines=lines, x=_BLANK.x, y=y)


def _grown(signal: Sequence[float], place: int = 0) -> Worked:
    """How many times the variance at a place that at the end is."""
    one, other = signal[-1], signal[place]
    of = f"variances behind the last block and behind {f'block {place}' if place else 'the stem'}"
    return worked(one / other if other else math.nan, quotient(one, other, of))


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    run = next((run for run in runs if run.result and run.job.name == BATCH), None)
    if run is None:
        return None
    signal = _signal(run)
    middle = len(signal) // 2
    late = signal[-1] / signal[middle]
    whole, half = _grown(signal), _grown(signal, middle)
    words = say(f"over {len(signal) - 1} blocks it becomes × ", whole, ", over their second half × ", half)
    return Verdict(0 if late < STAYS else 1 if late < MULTIPLIES else 2, words)


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    found = {run.job.name: _signal(run) for run in runs if run.result}
    said = [say(f"**{name}**: × ", _grown(found[name])) for name in VARIANTS if name in found]
    more = (
        "Where each branch adds about the same amount, as BatchNorm makes it do, the signal grows in a straight line, "
        "and a block's own share falls like one over its number: near the identity. Without BatchNorm each block "
        "multiplies."
    )
    return say(f"From the stem to the end of {STAGE_BLOCKS} blocks:\n\n", points(said, more)) if said else Sentence()


def _rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    return [
        {"net": run.job.name, "seed": run.job.seed, "block": index, "path": path, "variance": value}
        for run in runs
        if run.result
        for index, (path, value) in enumerate(zip(run.result.of("signal").paths, _signal(run), strict=True))
    ]


_COLUMNS = {"variance": "{variance}: the variance of all values behind `{path}`, over the mini-batch of 64"}


VARIANCE = Experiment(
    name="variance",
    part="shortcut",
    title="Variance along the path",
    asks="Why does BatchNorm keep a residual block near the identity?",
    look=f"The variance of what each of {STAGE_BLOCKS} blocks hands on, at initialisation.",
    choices=Choices,
    jobs=_jobs,
    question=Prediction(
        text=f"How does the variance grow over the {STAGE_BLOCKS} blocks of a ResNet with BatchNorm?",
        answers=("it stays as it is", "in proportion to the block's number", "by a factor each block"),
        judge=_judge,
    ),
    charts=(
        Chart(
            name="linear",
            title="Those with BatchNorm, on a linear axis",
            look="A straight line means the same amount for each block.",
            draw=functools.partial(_chart, log=False, names=NORMED),
        ),
        Chart(
            name="variance",
            title="All six nets, on a log axis",
            look="A straight line means a factor for each block.",
            draw=functools.partial(_chart, log=True),
        ),
    ),
    read=_reading,
    sketch=lambda _: _BLANK,
    rows=_rows,
    columns=_COLUMNS,
    source=f"{nets.DIGITS} One stage of width 16, mini-batch of 64; the variance of all values behind a block, over "
    f"channels, pixels and images. Linear growth of the expected square, behind blocks whose shortcut has no ReLU, as "
    f"those of pre-activation: {nets.DE_SMITH}. The question is about the block of 2015, whose ReLU follows the "
    "addition.",
)
