"""Operations that multiply by weights: convolutions and fully connected layers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from resnet_explorer.spec.ops.op import Op, Shape, Weight


@dataclass(frozen=True, slots=True)
class Conv2d(Op):
    """A convolution with a square kernel; padded by half of its reach, so that stride alone changes the map.

    `dilation` is how many pixels lie from one of its weights to the next, `reach` how many lie under all of them.
    `bias_start` is what its biases start at, whatever the initialisation, where that is not 0.
    """

    kind: ClassVar[str] = "conv"
    saves: ClassVar[tuple[str, ...]] = ("input",)
    in_channels: int
    out_channels: int
    kernel: int
    stride: int = 1
    groups: int = 1
    bias: bool = False
    bias_start: float = 0.0
    dilation: int = 1

    @property
    def padding(self) -> int:
        """Zeros at each border."""
        return self.kernel // 2 * self.dilation

    @property
    def reach(self) -> int:
        """Pixels under it, across."""
        return (self.kernel - 1) * self.dilation + 1

    @property
    def weights(self) -> tuple[Weight, ...]:
        weight = ("weight", (self.out_channels, self.in_channels // self.groups, self.kernel, self.kernel))
        return (weight, ("bias", (self.out_channels,))) if self.bias else (weight,)

    def start(self, name: str) -> float | None:
        return self.bias_start or None if name == "bias" else None

    @property
    def window(self) -> tuple[int, int]:
        return self.reach, self.stride

    def shape(self, x: Shape) -> Shape:
        _, height, width = x
        more = 2 * self.padding - self.reach
        return self.out_channels, (height + more) // self.stride + 1, (width + more) // self.stride + 1

    def macs(self, y: Shape) -> int:
        return self.kernel**2 * (self.in_channels // self.groups) * math.prod(y)


@dataclass(frozen=True, slots=True)
class Linear(Op):
    """A fully connected layer with bias."""

    kind: ClassVar[str] = "fc"
    saves: ClassVar[tuple[str, ...]] = ("input",)
    in_features: int
    out_features: int

    @property
    def weights(self) -> tuple[Weight, ...]:
        return ("weight", (self.out_features, self.in_features)), ("bias", (self.out_features,))

    def shape(self, x: Shape) -> Shape:  # noqa: ARG002
        return (self.out_features,)

    def macs(self, y: Shape) -> int:  # noqa: ARG002
        return self.in_features * self.out_features
