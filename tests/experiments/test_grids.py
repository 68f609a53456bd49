"""The grids: what they credit, and what they leave open, by made-up losses of every kind."""

import dataclasses
import math
from collections.abc import Callable

import pytest

from resnet_explorer.experiments import EXPERIMENTS, deep_plain, without_norm
from resnet_explorer.experiments.experiment import TrialRun
from resnet_explorer.tasks.train import Step
from tests.experiments.made import ended

DEEP, BARE = EXPERIMENTS["deep_plain"], EXPERIMENTS["without_norm"]
LOW, HIGH = 0.05, 2.3


def made(name: str, loss: Callable[[str, int], float], **choices: int) -> list[TrialRun]:
    """The runs of a grid with these losses, by the net's name and the seed; one that is no number has diverged."""
    experiment = EXPERIMENTS[name]
    runs = []
    for job in experiment.jobs(experiment.choices(**choices)):
        value = loss(job.name, job.seed)
        run = ended(job, value, "done" if math.isfinite(value) else "diverged")
        runs.append(dataclasses.replace(run, records=(Step(2, value, (), 1.0),)))
    return runs


def of_slope(slope: str, *starts: str) -> Callable[[str, int], float]:
    """Those nets alone have learned, and all with BatchNorm."""
    return lambda name, seed: (
        LOW + 0.001 * seed
        if "with BatchNorm" in name or (name.startswith(f"slope {slope},") and any(each in name for each in starts))
        else HIGH + 0.001 * seed
    )


@pytest.mark.parametrize(
    ("loss", "right"),
    [
        (of_slope("0", "delta"), 0),
        (of_slope("0", "He by fan-out"), 4),
        (of_slope("0.8", "He by fan-out", "He by fan-in", "delta"), 1),
        (of_slope("0.8", "He by fan-out", "delta"), 2),
        (of_slope("0.5", "delta"), 2),
        (of_slope("none"), 3),
    ],
)
def test_what_makes_a_plain_net_learn_is_read_off_the_grid(loss: Callable[[str, int], float], right: int) -> None:
    assert DEEP.answer(made("deep_plain", loss)) == right


def test_where_the_seeds_differ_it_is_not_told() -> None:
    mixed = made("deep_plain", lambda name, seed: LOW if seed == 1 and name.startswith("slope 0.8") else HIGH)
    verdict = DEEP.question.judge(mixed)
    assert verdict
    assert verdict.right is None
    assert "depends on the seed for slope 0.8, He by fan-out" in verdict.measured


def test_after_few_steps_that_none_learns_is_not_told() -> None:
    few = made("deep_plain", of_slope("none"), steps=10)
    verdict = DEEP.question.judge(few)
    assert verdict
    assert verdict.right is None
    assert "too few steps" in verdict.measured
    assert DEEP.answer(made("deep_plain", lambda _name, _seed: LOW, steps=10)) == 4


def test_credit_goes_only_to_what_the_seeds_tell_apart() -> None:
    said = DEEP.reading(made("deep_plain", of_slope("0.8", "He by fan-out", "delta")))
    assert "He by fan-out without BatchNorm (slope 0.8 lower)" in said
    assert "He by fan-out, gain √2 without BatchNorm (slope 0.8 lower)" in said
    assert "He by fan-in without BatchNorm (slope" not in said
    assert "delta-orthogonal below He by fan-in (slope 0.8, without BatchNorm)" in said
    assert "orthogonal kernels: delta-orthogonal below He by fan-in (slope 0.8, without BatchNorm)" in said
    assert "the fan: He by fan-out below He by fan-in (slope 0.8, without BatchNorm)" in said
    assert "the gain: " not in said
    assert "delta-orthogonal below He by fan-out" not in said  # these differ in two things
    assert "slope 0, He by fan-in (with lower)" in said
    assert "slope 0.8, delta-orthogonal (" not in said  # with BatchNorm it ends alike


def test_seeds_that_overlap_are_not_told_apart_and_one_seed_tells_nothing() -> None:
    alike = made("deep_plain", lambda name, seed: HIGH - 0.1 * ((len(name) + seed) % 3))
    assert DEEP.reading(alike).count("in no pair does every seed of the one learn") == 3
    runs = made("deep_plain", of_slope("0.8", "delta"), repeat=1)
    single, verdict = DEEP.reading(runs), DEEP.question.judge(runs)
    assert "One seed tells nothing apart" in single
    assert "every seed" not in single
    assert verdict
    assert (verdict.right, verdict.measured.partition(":")[0]) == (None, "one seed tells nothing apart")


