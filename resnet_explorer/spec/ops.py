"""The primitive operations that a network is made of.

Each knows its weights, the shape it gives, and its multiply-adds; nothing else. `Shape` is (channels, height, width),
or (features,) behind the flattening; the batch is never included.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

Shape: TypeAlias = tuple[int, ...]
Weight: TypeAlias = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Op:
    """An operation. Its defaults are those of one without weights, work or window.

    `branch` says which input survives in the plain net (None: all, the operation stays).
    `saves` says which tensors autograd keeps of it for the backward pass: of "input", "output", "indices".
    """

    kind: ClassVar[str]
    branch: ClassVar[int | None] = None
    saves: ClassVar[tuple[str, ...]] = ()

    @property
    def weights(self) -> tuple[Weight, ...]:
        """Learned tensors, as (name, shape)."""
        return ()

    @property
    def params(self) -> int:
        """Learned numbers."""
        return sum(math.prod(shape) for _, shape in self.weights)

    @property
    def window(self) -> tuple[int, int]:
        """Kernel and stride in pixels, for the receptive field."""
        return 1, 1

    def shape(self, x: Shape) -> Shape:
        """The output's shape, from that of the first input."""
        return x

    def macs(self, y: Shape) -> int:  # noqa: ARG002
        """Multiply-adds for one image, from the output's shape: convolutions and fully connected layers only."""
        return 0


@dataclass(frozen=True, slots=True)
class Conv2d(Op):
    """A convolution with a square kernel; padded by half of it, so that stride alone changes the map."""

    kind: ClassVar[str] = "conv"
    saves: ClassVar[tuple[str, ...]] = ("input",)
    in_channels: int
    out_channels: int
    kernel: int
    stride: int = 1
    groups: int = 1
    bias: bool = False

    @property
    def padding(self) -> int:
        """Zeros at each border."""
        return self.kernel // 2

    @property
    def weights(self) -> tuple[Weight, ...]:
        weight = ("weight", (self.out_channels, self.in_channels // self.groups, self.kernel, self.kernel))
        return (weight, ("bias", (self.out_channels,))) if self.bias else (weight,)

    @property
    def window(self) -> tuple[int, int]:
        return self.kernel, self.stride

    def shape(self, x: Shape) -> Shape:
        _, height, width = x
        reach = 2 * self.padding - self.kernel
        return self.out_channels, (height + reach) // self.stride + 1, (width + reach) // self.stride + 1

    def macs(self, y: Shape) -> int:
        return self.kernel**2 * (self.in_channels // self.groups) * math.prod(y)


@dataclass(frozen=True, slots=True)
class BatchNorm2d(Op):
    """Batch normalisation (Ioffe & Szegedy 2015, arXiv:1502.03167); `zero_gamma` starts its scale at 0."""

    kind: ClassVar[str] = "bn"
    saves: ClassVar[tuple[str, ...]] = ("input",)
    channels: int
    zero_gamma: bool = False

    @property
    def weights(self) -> tuple[Weight, ...]:
        return ("weight", (self.channels,)), ("bias", (self.channels,))


@dataclass(frozen=True, slots=True)
class ReLU(Op):
    """max(0, x)."""

    kind: ClassVar[str] = "relu"
    saves: ClassVar[tuple[str, ...]] = ("output",)


@dataclass(frozen=True, slots=True)
class MaxPool2d(Op):
    """The maximum of each window; padded by half of it."""

    kind: ClassVar[str] = "maxpool"
    saves: ClassVar[tuple[str, ...]] = ("input", "indices")
    kernel: int
    stride: int

    @property
    def padding(self) -> int:
        """Zeros at each border."""
        return self.kernel // 2

    @property
    def window(self) -> tuple[int, int]:
        return self.kernel, self.stride

    def shape(self, x: Shape) -> Shape:
        channels, height, width = x
        reach = 2 * self.padding - self.kernel
        return channels, (height + reach) // self.stride + 1, (width + reach) // self.stride + 1


@dataclass(frozen=True, slots=True)
class GlobalAvgPool2d(Op):
    """The mean of each channel's map."""

    kind: ClassVar[str] = "avgpool"

    def shape(self, x: Shape) -> Shape:
        return x[0], 1, 1


@dataclass(frozen=True, slots=True)
class Flatten(Op):
    """All values in a row."""

    kind: ClassVar[str] = "flatten"

    def shape(self, x: Shape) -> Shape:
        return (math.prod(x),)


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


@dataclass(frozen=True, slots=True)
class Add(Op):
    """The addition of a block: first input the residual branch F(x), second the shortcut."""

    kind: ClassVar[str] = "add"
    branch: ClassVar[int | None] = 0


@dataclass(frozen=True, slots=True)
class PadChannels(Op):
    """The shortcut of option A: every `stride`-th pixel, and channels of zeros behind the others. No weights."""

    kind: ClassVar[str] = "pad"
    channels: int
    stride: int

    @property
    def window(self) -> tuple[int, int]:
        return 1, self.stride

    def shape(self, x: Shape) -> Shape:
        _, height, width = x
        return self.channels, (height - 1) // self.stride + 1, (width - 1) // self.stride + 1
