"""Convolutions that are no layers of features: a fixed one that smooths a map, and one across channels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from resnet_explorer.spec.ops.op import Op, Shape, Weight


@dataclass(frozen=True, slots=True)
class Blur2d(Op):
    """Each channel smoothed by 1-2-1 down and across, then every `stride`-th value (Zhang 2019, arXiv:1904.11486).

    Its weights are fixed; at the border the map is mirrored, so that it takes two pixels at least. It is a convolution
    of each channel by itself, and its multiply-adds are counted.
    """

    kind: ClassVar[str] = "blur"
    kernel: ClassVar[int] = 3
    saves: ClassVar[tuple[str, ...]] = ("input", "padded")
    stride: int

    @property
    def padding(self) -> int:
        """Pixels mirrored at each border."""
        return 1

    @property
    def window(self) -> tuple[int, int]:
        return self.kernel, self.stride

    def padded(self, x: Shape) -> Shape:
        channels, height, width = x
        return channels, height + 2 * self.padding, width + 2 * self.padding

    def shape(self, x: Shape) -> Shape:
        channels, height, width = x
        return channels, (height - 1) // self.stride + 1, (width - 1) // self.stride + 1

    def macs(self, y: Shape) -> int:
        return self.kernel**2 * math.prod(y)


@dataclass(frozen=True, slots=True)
class ChannelConv(Op):
    """A convolution along channels in a row: each sees its neighbours in their order (arXiv:1910.03151)."""

    kind: ClassVar[str] = "eca"
    saves: ClassVar[tuple[str, ...]] = ("input",)
    kernel: int

    @property
    def weights(self) -> tuple[Weight, ...]:
        return (("weight", (1, 1, self.kernel)),)

    def macs(self, y: Shape) -> int:
        return self.kernel * math.prod(y)
