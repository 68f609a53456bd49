"""What is said of gradients and of how far layers move: by each net's own numbers, in one vocabulary."""

import dataclasses
import math
from typing import Any

import pytest

from resnet_explorer.analysis.growth import growth
from resnet_explorer.experiments import EXPERIMENTS, Trial, TrialRun, against, moving, nets
from resnet_explorer.experiments.choices import Race
from resnet_explorer.experiments.moving import decay
from resnet_explorer.experiments.words import regime
from resnet_explorer.figures.numbers import number
from resnet_explorer.spec import from_query
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.dense import Dense, DenseConfig
from resnet_explorer.tasks.gradients import GradientsConfig
from resnet_explorer.tasks.setting import setting
from resnet_explorer.tasks.train import TrainConfig
from tests.experiments.made import ended, profiled, trained

LOOKS = {
    "plain-20": {
        1: (12.0, 1, 2.5, 10, 0.068, 0.008),
        10: (3.6, 1, 2.6, 10, 0.1, 0.02),
        100: (1.8, 1, 3, 10, 0.03, 0.02),
    },
    "plain-56": {1: (1500.0, 1, 2.5, 10, 10.0, 0.01), 100: (0.2, 1, 100, 10, 0.0021, 0.017)},
    "ResNet-20": {1: (5.0, 1, 2.5, 10, 0.1, 0.01)},
    "ResNet-56": {1: (10.0, 1, 2.5, 10, 0.2, 0.02), 240: (3.0, 1, 2.5, 10, 0.05, 0.1)},
}


def test_what_becomes_of_a_net_is_told_by_its_own_gradient_and_its_own_moves() -> None:
    degradation = EXPERIMENTS["degradation"]
    said = degradation.reading([trained(job, LOOKS[job.name]) for job in degradation.jobs(Race())])
    assert (
        "**plain-20**, steps 1, 10 and 100: first / last gradient 12, 3.6 and 1.8; its first convolution moves by "
        "2.72 %, 3.85 % and 1 % of its weights, its last by 0.08 %, 0.2 % and 0.2 %. "
        "At step 100 the first moves 5 times as far as the last."
    ) in said
    assert (
        "**plain-56**, steps 1 and 100: first / last gradient 1,500 and 0.2; its first convolution moves by 400 % and "
        "0.0021 % of its weights, its last by 0.1 % and 0.17 %. At step 100 the first moves 81 times less than the last"
        "; weight decay alone would move it by 0.002 %."
    ) in said
    assert "**ResNet-56**, steps 1 and 240: first / last gradient 10 and 3;" in said
    assert "At step 240 the first moves 2 times as far as the last." in said
    assert "freez" not in said
    assert "frozen" not in said


@pytest.mark.parametrize(
    ("first", "said"),
    [(0.0998, "about as far as"), (0.1002, "about as far as"), (0.05, "2 times less than"), (0.2, "2 times as far as")],
)
def test_layers_that_move_alike_are_said_to(first: float, said: str) -> None:
    degradation = EXPERIMENTS["degradation"]
    runs = [trained(job, {1: (1.0, 1, 1, 1, first, 0.1)}) for job in degradation.jobs(Race())]
    assert f"At step 1 the first moves {said} the last." in degradation.reading(runs)


def test_of_several_seeds_the_moves_are_geometric_means_of_all() -> None:
    degradation = EXPERIMENTS["degradation"]
    looks = ({1: (100.0, 1, 1, 1, 0.4, 0.1)}, {1: (1.0, 1, 1, 1, 0.1, 0.1), 10: (1.0, 1, 1, 1, 0.1, 0.1)})
    runs = [trained(job, looks[job.seed]) for job in degradation.jobs(Race(repeat=2))]
    said = degradation.reading(runs)
    assert "**plain-56**, step 1: first / last gradient 10; its first convolution moves by 20 % of its weights" in said
    assert "step 10" not in said


def test_a_move_without_end_has_no_per_cent() -> None:
    degradation = EXPERIMENTS["degradation"]
    runs = [trained(job, {1: (1.0, 1, 1, 1, math.inf, 0.1)}) for job in degradation.jobs(Race())]
    assert "its first convolution moves by not a finite number of its weights, its last by 10 %. " in (
        f"{degradation.reading(runs)} "
    )


def test_runs_that_tell_of_no_update_have_no_moves() -> None:
    degradation = EXPERIMENTS["degradation"]
    old = [ended(job, 1.0) for job in degradation.jobs(Race())]
    assert all(step.updates == () for run in old for step in run.steps)
    assert "its first convolution moves" not in degradation.reading(old)
    update = next(track for track in degradation.tracks if track.name == "update")
    assert all(math.isnan(value) for step in update.read(old[0]) for value in step.norms)
    assert update.none == "no update"