@pytest.mark.parametrize("name", ["deep_plain", "without_norm"])
@pytest.mark.parametrize("repeat", [1, 3])
def test_a_grid_is_read_after_each_job_that_ends(name: str, repeat: int) -> None:
    runs = made(name, lambda _name, _seed: LOW, repeat=repeat)
    for count in range(len(runs) + 1):
        waiting = [TrialRun(job=run.job) for run in runs[count:]]
        said = EXPERIMENTS[name].reading([*runs[:count], *waiting])
        assert bool(said) == (count > len(runs) * (repeat - 1) // repeat)


def test_what_diverged_is_said_and_is_above_nobody() -> None:
    runs = made("deep_plain", lambda name, _seed: math.nan if "delta" in name else HIGH)
    said = DEEP.reading(runs)
    assert "delta-orthogonal no finite loss from step 3 on" in said
    assert "every seed of the one ends below" not in said
    assert "nan" not in said.lower()
    drawn = [chart.draw(runs) for chart in DEEP.charts]
    assert all("slope 0, delta-orthogonal: diverged not a finite number" in chart.words() for chart in drawn if chart)
    some = BARE.charts[0].draw(made("without_norm", lambda name, seed: math.nan if ", He" in name and seed else 0.1))
    assert some
    assert "no BatchNorm, He: diverged with 2 of 3" in some.words()


def test_charts_of_one_grid_have_one_scale() -> None:
    runs = made("deep_plain", lambda name, _seed: HIGH if "without" in name else LOW)
    one, other = (chart.draw(runs).figure().layout.xaxis.range for chart in DEEP.charts)  # type: ignore[union-attr]
    assert one == other


def without(*learning: str) -> Callable[[str, int], float]:
    return lambda name, seed: (
        LOW + 0.001 * seed if any(each in name for each in (", BatchNorm", *learning)) else math.nan
    )


@pytest.mark.parametrize(
    ("learning", "right"),
    [((), 0), (("scalar",), 1), (("Fixup",), 1), (("Fixup", "1/√"), 2), (("1/√",), 3), (("no BatchNorm",), 4)],
)
def test_what_stands_in_for_batchnorm_is_read_off_the_deeper_net(learning: tuple[str, ...], right: int) -> None:
    assert BARE.answer(made("without_norm", without(*learning))) == right


def test_a_net_that_learns_with_some_seeds_settles_nothing() -> None:
    verdict = BARE.question.judge(made("without_norm", lambda name, seed: LOW if "Batch" in name and seed else HIGH))
    assert verdict
    assert verdict.right is None
    assert "depends on the seed" in verdict.measured


def test_against_batchnorm_only_what_the_seeds_tell_apart_is_said() -> None:
    said = BARE.reading(
        made(
            "without_norm", lambda name, seed: (0.5 if "scalars" in name else 0.1) + 0.01 * seed + 0.005 * ("√" in name)
        )
    )
    assert "each seed ends above each with BatchNorm by a fifth or more: no BatchNorm, scalars from 0." in said
    assert "ends below" not in said
    assert "1/√blocks**: 0.115" in said


@pytest.mark.parametrize("name", ["deep_plain", "without_norm"])
def test_of_nets_at_chance_none_ends_below_another(name: str) -> None:
    """Their losses are apart, but say nothing of what they learn."""
    first = {"deep_plain": "with BatchNorm", "without_norm": "no BatchNorm"}[name]
    for low in (2.3, 1.2):
        said = EXPERIMENTS[name].reading(made(name, lambda net, _seed, low=low: low if first in net else 3.7, steps=4))
        assert "by a fifth or more:" not in said
        assert "do not tell" not in said
    said = EXPERIMENTS[name].reading(made(name, lambda net, _seed: 1.1 if first in net else 3.7))
    assert "by a fifth or more:" in said


def test_the_grids_are_whole() -> None:
    jobs = DEEP.standard()
    assert len(jobs) == len(set(jobs)) == 60
    cells = {
        (job.config.net.options.norm, job.config.net.options.activation, job.config.net.options.slope, job.config.init)
        for job in jobs
    }
    assert len(cells) == 20
    assert {job.config.lr for job in jobs} == {deep_plain.RATE}
    assert {job.config.net.options.branch_scale for job in BARE.standard()} == {"none", "zero", "depth"}
    assert len(BARE.standard()) == 3 * 2 * len(without_norm.VARIANTS)
