"""What is said of runs is true of them, whatever they are."""

import dataclasses
import math
from typing import Any

from resnet_explorer.experiments import TASKS
from resnet_explorer.laboratory import EXPERIMENTS, Job, Run
from resnet_explorer.laboratory.choices import AtStart, Race, Sweep
from resnet_explorer.records import Gradients, Lesion, Step
from tests.laboratory.made import ended


def profiled(**choices: Any) -> list[Run]:
    """At the start, with nets as they are."""
    jobs = EXPERIMENTS["at_start"].jobs(AtStart(**{"net": "cifar_resnet20", "seed": 7, **choices}))
    return [
        Run(
            job=job,
            result=TASKS["profile"].run(dataclasses.replace(job.config, batch=8), lambda _: None, lambda: False),
        )
        for job in jobs
    ]


def test_without_biases_the_weight_gradients_are_even_and_the_reading_says_that_this_deceives() -> None:
    with_biases = profiled(norm=False, init="pytorch")[0].result
    runs = profiled(norm=False, init="pytorch_unbiased")
    plain = runs[0].result
    assert with_biases.ratio < 1e-4
    assert 0.05 < plain.ratio < 20
    first, *_, last = plain.along("activation_gradient")
    assert first < 1e-3 * last
    said = EXPERIMENTS["at_start"].reading(runs)
    assert "even in the weights alone" in said
    assert "0.4082 = 1/√6" in said


def test_any_nets_stand_side_by_side_at_the_start() -> None:
    runs = profiled(net="vgg11", norm=True, third="cifar_resnet20", fourth="cifar_plain20")
    assert [run.job.residual for run in runs] == [False, True, False]
    assert EXPERIMENTS["at_start"].question.judge(runs) is not None
    rows = EXPERIMENTS["at_start"].rows(runs)
    assert len({row["net"] for row in rows}) == 3


def test_zero_gamma_is_not_called_an_explosion() -> None:
    said = EXPERIMENTS["at_start"].reading(profiled(zero_gamma=True))
    assert "no gradient in the last layer" in said
    assert "nan" not in said


def test_a_net_that_diverged_trains_worse_than_one_that_did_not() -> None:
    degradation = EXPERIMENTS["degradation"]
    runs = [ended(job, math.nan if job.name == "plain-56" else 0.1) for job in degradation.jobs(Race())]
    verdict = degradation.question.judge(runs)
    assert verdict is not None
    assert verdict.right == 2
    said = degradation.reading(runs)
    assert "The deeper plain net trains worse" in said
    assert "nan" not in said


def test_explode_then_freeze_is_said_where_it_was_measured_alone() -> None:
    degradation = EXPERIMENTS["degradation"]

    def run(job: Job, late: float) -> Run:
        made = tuple(Step(i, 1.0, (1.0, 1.0), 1e3 if i == 0 else late, (1.0 + i, 1.0)) for i in range(60))
        return dataclasses.replace(ended(job, 1.0), records=made)

    for late, said in ((0.1, True), (500.0, False)):
        text = degradation.reading([run(job, late) for job in degradation.jobs(Race())])
        assert ("explodes, then freezes" in text) is said


def test_where_all_nets_diverged_none_is_best() -> None:
    own = EXPERIMENTS["own"]
    runs = [ended(job, math.inf, "diverged") for job in own.jobs(own.choices())]
    assert own.question.judge(runs) is None
    assert "at step 2" in own.reading(runs)


def test_only_answers_that_can_be_right_are_offered() -> None:
    own = EXPERIMENTS["own"]
    jobs = own.jobs(own.choices())
    assert [own.question.possible(answer, jobs) for answer in range(5)] == [True, True, False, False, True]


def test_the_sweep_without_batchnorm_says_what_its_ratio_hides() -> None:
    sweep = EXPERIMENTS["depth_sweep"]
    runs = [
        Run(job=job, result=Gradients(paths=(), norms=(), loss=3e7 if job.residual else 2.3, ratio=1.0))
        for job in sweep.jobs(Sweep(setting="none_he"))
    ]
    said = sweep.reading(runs)
    assert "explodes on the way forward" in said
    assert "healthy" not in said


def test_nothing_is_lost_where_nothing_was_learned() -> None:
    lesion = EXPERIMENTS["lesion"]
    found = [
        Run(job=job, result=Lesion(
            training=ended(job, 1.0).result, intact=0.1, blocks=("a", "b"), without=(0.1, 0.1), several=(), through=()
        ))
        for job in lesion.jobs(lesion.choices())
    ]  # fmt: skip
    said = lesion.reading(found)
    assert "nothing to lose" in said
    assert "link of a chain" not in said
