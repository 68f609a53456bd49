"""Probes at the start, computed a second time by another way: spectrum, dense layers, slopes, agreement."""

import itertools
import math
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as F

import resnet_explorer as rx
from resnet_explorer.model.init import generator
from resnet_explorer.spec import NetSpec, ResNetOptions
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.agreement import AgreementConfig
from resnet_explorer.tasks.data import batches
from resnet_explorer.tasks.dense import DenseConfig
from resnet_explorer.tasks.jacobian import JacobianConfig
from resnet_explorer.tasks.shattered import ShatteredConfig
from resnet_explorer.tasks.task import Config

CPU = torch.device("cpu")


def run(config: Config) -> Any:
    return TASKS[config.task].carry_out(config, lambda _: None, lambda: False)


@pytest.mark.parametrize("residual", [True, False])
def test_singular_values_are_those_of_small_changes(residual: bool) -> None:  # noqa: FBT001
    options = ResNetOptions(blocks=(2, 1), width=2, stem="cifar", shortcut="A", residual=residual)
    net = NetSpec(options=options, image=4, classes=10)
    found = run(JacobianConfig(net=net, batch=8, seed=3))
    module = rx.build(net, seed=3)
    images = next(batches((3, 4, 4), 8, 3, CPU)).images
    kept: dict[str, torch.Tensor] = {}
    for block in ("layer1.0", "layer1.1"):  # what BatchNorm sees of the mini-batch, layer by layer
        for number in (1, 2):
            module.get_submodule(f"{block}.bn{number}").register_forward_pre_hook(
                lambda _m, x, path=f"{block}.bn{number}": kept.update({path: x[0].detach().double()})
            )
    module(images)
    module.double()

    def stage(x: torch.Tensor) -> torch.Tensor:
        for block in ("layer1.0", "layer1.1"):
            before = x
            for number in (1, 2):
                x = module.get_submodule(f"{block}.conv{number}")(x)
                seen = kept[f"{block}.bn{number}"]
                mean, variance = seen.mean((0, 2, 3), keepdim=True), seen.var((0, 2, 3), keepdim=True)  # as kept: n - 1
                x = (x - mean) / (variance + 1e-5).sqrt()
                x = x.relu() if number == 1 else x
            x = (x + before if residual else x).relu()
        return x

    seen = module.get_submodule("conv1")(images.double()).detach()
    mean, variance = seen.mean((0, 2, 3), keepdim=True), seen.var((0, 2, 3), keepdim=True)
    signal = ((seen[:1] - mean) / (variance + 1e-5).sqrt()).relu()
    size, step = signal.numel(), 1e-7
    with torch.no_grad():
        columns = [
            (stage(signal + step * change.view_as(signal)) - stage(signal)).flatten() / step
            for change in torch.eye(size, dtype=torch.float64)
        ]
    expected = np.linalg.svd(torch.stack(columns, 1).numpy(), compute_uv=False)
    assert found.values == pytest.approx(expected.tolist(), rel=1e-3, abs=1e-4)
    assert found.values[0] > 0.5


def test_the_gradient_of_dense_layers_is_that_of_the_chain_rule() -> None:
    config = DenseConfig(layers=4, width=12, batch=16, seed=7)
    found = run(config)
    draw = generator(7, "vectors")
    x = torch.randn(16, 12, generator=draw).double().numpy()
    weights = [
        torch.empty(12, 12).normal_(0.0, math.sqrt(2 / 12), generator=generator(7, f"layer{index}")).double().numpy()
        for index in range(4)
    ]
    back = torch.randn(16, 12, generator=draw).double().numpy()
    normed, deviations = [], []
    for weight in weights:
        y = x @ weight.T
        deviations.append(np.sqrt(y.var(0) + 1e-5))
        normed.append((y - y.mean(0)) / deviations[-1])
        x = np.maximum(normed[-1], 0)
    norms = []
    for weight, z, deviation in zip(weights[::-1], normed[::-1], deviations[::-1], strict=True):
        back = back * (z > 0)
        back = (back - back.mean(0) - z * (back * z).mean(0)) / deviation
        norms.append(float(np.sqrt((back**2).sum())))
        back = back @ weight
    assert found.norms == pytest.approx(norms[::-1], rel=1e-4)
    slope = np.polyfit(np.arange(3), np.log(norms[:-1]), 1)[0]  # not the first layer, whose input was not rectified
    assert found.factor == pytest.approx(math.exp(slope), rel=1e-4)


@pytest.mark.parametrize("residual", [True, False])
def test_slopes_are_carried_forward_as_they_are_carried_back(residual: bool) -> None:  # noqa: FBT001
    config = ShatteredConfig(layers=5, residual=residual, width=16, points=32, draws=2, seed=4)
    found = run(config)
    nets = []
    for index in range(2):
        draw = generator(4, f"net{index}")
        x = np.linspace(-2, 2, 32)[:, None]
        h, slope = x, np.ones_like(x)
        around = None
        for layer in range(5):
            shape, scale = ((1, 16), 1.0) if layer == 0 else ((16, 16), math.sqrt(2 / 16))
            weight = scale * torch.randn(*shape, generator=draw).double().numpy()
            h, slope = h @ weight, slope @ weight
            deviation = np.sqrt(h.var(0) + 1e-5)
            h, slope = (h - h.mean(0)) / deviation, slope / deviation
            if residual and layer and layer % 2 == 0:
                h, slope = h + around[0], slope + around[1]
            h, slope = np.maximum(h, 0), slope * (h > 0)
            around = (h, slope) if layer % 2 == 0 else around
        readout = torch.randn(16, generator=draw).double().numpy() / 4
        nets.append(slope @ readout)
    assert found.slopes == pytest.approx(nets[0].tolist(), rel=1e-3, abs=1e-4)
    assert found.rms == pytest.approx(np.sqrt(np.mean(np.square(nets))), rel=1e-4)
    for lag, correlation in zip(found.lags, found.correlation, strict=True):
        centred = [net - net.mean() for net in nets]
        each = [np.dot(net[:-lag], net[lag:]) / np.dot(net, net) for net in centred]
        assert correlation == pytest.approx(np.mean(each), abs=1e-4)


def test_agreement_is_the_cosine_of_whole_gradients() -> None:
    net = NetSpec(options=ResNetOptions(blocks=(1, 1), width=4, stem="cifar", shortcut="A"), image=8, classes=10)
    found = run(AgreementConfig(net=net, batch=16, batches=3, seed=6))
    source, gradients, losses = batches((3, 8, 8), 16, 6, CPU), [], []
    for batch in itertools.islice(source, 3):
        module = rx.build(net, seed=6)
        loss = F.cross_entropy(module(batch.images), batch.labels)
        weights = [each for each in module.parameters() if each.dim() > 1]
        gradients.append(torch.cat([g.flatten() for g in torch.autograd.grad(loss, weights)]))
        losses.append(loss.item())
    cosines = [F.cosine_similarity(one, other, 0).item() for one, other in itertools.combinations(gradients, 2)]
    assert found.cosines == pytest.approx(cosines, abs=1e-4)
    assert found.mean == pytest.approx(sum(cosines) / 3, abs=1e-4)
    assert found.loss == pytest.approx(sum(losses) / 3, rel=1e-4)
