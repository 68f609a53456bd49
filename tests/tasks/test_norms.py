"""Norms: right whatever their size, and how far a step of the optimiser really moves each weight."""

import copy
import itertools
import math
from typing import Any

import pytest
import torch
from torch import Tensor

from resnet_explorer.spec import NetSpec, ResNetOptions, from_query
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.gradients import GradientsConfig
from resnet_explorer.tasks.norms import Vectors, norms
from resnet_explorer.tasks.profile import Profile, ProfileConfig
from resnet_explorer.tasks.setting import layout_of, setting
from resnet_explorer.tasks.task import Config
from resnet_explorer.tasks.train import TAIL, Step, TrainConfig, final_loss, optimising
from resnet_explorer.tasks.train import run as training

TINY = NetSpec(options=ResNetOptions(blocks=(1, 1), width=8, stem="cifar", shortcut="A"), image=8, classes=10)
PLAIN_56 = from_query("block=basic&blocks=9,9,9&width=8&stem=cifar&residual=0&norm=none&image=8&classes=10")


def run(config: Config) -> tuple[Any, list[Any]]:
    records: list[Any] = []
    return TASKS[config.task].carry_out(config, records.append, lambda: False), records


def squares(tensor: Tensor) -> float:
    """The root of the sum of the squares, by Python's own sum."""
    return math.sqrt(math.fsum(float(value) ** 2 for value in tensor.flatten()))


@pytest.mark.parametrize("size", [1e-44, 1e-30, 1e-25, 1e-18, 1e-11, 1.0, 1e15, 1e25, 1e37])
def test_a_norm_is_right_whatever_its_size(size: float) -> None:
    tensor = size * torch.randn(3, 4, 5, generator=torch.Generator().manual_seed(1))
    assert norms([tensor, torch.ones(9)]) == (pytest.approx(squares(tensor), rel=1e-6), 3.0)


def test_what_is_nothing_and_what_is_not_finite_is_told_as_such() -> None:
    broken = [torch.zeros(3), torch.tensor([1.0, math.inf]), torch.tensor([1.0, math.nan])]
    none, infinite, no_number = norms(broken)
    assert (none, infinite) == (0.0, math.inf)
    assert math.isnan(no_number)


@pytest.mark.parametrize("kind", [GradientsConfig, ProfileConfig])
def test_56_plain_layers_pass_a_tiny_gradient_and_no_zero(kind: type[GradientsConfig]) -> None:
    config = kind(net=PLAIN_56, init="pytorch", batch=64)
    found, _ = run(config)
    values = found.of("weight_gradient").values if isinstance(found, Profile) else found.norms
    start = setting(config)
    start.loss(next(start.batches)).backward()
    gradients = [weight.grad for weight in start.watch.weights]
    assert gradients[0].count_nonzero() == gradients[0].numel()
    assert values == pytest.approx([squares(gradient) for gradient in gradients], rel=1e-5, abs=0)
    assert found.ratio == pytest.approx(2.55e-25, rel=0.1)


def test_a_training_tells_of_such_a_gradient_too() -> None:
    _, (step,) = run(TrainConfig(net=PLAIN_56, init="pytorch", steps=1))
    assert step.ratio == pytest.approx(2.55e-25, rel=0.1)
    assert step.norms[0] > 0


@pytest.mark.parametrize("optimiser", ["sgd", "adam"])
@pytest.mark.parametrize("more", [{}, {"clip": "layer", "clip_at": 0.01}, {"warmup": 3}])
def test_an_update_is_what_the_weights_were_less_what_they_are(optimiser: str, more: dict[str, Any]) -> None:
    kept: list[list[Tensor]] = []
    seen: list[Step] = []
    config = TrainConfig(net=TINY, steps=4, batch=16, lr=0.05, optimiser=optimiser, **more)
    start = setting(config)
    kept.append([weight.detach().clone() for weight in start.watch.weights])
    for step in training.steps(start, config):
        seen.append(step)
        kept.append([weight.detach().clone() for weight in start.watch.weights])
    assert len(seen) == 4
    for step, (before, after) in zip(seen, itertools.pairwise(kept), strict=True):
        moved = [squares(one.double() - other.double()) for one, other in zip(before, after, strict=True)]
        assert step.updates == pytest.approx(moved, rel=2e-3, abs=0)
        assert step.weights == pytest.approx([squares(weight) for weight in before], rel=1e-5)


def test_where_no_update_is_made_none_is_told() -> None:
    net = TINY.having(blocks=(9, 9, 9), norm="none")
    result, steps = run(TrainConfig(net=net, steps=20, batch=16))
    assert result.status == "diverged"
    assert steps[-1].updates == ()
    assert all(len(step.updates) == len(step.norms) for step in steps[:-1])


