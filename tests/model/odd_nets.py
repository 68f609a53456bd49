"""Nets that lack what a classifier of images has: a second stage, a map at the end, weights, work, a height."""

from collections import OrderedDict
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Functional(nn.Module):
    """A net whose module does all with functions."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second, self.fc = nn.Conv2d(3, 8, 3), nn.Conv2d(8, 8, 3, stride=2), nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.first(x))
        return self.fc(F.adaptive_avg_pool2d(F.relu(self.second(x)), 1).flatten(1))


class Summed(nn.Module):
    """A convolution of which the sum comes out, for each input or `whole`."""

    def __init__(self, *, whole: bool, stride: int = 1) -> None:
        super().__init__()
        self.conv, self.whole = nn.Conv2d(3, 8, 3, stride=stride), whole

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x).sum() if self.whole else self.conv(x).sum((1, 2, 3))


class Named(nn.Module):
    """A dictionary comes out."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.b = nn.Linear(6, 4), nn.Linear(6, 2)

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        return {"a": self.a(x), "b": self.b(x)}


class Weighed(nn.Module):
    """Learned, though no layer has the weights; `idle`: and nobody uses them."""

    def __init__(self, *, idle: bool) -> None:
        super().__init__()
        self.scale, self.idle = nn.Parameter(torch.ones(3, 1, 1)), idle

    def forward(self, x: Tensor) -> Tensor:
        return x + 1 if self.idle else x * self.scale


class Around(nn.Module):
    """A shortcut around what has no weights; `last`: behind the only layer that has."""

    def __init__(self, *, last: bool) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 1) if last else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv(x)
        return x + torch.tanh(x)


class Way(nn.Module):
    """A function of the input alone."""

    def __init__(self, way: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.way = way

    def forward(self, x: Tensor) -> Tensor:
        return self.way(x)


def _line(axes: int, stride: int) -> nn.Module:
    conv, pool = (getattr(nn, f"{name}{axes}d") for name in ("Conv", "AdaptiveAvgPool"))
    return nn.Sequential(conv(2, 4, 3, stride=stride), nn.ReLU(), pool(1), nn.Flatten(), nn.Linear(4, 10))


def _classifier() -> nn.Module:
    return nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 10))


def _staged() -> nn.Module:
    return nn.Sequential(
        OrderedDict(
            body=nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(8, 8, 3, padding=1)),
            tail=nn.Sequential(nn.MaxPool2d(2), nn.Conv2d(8, 8, 3), nn.Flatten()),
        )
    )


def _transformer() -> nn.Module:
    return nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)


ODD: dict[str, tuple[Callable[[], nn.Module], tuple[int, ...]]] = {
    "conv": (lambda: nn.Conv2d(3, 8, 3), (3, 8, 8)),
    "conv, stride 2": (lambda: nn.Conv2d(3, 8, 3, stride=2), (3, 8, 8)),
    "oblong image": (lambda: nn.Conv2d(3, 8, (1, 3)), (3, 8, 12)),
    "linear": (lambda: nn.Linear(10, 5), (10,)),
    "linear without bias": (lambda: nn.Linear(10, 5, bias=False), (10,)),
    "tokens": (lambda: nn.Linear(10, 5), (4, 10)),
    "perceptron": (lambda: nn.Sequential(nn.Linear(10, 5), nn.ReLU(), nn.Linear(5, 12)), (10,)),
    "relu": (nn.ReLU, (3, 4, 4)),
    "pool": (lambda: nn.MaxPool2d(2), (3, 4, 4)),
    "norm": (lambda: nn.BatchNorm2d(3), (3, 4, 4)),
    "one value": (lambda: nn.Linear(1, 1), (1,)),
    "classifier": (_classifier, (3, 16, 16)),
    "conv, flatten": (lambda: nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten()), (3, 8, 8)),
    "conv, flatten, linear": (lambda: nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten(), nn.Linear(288, 10)), (3, 8, 8)),
    "sum": (lambda: Summed(whole=False), (3, 8, 8)),
    "sum of all": (lambda: Summed(whole=True), (3, 8, 8)),
    "sum of strided": (lambda: Summed(whole=False, stride=2), (3, 8, 8)),
    "functional": (Functional, (3, 16, 16)),
    "staged": (_staged, (3, 16, 16)),
    "signal": (lambda: _line(1, 1), (2, 16)),
    "signal, strided": (lambda: _line(1, 2), (2, 16)),
    "volume": (lambda: _line(3, 1), (2, 6, 6, 6)),
    "volume, strided": (lambda: _line(3, 2), (2, 6, 7, 8)),
    "conv of a signal": (lambda: nn.Conv1d(2, 4, 3), (2, 16)),
    "conv of a volume": (lambda: nn.Conv3d(2, 4, 3), (2, 6, 6, 6)),
    "transposed": (lambda: nn.ConvTranspose2d(3, 8, 2, 2), (3, 8, 8)),
    "transformer": (_transformer, (5, 8)),
    "recurrent": (lambda: nn.GRU(4, 8, batch_first=True), (5, 4)),
    "dictionary": (Named, (6,)),
    "scale": (lambda: Weighed(idle=False), (3, 4, 4)),
    "idle": (lambda: Weighed(idle=True), (3, 4, 4)),
    "doubled": (lambda: Way(lambda x: x + x), (3, 4, 4)),
    "squared": (lambda: Way(lambda x: x * x), (3, 4, 4)),
    "product": (lambda: Way(lambda x: x @ x.transpose(1, 2)), (4, 4)),
    "reshaped": (lambda: nn.Sequential(nn.Conv2d(3, 8, 3), nn.Unfold(2, stride=2), nn.Conv1d(32, 4, 3)), (3, 8, 8)),
    "shortcut alone": (lambda: Around(last=False), (3, 4, 4)),
    "shortcut last": (lambda: Around(last=True), (3, 4, 4)),
}
