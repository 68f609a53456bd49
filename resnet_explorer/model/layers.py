"""The torch modules that a network is made of, where PyTorch's own do not fit as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import torch
from torch import nn
from torch.nn import functional as F

if TYPE_CHECKING:
    from torch import Tensor

Layer = TypeVar("Layer", bound=nn.Module)


def allocated(kind: type[Layer], *sizes: Any, **settings: Any) -> Layer:
    """PyTorch's layer of that very class, its weights allocated and left to `model.init`.

    A BatchNorm's running mean and variance are made as they start, 0 and 1.
    """
    layer: Layer = _UNFILLED[kind](*sizes, **settings)
    layer.__class__ = kind  # so that all that knows torch's layers knows it, and it can be reset
    return layer


_UNFILLED: dict[type[nn.Module], Any] = {
    kind: type(kind.__name__, (kind,), {"reset_parameters": lambda _self: None})
    for kind in (nn.Conv1d, nn.Conv2d, nn.BatchNorm2d, nn.Linear)
}
"""The same layers, that leave their weights as they are when they are made."""


def mixed(h: Tensor, x: Tensor, t: Tensor) -> Tensor:
    """H and x in the proportion T to 1 - T."""
    return torch.lerp(x, h, t)


class Scale(nn.Module):
    """The product with one learned number, `weight`, which starts at `begins`."""

    def __init__(self, begins: float = 1.0, device: torch.device | None = None) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.full((1,), begins, device=device))

    def forward(self, x: Tensor) -> Tensor:
        """Scale."""
        return x * self.weight


class Blur2d(nn.Module):
    """Each channel smoothed by 1-2-1 down and across, mirrored at the border, then every `stride`-th value.

    The weights are made as they are needed: a buffer that no checkpoint holds would be lost by `to_empty`.
    """

    def __init__(self, stride: int) -> None:
        super().__init__()
        self.stride = stride

    def forward(self, x: Tensor) -> Tensor:
        """Blur and subsample."""
        channels = x.shape[1]
        row = torch.tensor([1.0, 2.0, 1.0], dtype=x.dtype, device=x.device) / 4
        weight = torch.outer(row, row).expand(channels, 1, 3, 3)
        return F.conv2d(F.pad(x, (1, 1, 1, 1), "reflect"), weight, stride=self.stride, groups=channels)

    def extra_repr(self) -> str:
        """What `print` shows of it."""
        return f"stride={self.stride}"


def as_row(x: Tensor) -> Tensor:
    """Channels of maps N, C, 1, 1 in a row: N, 1, C."""
    return x.flatten(1).unsqueeze(1)


def as_map(x: Tensor) -> Tensor:
    """The same back: N, C, 1, 1."""
    return x.flatten(1)[:, :, None, None]


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
