"""Wide fully connected layers, for which theory says by how much each multiplies the gradient."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch.nn import functional as F

from resnet_explorer.analysis.growth import growth
from resnet_explorer.model.device import explained, resolve
from resnet_explorer.model.init import generator
from resnet_explorer.tasks.dense import Dense
from resnet_explorer.tasks.norms import norms

if TYPE_CHECKING:
    from torch import Tensor

    from resnet_explorer.tasks.dense import DenseConfig
    from resnet_explorer.tasks.task import Report, Stopped


def dense(config: DenseConfig, report: Report, stopped: Stopped) -> Dense:
    """Send random vectors through layer, (BatchNorm), ReLU, again and again, and a random gradient back.

    The norms are those of the gradient with respect to each layer's output, before BatchNorm. Their growth is fitted
    without the first layer, whose input was not rectified: with BatchNorm its factor is another one.

    Raises:
        ExplorerError: the device is not there or has too little memory.
    """
    with explained(config.device):
        device = resolve(config.device)
        draw = generator(config.seed, "vectors")
        x = torch.randn(config.batch, config.width, generator=draw).to(device).requires_grad_()
        outputs = []
        for index in range(config.layers):
            weight, bias = (each.to(device) for each in _layer(config, index))
            x = F.linear(x, weight, bias)
            x.retain_grad()
            outputs.append(x)
            x = F.relu(F.batch_norm(x, None, None, training=True) if config.norm else x)
            if stopped():
                break
        x.backward(torch.randn(x.shape, generator=draw).to(device))  # type: ignore[no-untyped-call]
        found = norms([y.grad for y in outputs if y.grad is not None])
    result = Dense(norms=found, factor=growth(found[1:]))
    report(result)
    return result


def _layer(config: DenseConfig, index: int) -> tuple[Tensor, Tensor]:
    """Weight and bias of a layer: He's N(0, 2 / width) without bias, or PyTorch's default."""
    draw = generator(config.seed, f"layer{index}")
    weight, bias = torch.empty(config.width, config.width), torch.zeros(config.width)
    if config.init == "he":
        return weight.normal_(0.0, math.sqrt(2 / config.width), generator=draw), bias
    bound = 1 / math.sqrt(config.width)
    return weight.uniform_(-bound, bound, generator=draw), bias.uniform_(-bound, bound, generator=draw)
