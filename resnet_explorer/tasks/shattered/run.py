"""The slope of a network along a line: smooth where it is shallow, white noise where it is deep and plain."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from resnet_explorer.model.device import explained, resolve
from resnet_explorer.model.init import generator
from resnet_explorer.tasks.shattered import Shattered

if TYPE_CHECKING:
    from torch import Tensor

    from resnet_explorer.tasks.shattered import ShatteredConfig
    from resnet_explorer.tasks.task import Report, Stopped

REACH = 2.0
LAGS = (1, 2, 3, 5, 8, 10, 15, 20)


def shattered(config: ShatteredConfig, report: Report, stopped: Stopped) -> Shattered:
    """Take df/dx at even places in [-2, 2] for some nets; the first is shown, the correlation is the mean over all.

    BatchNorm takes the statistics of all places, held fixed while the slope is taken.

    Raises:
        ExplorerError: the device is not there or has too little memory.
    """
    with explained(config.device):
        places = torch.linspace(-REACH, REACH, config.points, device=resolve(config.device))
        nets = []
        for index in range(config.draws):
            nets.append(_slopes(config, places, index))
            if stopped():
                break
    lags = tuple(lag for lag in LAGS if lag < config.points // 2)
    every = [[_correlation(slopes, lag) for slopes in nets] for lag in lags]
    found = Shattered(
        places=tuple(places.tolist()),
        slopes=tuple(nets[0].tolist()),
        lags=lags,
        correlation=tuple(sum(each) / len(each) for each in every),
        rms=math.sqrt(sum(slopes.cpu().double().square().mean().item() for slopes in nets) / len(nets)),
        nets=len(nets),
    )
    report(found)
    return found


def _slopes(config: ShatteredConfig, places: Tensor, index: int) -> Tensor:
    draw = generator(config.seed, f"net{index}")
    x = places[:, None].clone().requires_grad_()
    h = torch.relu(_normed(x @ torch.randn(1, config.width, generator=draw).to(x.device)))
    scale = math.sqrt(2 / config.width)
    shortcut = h
    for layer in range(config.layers - 1):
        weight = torch.randn(config.width, config.width, generator=draw).to(x.device) * scale
        h = _normed(h @ weight)
        if config.residual and layer % 2:
            h = h + shortcut
        h = torch.relu(h)
        shortcut = h if layer % 2 else shortcut
    readout = torch.randn(config.width, generator=draw).to(x.device) / math.sqrt(config.width)
    (slopes,) = torch.autograd.grad((h @ readout).sum(), x)
    return slopes[:, 0]


def _normed(h: Tensor) -> Tensor:
    """BatchNorm whose statistics are constants of the slope."""
    mean, variance = h.detach().mean(0), h.detach().var(0, unbiased=False)
    return (h - mean) / (variance + 1e-5).sqrt()


def _correlation(slopes: Tensor, lag: int) -> float:
    """Autocorrelation at a lag."""
    slopes = slopes.cpu().double()
    centred = slopes - slopes.mean()
    return (centred[:-lag] * centred[lag:]).sum().item() / max(centred.square().sum().item(), 1e-300)
