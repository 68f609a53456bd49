"""Gradients: the norms are autograd's, the shares are exact, and what the science promises holds on small nets."""

import dataclasses
import math
from typing import Any

import pytest
import torch
from torch.nn import functional as F

import resnet_explorer as rx
from resnet_explorer.spec import PRESETS, NetSpec, ResNetOptions, ops
from resnet_explorer.tasks import TASKS, data
from resnet_explorer.tasks.data import Batch, batches, held_out, scaled
from resnet_explorer.tasks.gradients import GradientsConfig
from resnet_explorer.tasks.norms import ratio, read, watched
from resnet_explorer.tasks.setting import layout_of

CPU = torch.device("cpu")
TINY = NetSpec(options=ResNetOptions(blocks=(2, 2), width=8, stem="cifar"), image=8, classes=10)


def measure(net: NetSpec, **settings: Any) -> Any:
    return TASKS["gradients"].carry_out(GradientsConfig(net=net, **settings), lambda _: None, lambda: False)


def first(net: NetSpec, size: int, seed: int = 0) -> Batch:
    return next(batches(net.input_shape, size, seed, CPU))


def test_a_weight_without_a_gradient_has_norm_0_and_moves_no_other() -> None:
    module = rx.build(TINY, seed=0)
    watch = watched(module, TINY.graph)
    batch = first(TINY, 4)
    loss = F.cross_entropy(module(batch.images), batch.labels)
    loss.backward()
    _, whole, weights = read(loss, watch)
    watch.weights[1].grad = None
    _, norms, same = read(loss, watch)
    assert norms == (whole[0], 0.0, *whole[2:])
    assert same == weights
    assert len(norms) == len(same) == len(watch.paths)


@pytest.mark.parametrize("name", PRESETS.names)
def test_first_last_and_layers_are_the_main_paths(name: str) -> None:
    graph = PRESETS[name].spec.graph
    watch = watched(rx.build(PRESETS[name].spec, device="meta", init=None), graph)
    kept = [node.path for node in graph if isinstance(node.op, ops.Conv2d | ops.Linear)]
    assert list(watch.paths) == kept
    main = [
        path for path in kept if not any(part in path for part in ("downsample", "se.", "gate.", "fc", "classifier"))
    ]
    assert (watch.paths[watch.first], watch.paths[watch.last]) == (main[0], main[-1])
    assert main[0] in {"conv1", "conv1.0", "features.0"}
    assert watch.paths[-1] in {"fc", "classifier.6"}


@pytest.mark.parametrize(
    "net",
    [
        TINY,
        TINY.having(residual=False),
        TINY.having(norm="none"),
        dataclasses.replace(PRESETS["resnet18"].spec, image=32),
    ],
)
@pytest.mark.parametrize("init", ["he", "pytorch"])
def test_norms_are_those_of_autograd_on_the_built_module(net: NetSpec, init: str) -> None:
    found = measure(net, batch=16, seed=5, init=init)
    module = rx.build(net, seed=5, init=init)
    module.to(memory_format=layout_of(net.graph))
    batch = first(net, 16, 5)
    loss = F.cross_entropy(module(batch.images), batch.labels)
    weights = [module.get_parameter(f"{path}.weight") for path in found.paths]
    expected = [gradient.norm().item() for gradient in torch.autograd.grad(loss, weights)]
    assert found.loss == pytest.approx(loss.item(), rel=1e-5)
    assert found.norms == pytest.approx(expected, rel=1e-3)


def test_zero_gamma_gives_every_branch_exactly_nothing() -> None:
    net = TINY.having(zero_gamma=True)
    found = dict(zip((r := measure(net, batch=16)).paths, r.norms, strict=True))
    branches = [path for path in found if ".conv" in path]
    assert len(branches) == 8
    assert all(found[path] == 0.0 for path in branches)
    assert all(found[path] > 0 for path in found if path not in branches)
    assert r.ratio == math.inf