def test_weight_decay_is_known_of_sgd_at_a_constant_rate_alone() -> None:
    own = EXPERIMENTS["own"]
    (job, *_) = own.jobs(own.choices())
    for changes, share in (({}, 2e-5), ({"lr": 0.1}, 1e-4), ({"weight_decay": 0.0}, 0.0), ({"optimiser": "adam"}, 0.0),
                           ({"schedule": "drops"}, 0.0), ({"warmup": 10}, 0.0),
                           ({"lr": 0.05, "weight_decay": 1.0}, 0.0)):  # fmt: skip
        assert isinstance(job.config, TrainConfig)
        assert decay(dataclasses.replace(job.config, **changes)).value == pytest.approx(share)


@pytest.mark.parametrize(
    ("freeze", "said"),
    [
        ("none", "its first convolution moves by"),
        ("stem", "its first convolution that trains moves by"),
        ("conv3_x", "all its convolutions are frozen, so that none moves."),
    ],
)
def test_what_is_frozen_is_not_said_to_move(freeze: str, said: str) -> None:
    net = from_query("blocks=1,1&width=4&stem=cifar&image=8&classes=10")
    run = trained(
        Trial(name="it", config=TrainConfig(net=net, freeze=freeze), residual=True), {1: (1.0, 1, 1, 1, 0.1, 0.1)}
    )
    assert said in str(moving.told("it", run.job.config, [run.steps]))
    assert ("is not computed: all its convolutions are frozen" in str(against.read([run]))) is (freeze == "conv3_x")


@pytest.mark.parametrize(
    ("ratio", "said"),
    [(0.0, "vanished: exactly 0"), (2.55e-25, "vanishing"), (0.099, "vanishing"), (0.101, "even"), (9.9, "even"),
     (10.1, "growing"), (99.0, "growing"), (101.0, "exploding"), (math.inf, "no gradient in the last layer"),
     (math.nan, "dead: no gradient at either end")],
)  # fmt: skip
def test_a_ratio_has_one_name(ratio: float, said: str) -> None:
    assert regime(ratio) == said


@pytest.mark.parametrize("choices", [
    {"net": "resnet34", "norm": False, "init": "pytorch_unbiased"},
    {"net": "cifar_preresnet164", "norm": False, "init": "he"},
    {"net": "cifar_resnet20", "norm": True},
])  # fmt: skip
def test_verdict_and_reading_at_the_start_are_of_one_gradient(choices: dict[str, Any]) -> None:
    at_start, runs = EXPERIMENTS["at_start"], profiled(**{"seed": 0, **choices})
    verdict = at_start.question.judge(runs)
    assert verdict is not None
    kind = "weight_gradient" if choices["norm"] else "activation_gradient"
    first, *_, last = runs[0].result.along(kind)
    assert verdict.right == (0 if first / last < 0.1 else 2 if first / last > 10 else 1)
    assert f", **{regime(first / last)}**" in at_start.reading(runs).splitlines()[0]
    assert ("activation gradient" in verdict.measured) is (not choices["norm"])


def test_in_a_plain_net_each_layers_product_is_the_same_and_in_a_residual_one_each_branchs() -> None:
    net = nets.cifar(20, residual=False, norm="none")
    for spec, alike in ((net, True), (net.having(residual=True), False)):
        start = setting(GradientsConfig(net=spec, init="he"))
        start.loss(next(start.batches)).backward()
        products = {
            path: float((weight.detach().double() * weight.grad.double()).sum())
            for path, weight in zip(start.watch.paths, start.watch.weights, strict=True)
        }
        common = products["conv1"]
        assert all(value == pytest.approx(common, rel=1e-3) for value in products.values()) is alike
        for block in ("layer1.0", "layer2.1", "layer3.2"):
            one, other = (products[f"{block}.conv{n}"] for n in (1, 2))
            assert one == pytest.approx(other, rel=1e-3)


def test_the_sentence_of_the_slope() -> None:
    slope = EXPERIMENTS["slope"]
    factors = {"BatchNorm": 1.25, "no BatchNorm, PyTorch's default": 0.41, "no BatchNorm, He": 1.0}
    runs = []
    for job in slope.jobs(slope.choices()):
        norms = [factors[job.name] ** -index for index in range(50)]
        norms[0] = norms[1] * (math.sqrt(0.5) if job.name == "BatchNorm" else 1.0)
        runs.append(TrialRun(job=job, result=Dense(norms=tuple(norms), factor=growth(norms[1:]))))
    said = slope.reading(runs)
    assert "**BatchNorm**: × 1.2500 per layer towards the input; theory 1.2112, off by 0.0388." in said
    assert "× 0.4100 per layer towards the input; theory 0.4082, off by 0.00175." in said
    assert "Fitted to layers 2 to 50" in said
    assert said.count("was not rectified") == 1
    grown = 1.25**48 * math.sqrt(0.5)
    assert f"grows {number(grown)} times on the way to the first layer" in said
    assert "Its last step alone is × 0.707 (theory 1/√2 = 0.707)" in said
    assert slope.rows(runs)[0]["factor"] == pytest.approx(1.25)


def test_the_factor_is_fitted_without_the_first_layer() -> None:
    found = TASKS["dense"].carry_out(DenseConfig(layers=12, width=64, batch=64), lambda _: None, lambda: False)
    assert found.factor == growth(found.norms[1:]) != growth(found.norms)
