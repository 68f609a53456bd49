"""What is concluded from runs: of all seeds, with its condition, or that it cannot be told."""

import math
from typing import Any

import pytest

from resnet_explorer.experiments import EXPERIMENTS, PAIRS, TrialRun
from resnet_explorer.experiments.cures import NONE
from resnet_explorer.experiments.experiment import Verdict
from resnet_explorer.tasks.agreement import Agreement
from resnet_explorer.tasks.dense import Dense
from resnet_explorer.tasks.gradients import Gradients
from tests.experiments.made import ended

CHANCE = math.log(10)
TRAINED = ("degradation", "vanishing", "explosion", "cures", "own")


def judged(name: str, losses: Any, **choices: Any) -> Verdict:
    """The verdict on runs that ended at `losses(name, seed)`; a loss that is no number is a run that diverged."""
    runs = made(name, losses, **choices)
    verdict = EXPERIMENTS[name].question.judge(runs)
    assert verdict is not None
    assert EXPERIMENTS[name].reading(runs)
    return verdict


def made(name: str, losses: Any, **choices: Any) -> list[TrialRun]:
    experiment = EXPERIMENTS[name]
    found = ((job, losses(job.name, job.seed)) for job in experiment.jobs(experiment.choices(**choices)))
    return [ended(job, loss, "done" if math.isfinite(loss) else "diverged") for job, loss in found]


@pytest.mark.parametrize("name", TRAINED)
@pytest.mark.parametrize("repeat", [1, 5])
def test_nets_at_chance_after_two_steps_tell_nothing(name: str, repeat: int) -> None:
    steps = {"own": {"steps": 2}}.get(name, {"steps": 2})
    found = judged(name, lambda net, seed: CHANCE - 0.01 * len(net) - 0.001 * seed, repeat=repeat, **steps)
    assert found.right is None
    assert "steps" in found.measured


def test_of_a_pair_at_chance_none_ends_higher() -> None:
    pair = PAIRS["gradients"]
    for residual, right in ((1.2, None), (1.1, 0)):
        runs = [ended(job, residual if job.residual else 4.0) for job in pair.standard()]
        assert pair.answer(runs) == right


@pytest.mark.parametrize(("deep", "compared"), [(0.1, True), (2452.0, False)])
def test_deep_nets_of_both_kinds_are_compared_where_one_has_learned(deep: float, compared: bool) -> None:  # noqa: FBT001 - a parameter of the test
    losses = {"plain-20": 0.1, "plain-56": 6.94, "ResNet-20": 0.1, "ResNet-56": deep}
    said = EXPERIMENTS["degradation"].reading(made("degradation", lambda net, _seed: losses[net], lr=10.0))
    assert ("times the loss of ResNet-56" in said) is compared


@pytest.mark.parametrize("name", ["degradation", "own", "cures"])
def test_nets_that_all_diverged_tell_nothing(name: str) -> None:
    found = judged(name, lambda _net, _seed: math.nan, repeat=5, **({} if name == "cures" else {"lr": 10.0}))
    assert found.right is None
    said = EXPERIMENTS[name].reading(made(name, lambda _net, _seed: math.nan, repeat=5))
    assert "diverged" in said.lower()
    for word in ("trains worse (", "trains better", "alike", "Halved", "halved"):
        assert word not in said


def test_a_plain_net_that_diverged_is_not_one_that_trains_worse() -> None:
    def loss(net: str, _seed: int) -> float:
        return math.nan if net == "plain-56" else 0.1

    found = judged("degradation", loss, lr=10.0)
    assert found.right is None
    assert found.measured.startswith("plain-56 (seed 0, step 2) diverged")
    said = EXPERIMENTS["degradation"].reading(made("degradation", loss, lr=10.0))
    assert "Whether the deeper plain net trains worse cannot be told: plain-56 (seed 0, step 2) diverged" in said
    assert "the deeper plain net trains worse**" not in said
    assert "times the loss of ResNet-56" not in said