def test_the_ratio_of_zeros_is_told_apart() -> None:
    watch = watched(rx.build(TINY, init=None), TINY.graph)
    count = len(watch.paths)
    assert math.isnan(ratio((0.0,) * count, watch))
    assert ratio((1.0,) + (0.0,) * (count - 1), watch) == math.inf
    assert ratio((2.0,) * count, watch) == 1.0


def test_reading_leaves_no_hooks_and_the_gradients_as_they_are() -> None:
    module = rx.build(TINY, seed=0)
    batch = first(TINY, 8)
    loss = F.cross_entropy(module(batch.images), batch.labels)
    loss.backward()
    before = {path: p.grad.clone() for path, p in module.named_parameters()}
    read(loss, watched(module, TINY.graph))
    assert all(torch.equal(before[path], p.grad) for path, p in module.named_parameters())
    for each in module.modules():
        assert not each._forward_hooks
        assert not each._backward_hooks


def test_deep_plain_nets_explode_towards_the_input_and_residual_ones_do_not() -> None:
    plain, residual = (measure(rx.preset(f"demo_{kind}34"), seed=0).ratio for kind in ("plain", "resnet"))
    assert plain > 5 * residual


def test_without_batchnorm_and_with_pytorchs_default_plain_nets_vanish() -> None:
    plain, residual = (
        measure(rx.preset(f"demo_{kind}34").having(norm="none"), init="pytorch").ratio for kind in ("plain", "resnet")
    )
    assert plain < 1e-10
    assert 0.1 < residual < 10


def test_the_order_of_the_data_depends_on_the_seed_alone() -> None:
    one, other, another = (batches((3, 8, 8), 32, seed, CPU) for seed in (0, 0, 1))
    torch.manual_seed(7)
    a, b, c = ([next(source).labels for _ in range(3)] for source in (one, other, another))
    assert all(torch.equal(x, y) for x, y in zip(a, b, strict=True))
    assert not all(torch.equal(x, y) for x, y in zip(a, c, strict=True))


def test_all_of_a_batch_lies_where_it_is_asked_for() -> None:
    away = torch.device("meta")
    drawn = [next(batches((3, 8, 8), 4, 0, away, augmented=moving)) for moving in (False, True)]
    for batch in (*drawn, held_out((3, 8, 8), away), next(data.tested((3, 8, 8), 4, away, "digits"))):
        assert batch.images.is_meta
        assert batch.labels.is_meta


def test_an_epoch_shows_each_image_once() -> None:
    source = batches((3, 8, 8), 500, 0, CPU)
    epoch = torch.cat([next(source).images for _ in range(3)])
    again = torch.cat([next(source).images for _ in range(3)])
    assert not torch.equal(epoch, again)
    order = lambda images: images.flatten(1).sum(1).sort().values  # noqa: E731
    assert torch.allclose(order(epoch), order(again), atol=1e-4)


def test_digits_are_scaled_and_gray_in_each_colour() -> None:
    image = torch.arange(4.0).view(1, 1, 2, 2)
    big = scaled(image, (3, 4, 4))
    assert big.shape == (1, 3, 4, 4)
    assert torch.equal(big[:, 0], big[:, 2])
    assert torch.equal(big[0, 0, 0], torch.tensor([0.0, 0.0, 1.0, 1.0]))
    assert torch.equal(scaled(image, (3, 1, 1)), torch.full((1, 3, 1, 1), 1.5))
    assert torch.equal(scaled(image, (3, 2, 2))[:, 1:2], image)
    assert torch.equal(scaled(image, (1, 1, 4)), torch.tensor([[[[1.0, 1.0, 2.0, 2.0]]]]))
    colours = torch.tensor([3.0, 6.0, 0.0]).reshape(1, 3, 1, 1)
    assert torch.equal(scaled(colours, (1, 1, 1)), torch.full((1, 1, 1, 1), 3.0))
    assert torch.equal(scaled(colours, (3, 1, 1)), colours)
