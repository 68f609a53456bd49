"""What the experiments promise, with seeds that nobody chose them by."""

from typing import Any

import pytest

from resnet_explorer.experiments import nets
from resnet_explorer.experiments.training import train
from resnet_explorer.experiments.words import geometric
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.gradients import GradientsConfig
from resnet_explorer.tasks.lesion import LesionConfig
from resnet_explorer.tasks.profile import ProfileConfig
from resnet_explorer.tasks.task import Config


def run(config: Config) -> Any:
    return TASKS[config.task].carry_out(config, lambda _: None, lambda: False)


def test_degradation_shows_within_120_steps() -> None:
    loss = {
        (depth, residual): run(train(nets.cifar(depth, residual=residual), 41, steps=120)).final_loss
        for depth, residual in ((20, False), (56, False), (56, True))
    }
    assert loss[56, False] > 1.5 * loss[20, False]
    assert loss[56, False] > 10 * loss[56, True]


@pytest.mark.parametrize("seed", [21, 22])
def test_plain_34_explodes_at_64_pixels(seed: int) -> None:
    plain, residual = (
        run(GradientsConfig(net=nets.preset("plain34", residual=kind, norm=True, zero_gamma=False), batch=8, seed=seed))
        for kind in (False, True)
    )
    assert plain.ratio > 4 * residual.ratio


def test_110_plain_layers_explode_and_110_residual_ones_do_not() -> None:
    plain, residual = (
        geometric([run(GradientsConfig(net=nets.cifar(110, residual=kind, width=16, image=32), seed=31)).ratio])
        for kind in (False, True)
    )
    assert plain > 1e5
    assert residual < 100


def test_near_the_identity_a_plain_net_is_balanced_and_trains() -> None:
    net = nets.cifar(56, residual=False)
    found = run(ProfileConfig(net=net, init="near_identity", batch=64, seed=9))
    assert found.ratio < 20
    near, ordinary = (run(train(net, 9, steps=100, init=init)).final_loss for init in ("near_identity", "he"))
    assert near < ordinary / 2


def test_without_batchnorm_and_at_hes_start_56_residual_layers_diverge() -> None:
    found = run(train(nets.cifar(56, residual=True, norm="none"), 13))
    assert found.status == "diverged"


def test_without_batchnorm_at_pytorchs_default_20_plain_layers_stay_at_chance() -> None:
    found = {
        kind: run(train(nets.cifar(20, residual=kind, norm="none"), 13, init="pytorch", steps=100)).final_loss
        for kind in (False, True)
    }
    assert found[False] == pytest.approx(2.3026, abs=0.02)
    assert found[True] < 1.5


def test_a_trained_residual_net_outlives_a_lesion_and_a_plain_one_does_not() -> None:
    found = {kind: run(LesionConfig(net=nets.cifar(20, residual=kind), seed=17, steps=160)) for kind in (False, True)}
    median = {kind: sorted(each.without)[len(each.without) // 2] for kind, each in found.items()}
    assert median[False] < 0.35
    assert median[True] > 0.7