@pytest.mark.parametrize(
    ("name", "losses", "right"),
    [
        ("degradation", lambda net, seed: 1.3 + seed / 10 if net == "plain-56" else 0.08, 2),
        ("degradation", lambda net, seed: (1.3 if seed < 3 else 0.08) if net == "plain-56" else 0.08, None),
        ("explosion", lambda net, _seed: math.nan if net == "ResNet-56" else 0.06, 1),
        ("explosion", lambda net, seed: math.nan if net == "ResNet-56" and seed % 2 else 0.06, None),
        ("explosion", lambda _net, _seed: 2.3, 2),
        ("vanishing", lambda net, _seed: 0.1 if net.startswith("ResNet") else CHANCE, 1),
        ("vanishing", lambda net, seed: 0.1 if net.startswith("ResNet") and seed else CHANCE, None),
        ("vanishing", lambda _net, _seed: CHANCE, 3),
        ("cures", lambda net, _seed: 0.2 if net == "near the identity" else 1.4, 4),
        ("cures", lambda net, seed: 0.2 if net == ("Adam, 0.001" if seed else "near the identity") else 1.4, None),
        ("cures", lambda net, _seed: 0.1 if net.startswith("plain-56 as") else 0.3, None),
        ("own", lambda _net, _seed: 0.0, 4),
        ("own", lambda net, _seed: 0.1 if net.startswith("ResNet") else 1.4, 1),
        ("own", lambda net, seed: 0.1 if net.startswith("ResNet") is bool(seed) else 1.4, None),
        ("own", lambda _net, _seed: 0.1, 4),
    ],
)
def test_a_verdict_reads_all_seeds(name: str, losses: Any, right: int | None) -> None:
    found = judged(name, losses, repeat=5)
    assert found.right == right
    assert "nan" not in found.measured
    if right is None and name != "cures":
        assert "the seeds differ" in found.measured
        assert "with seed" in found.measured


@pytest.mark.parametrize(
    ("second", "right", "why"),
    [
        (0.40001, None, "Adam, 0.001 and near the identity end within a fifth of each other with seed 0"),
        (0.49, None, "end within a fifth"),
        (0.51, 2, "Adam, 0.001 ends lowest"),
        (math.nan, 2, "Adam, 0.001 ends lowest"),
    ],
)
def test_a_cure_is_the_best_by_a_fifth_or_it_is_not_told(second: float, right: int | None, why: str) -> None:
    ends = {"Adam, 0.001": 0.4, "near the identity": second}
    found = judged("cures", lambda net, _seed: ends.get(net, 1.4))
    assert found.right == right
    assert why in found.measured
    assert judged("cures", lambda net, _seed: 0.4 if "Adam" in net else 0.45).right is None


def test_that_a_net_does_not_learn_is_said_at_the_full_horizon_alone() -> None:
    for steps, right in ((40, None), (240, 2)):
        assert judged("explosion", lambda _net, _seed: 2.3, steps=steps).right == right
    few = judged("vanishing", lambda net, _seed: 0.1 if net.startswith("ResNet") else CHANCE, steps=40)
    assert few.right is None
    assert "the experiment is made for 240" in few.measured
    assert judged("vanishing", lambda _net, _seed: 0.1, steps=40).right == 0


@pytest.mark.parametrize("name", ["explosion", "vanishing", "deep_plain", "without_norm"])
@pytest.mark.parametrize("loss", [0.1, 1.2, 2.3])
def test_what_counts_as_learning_is_named_in_question_and_verdict(name: str, loss: float) -> None:
    question = EXPERIMENTS[name].question
    assert "end below half of the loss of chance" in question.text
    assert "below half of the loss of chance, 1.15" in judged(name, lambda _net, _seed: loss).measured
    assert not any("nothing" in answer for answer in question.answers if "learns with" not in answer)


def test_both_halves_of_degradation_are_read() -> None:
    ends = {"plain-20": 0.08, "plain-56": 1.36, "ResNet-20": 0.00301, "ResNet-56": 0.00481}
    said = EXPERIMENTS["degradation"].reading(made("degradation", lambda net, _seed: ends[net]))
    assert "Here the deeper plain net trains worse** (17 times the loss of the shallow one)" in said
    assert "The deeper residual net ends higher, too (1.6 times the loss of the shallow one)" in said
    assert "plain-56 ends with 283 times the loss of ResNet-56" in said
    ends["ResNet-56"] = 0.002
    said = EXPERIMENTS["degradation"].reading(made("degradation", lambda net, _seed: ends[net]))
    assert "Here the deeper residual net trains better" in said
    said = EXPERIMENTS["degradation"].reading(made("degradation", lambda net, _seed: 0.08 if "20" in net else 1.1))
    assert "plain-56 ends with about the loss of ResNet-56." in said
    said = EXPERIMENTS["degradation"].reading(made("degradation", lambda net, _seed: math.inf if "Res" in net else 1.0))
    assert "the loss of ResNet-56" not in said
    said = EXPERIMENTS["degradation"].reading(made("degradation", lambda net, _seed: 0.0 if "20" in net else 1.36))
    assert "Here the deeper plain net trains worse**: not overfitting" in said


