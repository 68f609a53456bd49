"""A number that is none is told by what became of it: an overflow is no lack of gradient, and no growth."""

import dataclasses
import math

import pytest

from resnet_explorer.experiments import EXPERIMENTS, TrialRun
from resnet_explorer.experiments.choices import Sweep
from resnet_explorer.tasks.gradients import Gradients
from resnet_explorer.tasks.profile import Series
from resnet_explorer.tasks.train import Step
from tests.experiments.made import ended, profiled


def overflowing(runs: list[TrialRun], loss: float, ratio: float) -> list[TrialRun]:
    """The same runs, in which the loss or a gradient is no number."""
    made = []
    for run in runs:
        series = tuple(each._replace(values=(ratio, *each.values[1:])) for each in run.result.series)
        made.append(
            dataclasses.replace(run, result=dataclasses.replace(run.result, series=series, loss=loss, ratio=ratio))
        )
    return made


def test_an_overflow_at_the_start_is_not_called_dead() -> None:
    at_start, runs = EXPERIMENTS["at_start"], profiled()
    for loss, ratio, said in (
        (math.nan, math.nan, "exploded: the loss is not a finite number"),
        (2.3, math.inf, "exploded: a gradient is not a finite number"),
    ):
        lost = overflowing(runs, loss, ratio)
        assert said in at_start.reading(lost)
        assert "dead" not in at_start.reading(lost)
        verdict = at_start.question.judge(lost)
        assert verdict is not None
        assert verdict.right == 3
        assert said in verdict.measured


@pytest.mark.parametrize("norm", [True, False])
@pytest.mark.parametrize(("end", "said"), [(0, "vanished: exactly 0"), (-1, "no gradient in the last layer")])
def test_an_end_without_gradient_is_no_growth_and_no_part_of_the_other(end: int, said: str, *, norm: bool) -> None:
    runs = [
        dataclasses.replace(
            run,
            result=dataclasses.replace(
                run.result, series=tuple(each._replace(values=_without(run, each, end)) for each in run.result.series)
            ),
        )
        for run in profiled(norm=norm, init="he")
    ]
    verdict = EXPERIMENTS["at_start"].question.judge(runs)
    assert verdict is not None
    assert verdict.right == 3
    assert said in verdict.measured


def _without(run: TrialRun, series: Series, end: int) -> tuple[float, ...]:
    """What was read, but for an outer convolution that has no gradient."""
    return tuple(
        0.0 if path == run.result.main[end] else value for path, value in zip(series.paths, series.values, strict=True)
    )


def swept(choices: Sweep, loss: float, ratio: float, norms: tuple[float, ...] = ()) -> list[TrialRun]:
    """A sweep in which the deepest nets have that loss and that ratio."""
    return [
        TrialRun(job=job, result=(
            Gradients(paths=(), norms=norms, loss=loss, ratio=ratio) if job.name.endswith("-110")
            else Gradients(paths=(), norms=(), loss=2.3, ratio=1.0)
        ))
        for job in EXPERIMENTS["depth_sweep"].jobs(choices)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("loss", "ratio", "norms", "words"),
    [
        (math.nan, math.nan, (), "exploded: the loss is not a finite number"),
        (math.inf, 1.0, (), "exploded: the loss is not a finite number"),
        (2.3, math.inf, (math.inf, 1.0), "exploded: a gradient is not a finite number"),
        (2.3, math.nan, (0.0, 0.0), "dead: no gradient at either end"),
        (2.3, math.inf, (1.0, 0.0), "no gradient in the last layer"),
    ],
)
def test_the_sweep_tells_an_overflow_from_no_gradient(
    loss: float, ratio: float, norms: tuple[float, ...], words: str
) -> None:
    sweep = EXPERIMENTS["depth_sweep"]
    runs = swept(Sweep(setting="none_pytorch"), loss, ratio, norms)
    assert f"no ratio at 110 ({words})" in sweep.reading(runs)
    assert {row["regime"] for row in sweep.rows(runs) if row["net"].endswith("-110")} == {words}
    verdict = sweep.question.judge(runs)
    assert verdict is not None
    assert sweep.question.answers[verdict.right] == "below 1, or there is none"
    assert words in verdict.measured
    assert sweep.charts[0].draw(runs) is not None


def test_a_training_that_begins_with_an_overflow_is_not_called_dead() -> None:
    vanishing = EXPERIMENTS["vanishing"]
    lost = (Step(0, math.nan, (math.nan, math.nan), math.nan, (1.0, 1.0)),)
    runs = [
        dataclasses.replace(ended(job, math.nan, "diverged"), records=lost)
        for job in vanishing.jobs(vanishing.choices())
    ]
    assert "exploded: the loss is not a finite number" in vanishing.reading(runs)
    assert "dead" not in vanishing.reading(runs)
