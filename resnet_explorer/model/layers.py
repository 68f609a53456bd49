"""The torch modules that a network is made of, where PyTorch's own do not fit as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional as F

if TYPE_CHECKING:
    from torch import Tensor


class Conv2d(nn.Conv2d):
    """PyTorch's convolution, whose weights are allocated and left to `model.init`."""

    def reset_parameters(self) -> None:
        """Leave the weights as they are."""


class BatchNorm2d(nn.BatchNorm2d):
    """PyTorch's normalisation, its running mean 0 and variance 1, whose γ and β are left to `model.init`."""

    def reset_parameters(self) -> None:
        """Leave γ and β as they are; the running statistics were made as they start."""


class Linear(nn.Linear):
    """PyTorch's fully connected layer, whose weights are allocated and left to `model.init`."""

    def reset_parameters(self) -> None:
        """Leave the weights as they are."""


def mixed(h: Tensor, x: Tensor, t: Tensor) -> Tensor:
    """H and x in the proportion T to 1 - T."""
    return torch.lerp(x, h, t)


class Scale(nn.Module):
    """The product with one learned number, `weight`; it is allocated and left to `model.init`."""

    def __init__(self, device: torch.device) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(1, device=device))

    def forward(self, x: Tensor) -> Tensor:
        """Scale."""
        return x * self.weight


class PadChannels(nn.Module):
    """The shortcut of option A: every `stride`-th pixel, then zero channels until there are `channels`.

    N, C, H, W becomes N, `channels`, ⌈H / stride⌉, ⌈W / stride⌉.
    """

    def __init__(self, channels: int, stride: int) -> None:
        super().__init__()
        self.channels = channels
        self.stride = stride

    def forward(self, x: Tensor) -> Tensor:
        """Subsample and pad."""
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, 0, self.channels - x.shape[1]))

    def extra_repr(self) -> str:
        """What `print` shows of it."""
        return f"{self.channels}, stride={self.stride}"