@pytest.mark.parametrize("plain", [(0.08, 0.08), (0.5, 0.3)])
def test_a_residual_net_ends_higher_too_only_where_the_plain_one_does(plain: tuple[float, float]) -> None:
    ends = {"plain-20": plain[0], "plain-56": plain[1], "ResNet-20": 0.003, "ResNet-56": 0.0048}
    said = EXPERIMENTS["degradation"].reading(made("degradation", lambda net, _seed: ends[net]))
    assert "The deeper residual net ends higher (1.6 times the loss of the shallow one)." in said


def test_a_treatment_that_diverged_is_told_and_not_compared() -> None:
    def loss(net: str, _seed: int) -> float:
        return math.nan if net == "learning rate 0.1" else 0.2 if net == "near the identity" else 1.4

    assert judged("cures", loss).right == 4
    said = EXPERIMENTS["cures"].reading(made("cures", loss))
    assert "Learning rate 0.1 (seed 0, step 2) diverged" in said
    assert "Halved or better** by near the identity" in said
    assert "not a finite number" not in said


def several(name: str, results: Any) -> Verdict:
    experiment = EXPERIMENTS[name]
    jobs = experiment.jobs(experiment.choices(repeat=3))
    verdict = experiment.question.judge([TrialRun(job=job, result=results(job)) for job in jobs])
    assert verdict is not None
    return verdict


def test_seeds_that_give_different_answers_before_any_training_tell_nothing() -> None:
    for means, right in (((0.0, 0.01, 0.02), 0), ((0.0, 0.01, 0.3), None), ((0.3, 0.4, 0.5), 2)):
        found = several("agreement", lambda job, means=means: Agreement(cosines=(0.0,), mean=means[job.seed], loss=2.3))
        assert found.right == right
    for factors, slope in (((1.2, 1.21, 1.22), 2), ((1.2, 1.21, 0.41), None), ((math.inf, 0.41, 0.42), 0)):
        made = several("slope", lambda job, factors=factors: Dense(norms=(1.0,) * 3, factor=factors[job.seed]))
        assert made.right == slope


@pytest.mark.parametrize(
    ("ratio", "right"),
    [(0.99, 0), (1.0, 1), (99.0, 1), (101.0, 2), (9_999.0, 2), (10_001.0, 3), (999_999.0, 3), (1_000_001.0, 4),
     (0.0, 0), (math.inf, 0), (math.nan, 0)],
)  # fmt: skip
def test_the_bounds_of_the_sweep_are_those_of_its_answers(ratio: float, right: int) -> None:
    found = several("depth_sweep", lambda _job: Gradients(paths=(), norms=(), loss=2.3, ratio=ratio))
    assert found.right == right
    answers = EXPERIMENTS["depth_sweep"].question.answers
    assert answers == (
        "below 1, or there is none", "1 to 100", "100 to 10,000", "10,000 to a million", "more than a million",
    )  # fmt: skip


def test_seeds_on_both_sides_of_a_bound_of_the_sweep_tell_nothing() -> None:
    found = several("depth_sweep", lambda job: Gradients(paths=(), norms=(), loss=2.3, ratio=90.0 + 10 * job.seed))
    assert found.right is None
    assert "“1 to 100” with seeds 0 and 1; “100 to 10,000” with seed 2" in found.measured


@pytest.mark.parametrize(
    ("bare", "treated", "cured"),
    [
        ((5.0, 5.0), (2.4, 2.4), False),  # at chance still
        ((1.4, 1.4), (0.2, 1.3), False),  # in the mean, but not with every seed
        ((1.4, 0.3), (0.6, 0.2), False),
        ((1.4, 1.4), (0.2, 0.6), True),
        ((5.0, 2.4), (1.1, 1.1), True),
    ],
)
def test_a_cure_halves_the_loss_and_lets_the_net_learn_with_every_seed(
    bare: tuple[float, float],
    treated: tuple[float, float],
    cured: bool,  # noqa: FBT001
) -> None:
    def loss(net: str, seed: int) -> float:
        return (treated if net == "near the identity" else bare)[seed]

    said = EXPERIMENTS["cures"].reading(made("cures", loss, repeat=2))
    assert ("Halved or better** by near the identity" in said) is cured
    assert "below half of the loss of chance, 1.15" in said
    assert ("Not so by gradient clipped" if cured else "with every seed, by gradient clipped") in said


def test_a_seed_without_its_untreated_net_is_not_compared() -> None:
    runs = [
        run for run in made("cures", lambda _net, _seed: 1.4, repeat=2) if (run.job.name, run.job.seed) != (NONE, 1)
    ]
    assert "to 1.4" not in EXPERIMENTS["cures"].reading(runs)
    assert EXPERIMENTS["cures"].reading([run for run in runs if run.job.seed]) == ""
