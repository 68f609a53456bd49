"""Nets of which blocks were deleted: those that can be shown, and the charts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.experiments.sketch import Sketch
from resnet_explorer.figures.plot import Line, Plot, Rule
from resnet_explorer.figures.scale import Axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.experiments.experiment import TrialRun

DEEP = "ResNet-56"
CHANCE = 0.1


def done(runs: Sequence[TrialRun]) -> list[TrialRun]:
    """Those that were trained to their end and taken apart."""
    return [run for run in runs if run.result and run.result.blocks]


def called(run: TrialRun, runs: Sequence[TrialRun]) -> str:
    """A run's net, with its seed where there are several."""
    several = len({each.job.seed for each in runs}) > 1
    return f"{run.job.name}, seed {run.job.seed}" if several else run.job.name


def _line(run: TrialRun, name: str, x: tuple[float, ...], y: tuple[float, ...]) -> Line:
    return Line(name=name, x=x, y=y, residual=run.job.residual, weight=run.job.weight, marked=True)


BLANK = Sketch(
    x=Axis(
        "the block that is gone, from the first (0) to the last (1)", ends=(0.0, 1.0), ticks=(0, 0.25, 0.5, 0.75, 1)
    ),
    y=Axis("test accuracy, %", ends=(0.0, 102.0), ticks=(0, 20, 40, 60, 80, 100)),
    line=DEEP,
    residual=True,
    rules=(Rule(100 * CHANCE, "chance"),),
)


def single(runs: Sequence[TrialRun]) -> Plot | None:
    """The accuracy without each block."""
    lines = tuple(
        _line(
            run,
            called(run, runs),
            tuple(i / (len(run.result.blocks) - 1) for i in range(len(run.result.blocks))),
            tuple(100 * each for each in run.result.without),
        )
        for run in done(runs)
    )
    return Plot(lines=lines, x=BLANK.x, y=BLANK.y, rules=BLANK.rules) if lines else None


def several(runs: Sequence[TrialRun]) -> Plot | None:
    """The accuracy without so many blocks."""
    lines = tuple(
        _line(
            run,
            called(run, runs),
            (0.0, *(float(each.deleted) for each in run.result.several)),
            (100 * run.result.intact, *(100 * each.mean for each in run.result.several)),
        )
        for run in done(runs)
    )
    y = Axis("test accuracy, %, mean of 8 draws", ends=(0.0, 102.0))
    return Plot(lines=lines, x=Axis("blocks deleted at random"), y=y) if lines else None
