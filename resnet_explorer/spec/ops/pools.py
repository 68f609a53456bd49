"""Pooling: one value for a window of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from resnet_explorer.spec.ops.op import Op, Shape


@dataclass(frozen=True, slots=True)
class MaxPool2d(Op):
    """The maximum of each window; padded so that stride alone changes the map: an odd window by half of it."""

    kind: ClassVar[str] = "maxpool"
    saves: ClassVar[tuple[str, ...]] = ("input", "indices")
    kernel: int
    stride: int

    @property
    def padding(self) -> int:
        """Zeros at each border."""
        return (self.kernel - 1) // 2

    @property
    def window(self) -> tuple[int, int]:
        return self.kernel, self.stride

    def shape(self, x: Shape) -> Shape:
        channels, height, width = x
        reach = 2 * self.padding - self.kernel
        return channels, (height + reach) // self.stride + 1, (width + reach) // self.stride + 1


@dataclass(frozen=True, slots=True)
class AvgPool2d(Op):
    """The mean of each window; at the border, of those values that are there."""

    kind: ClassVar[str] = "mean"
    saves: ClassVar[tuple[str, ...]] = ("input",)
    kernel: int
    stride: int

    @property
    def window(self) -> tuple[int, int]:
        return self.kernel, self.stride

    def shape(self, x: Shape) -> Shape:
        channels, height, width = x
        return channels, -((self.kernel - height) // self.stride) + 1, -((self.kernel - width) // self.stride) + 1


@dataclass(frozen=True, slots=True)
class SameAvgPool2d(Op):
    """The mean of a window around each value, with zeros behind the last ones, so that the map keeps its size."""

    kind: ClassVar[str] = "mean"
    saves: ClassVar[tuple[str, ...]] = ("padded",)
    kernel: int

    @property
    def window(self) -> tuple[int, int]:
        return self.kernel, 1

    def padded(self, x: Shape) -> Shape:
        channels, height, width = x
        return channels, height + self.kernel - 1, width + self.kernel - 1


@dataclass(frozen=True, slots=True)
class GlobalAvgPool2d(Op):
    """The mean of each channel's map."""

    kind: ClassVar[str] = "avgpool"
    whole: ClassVar[str] = "the means of squeezes"

    def shape(self, x: Shape) -> Shape:
        return x[0], 1, 1


@dataclass(frozen=True, slots=True)
class AdaptiveAvgPool2d(Op):
    """Means over as many regions as give a map of `size` by `size`, whatever comes in (`AdaptiveAvgPool2d` of PyTorch).

    Its regions depend on the map: where it is `size` wide already, each value stays as it is. They are left out of the
    receptive field, like global pooling.
    """

    kind: ClassVar[str] = "adaptive"
    saves: ClassVar[tuple[str, ...]] = ("input",)
    size: int

    def shape(self, x: Shape) -> Shape:
        return x[0], self.size, self.size