def test_a_weight_that_has_no_gradient_is_not_moved() -> None:
    module = torch.nn.ModuleList([torch.nn.Linear(2, 2), torch.nn.Linear(2, 2)])
    weights = [layer.weight for layer in module]
    for name in optimising.OPTIMISERS:
        move = optimising.move(optimising.OPTIMISERS[name](module.parameters(), 0.1, 0.0), weights)
        weights[0].grad = torch.ones(2, 2)
        moved, still = move()
        assert moved > 0
        assert still == 0


@pytest.mark.parametrize("name", optimising.OPTIMISERS)
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_a_step_that_is_watched_is_the_optimisers_own_to_the_bit(name: str, layout: torch.memory_format) -> None:
    made = torch.nn.Sequential(torch.nn.Conv2d(3, 5, 3), torch.nn.BatchNorm2d(5), torch.nn.Conv2d(5, 7, 3, bias=False))
    ours = made.to(memory_format=layout)
    theirs = copy.deepcopy(ours)
    weights = [ours[0].weight, ours[2].weight]
    stepped = optimising.OPTIMISERS[name](theirs.parameters(), 0.1, 0.01)
    move = optimising.move(optimising.OPTIMISERS[name](ours.parameters(), 0.1, 0.01), weights)
    for _ in range(4):
        images = torch.randn(2, 3, 9, 9)
        before = [weight.detach().clone() for weight in weights]
        for module in (ours, theirs):
            module.zero_grad()
            module(images).square().mean().backward()
        told = move()
        stepped.step()
        assert all(map(torch.equal, ours.parameters(), theirs.parameters()))
        moved = [squares(one - other.detach()) for one, other in zip(before, weights, strict=True)]
        assert told == pytest.approx(moved, rel=2e-3)


def test_watched_weights_that_are_one_long_tensor_begin_with_a_cache_line_each() -> None:
    weights = [torch.nn.Parameter(torch.randn(count)) for count in (5, 16, 33)]
    move = optimising.move(optimising.OPTIMISERS["adam"](weights, 0.1, 0.0), weights)
    for weight in weights:
        weight.grad = torch.ones_like(weight)
    assert move() == pytest.approx([0.1 * math.sqrt(count) for count in (5, 16, 33)], rel=1e-4)
    assert [weight.storage_offset() for weight in weights] == [0, optimising.LINE, 2 * optimising.LINE]


@pytest.mark.parametrize("clip", ["global", "layer"])
@pytest.mark.parametrize("size", [1e-30, 1e-3, 1.0, 1e25])
def test_clipping_scales_down_alone(clip: str, size: float) -> None:
    weight = torch.full((4, 4), 0.5, requires_grad=True)
    weight.grad = torch.full((4, 4), size)
    optimising.CLIPS[clip]([weight], 0.1)
    assert weight.grad is not None
    most = 0.1 if clip == "global" else 0.1 * 2.0
    assert squares(weight.grad) == pytest.approx(min(4 * size, most), rel=1e-5)
    assert 4 * size > most or torch.equal(weight.grad, torch.full((4, 4), size))


def test_the_final_loss_is_the_mean_of_the_last_twenty() -> None:
    assert TAIL == 20
    assert final_loss([100.0, *range(1, 21)]) == 10.5
    assert final_loss([3.0, 5.0]) == 4.0
    assert math.isnan(final_loss([]))
    result, steps = run(TrainConfig(net=TINY, steps=24, batch=8))
    assert result.final_loss == pytest.approx(sum(step.loss for step in steps[-20:]) / 20)


def test_channels_last_where_backward_stays_within_its_memory() -> None:
    for width, shortcut, layout in ((4, "B", torch.contiguous_format), (4, "A", torch.channels_last)):
        assert layout_of(TINY.having(width=width, shortcut=shortcut).graph) is layout
    assert layout_of(TINY.having(shortcut="B").graph) is torch.channels_last
    assert run(TrainConfig(net=TINY.having(width=4, shortcut="B"), steps=8, batch=8))[0].status == "done"


@pytest.mark.parametrize("value", [0.0, 1e-30, 2.0, 1e30, math.inf, math.nan])
def test_norms_that_are_asked_for_again_are_those_of_the_tensors(value: float) -> None:
    vectors = [torch.tensor([value, 0.0, 1.0]), torch.full((5,), value)]
    again = Vectors(vectors)
    for _ in range(2):
        assert again.norms() == pytest.approx(norms(vectors), rel=1e-6, abs=0, nan_ok=True)
        vectors[0].mul_(3)  # as they are now
