"""Jacobian spectrum: which small changes of the signal survive a stack of blocks?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.sentence import Sentence, say
from resnet_explorer.experiments import nets
from resnet_explorer.experiments.choices import Choices
from resnet_explorer.experiments.experiment import Chart, Experiment, Prediction, Trial, TrialRun, Verdict
from resnet_explorer.experiments.sketch import Sketch
from resnet_explorer.experiments.words import points
from resnet_explorer.experiments.workings import fine, worked
from resnet_explorer.figures.plot import Line, Plot, Rule
from resnet_explorer.figures.scale import Axis
from resnet_explorer.spec import NetSpec, ResNetOptions
from resnet_explorer.tasks.jacobian import JacobianConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis.worked import Worked

STAGE_BLOCKS = (3, 27)
LEAST = 1e-6
"""Smaller singular values are not drawn: they are rounding."""
KEPT = 0.01
"""Of the largest singular value: what is below it counts as lost."""
DEEP = "plain, 54 layers"
BOUNDS = (25, 128)


def _jobs(choices: Choices) -> tuple[Trial, ...]:
    made = []
    for blocks in STAGE_BLOCKS:
        for residual in (False, True):
            options = ResNetOptions(blocks=(blocks,), width=4, stem="cifar", shortcut="A", residual=residual)
            config = JacobianConfig(net=NetSpec(options=options, image=8, classes=10), seed=choices.seed)
            name = f"{'ResNet' if residual else 'plain'}, {2 * blocks} layers"
            made.append(Trial(name=name, config=config, residual=residual, weight=blocks / STAGE_BLOCKS[-1]))
    return tuple(made)


def kept(values: Sequence[float]) -> int:
    """How many directions are stretched by more than a hundredth of what the strongest is."""
    return sum(value > KEPT * values[0] for value in values)


_BLANK = Sketch(
    x=Axis("direction, strongest first", ends=(1.0, 256.0), ticks=(1, 64, 128, 192, 256)),
    y=Axis("singular value (log)", log=True, ends=(LEAST, 1 / LEAST)),
    line=DEEP,
    rules=(Rule(1.0, "unchanged"),),
)


def _chart(runs: Sequence[TrialRun]) -> Plot | None:
    lines = tuple(
        Line(
            name=run.job.name,
            x=tuple(float(i) for i in range(1, len(run.result.values) + 1)),
            y=tuple(value if value > LEAST else float("nan") for value in run.result.values),
            residual=run.job.residual,
            weight=run.job.weight,
        )
        for run in runs
        if run.result
    )
    return Plot(lines=lines, x=_BLANK.x, y=_BLANK.y, rules=_BLANK.rules) if lines else None


def _judge(runs: Sequence[TrialRun]) -> Verdict | None:
    run = next((run for run in runs if run.result and run.job.name == DEEP), None)
    if run is None:
        return None
    count, of = _kept(run), f" of {len(run.result.values)} are stretched more than a hundredth as much as the strongest"
    return Verdict(sum(count.value > bound for bound in BOUNDS), say(count, of))


def _kept(run: TrialRun) -> Worked:
    """That count, with the value that each of them is above."""
    values, count = run.result.values, kept(run.result.values)
    above = f"singular values above {KEPT} · {fine(values[0])} = {fine(KEPT * values[0])}"
    return worked(count, f"{above}: {count} of {len(values)}", f"{count}")


def _said(run: TrialRun) -> Sentence:
    """How many directions of a net are kept, and how far the strongest is stretched."""
    count, most = _kept(run), worked(run.result.values[0], _LARGEST)
    of = f" of {len(run.result.values)} directions are stretched more than a hundredth as much as the strongest"
    return say(f"**{run.job.name}**: ", count, of, ", which is stretched × ", most, ".")


def _reading(runs: Sequence[TrialRun]) -> Sentence:
    more = (
        "A small change along one of the others changes the output at most a hundredth as much as one of the same "
        "size along the strongest. That is so around one digit, in one draw of the weights."
    )
    return points([_said(run) for run in runs if run.result], more)


def _rows(runs: Sequence[TrialRun]) -> list[dict[str, Any]]:
    return [
        {"net": run.job.name, "seed": run.job.seed, "direction": index, "singular_value": value}
        for run in runs
        if run.result
        for index, value in enumerate(run.result.values, 1)
    ]


_MATRIX = "of the matrix of all derivatives of the stage's output by its input"
_LARGEST = f"the largest singular value {_MATRIX}"
_COLUMNS = {"singular_value": f"{{singular_value}}: singular value no. {{direction}}, largest first, {_MATRIX}"}


JACOBIAN = Experiment(
    name="jacobian",
    part="direction",
    title="Jacobian spectrum",
    asks="How many directions of the signal survive a deep stack?",
    look="By how much each of the 256 directions of the signal is stretched between the stem and the end of the stage.",
    choices=Choices,
    jobs=_jobs,
    question=Prediction(
        text="After 54 plain layers, how many of 256 directions are stretched more than a hundredth as much as the "
        "strongest?",
        answers=("a tenth of them at most", "up to half of them", "more than half"),
        judge=_judge,
    ),
    charts=(
        Chart(
            name="spectrum",
            title="Singular values",
            look="A flat line near 1 would hand every direction on as it is. Below a millionth nothing is drawn.",
            draw=_chart,
        ),
    ),
    read=_reading,
    sketch=lambda _: _BLANK,
    rows=_rows,
    columns=_COLUMNS,
    source=f"{nets.DIGITS} One stage of width 4 on 8 × 8 maps at initialisation, around one digit, BatchNorm's "
    "statistics those of one mini-batch and held fixed; exact, by 256 backward passes at once. Spectra of whole nets, "
    "of deep linear ones: Saxe et al. 2014, [arXiv:1312.6120](https://arxiv.org/abs/1312.6120); of wide fully "
    "connected ones: Pennington et al. 2017, [arXiv:1711.04735](https://arxiv.org/abs/1711.04735).",
)
