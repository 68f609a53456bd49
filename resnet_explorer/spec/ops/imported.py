"""Operations of somebody's own module: as they were seen, with the shape that each gave.

An operation that the other kinds cover is one of those; what is here carries its shape, since nothing computes it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from resnet_explorer.spec.ops.op import Op, Shape, Weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(Op):
    """An operation as it was seen.

    Attributes:
        name: its kind: that of torch's function where there is no other.
        gives: the output's shape, without the batch.
        owns: the learned tensors that it was the first to use, as (name, shape): those used again count once.
        work: its multiply-adds, as torch's FlopCounterMode counts them.
        keeps: what autograd keeps of it, in the words of `Op.saves`.
        reach: kernel and stride in pixels, for the receptive field.
        enlarges: how many values it makes of one, across.
        wide: by what each of its values depends on all of its input's map, if it does.
        numbers: of each image that autograd keeps besides.
    """

    name: str
    gives: Shape
    owns: tuple[Weight, ...] = ()
    work: int = 0
    keeps: tuple[str, ...] = ()
    reach: tuple[int, int] = (1, 1)
    enlarges: int = 1  # type: ignore[misc]
    wide: str = ""
    numbers: int = 0

    @property
    def kind(self) -> str:  # type: ignore[override]
        return self.name

    @property
    def saves(self) -> tuple[str, ...]:  # type: ignore[override]
        return self.keeps

    @property
    def whole(self) -> str:  # type: ignore[override]
        return self.wide

    @property
    def statistics(self) -> int:
        return self.numbers

    @property
    def weights(self) -> tuple[Weight, ...]:
        return self.owns

    @property
    def window(self) -> tuple[int, int]:
        return self.reach

    @property
    def plain(self) -> Imported | None:
        """Itself; but the learned scale of a branch goes with the shortcut, as `Scale` does."""
        return None if self.name == "scale" else self

    def shape(self, x: Shape) -> Shape:  # noqa: ARG002
        return self.gives

    def macs(self, y: Shape) -> int:  # noqa: ARG002
        return self.work


@dataclass(frozen=True, slots=True, kw_only=True)
class Convolution(Imported):
    """A convolution over one or more axes, with any kernel, padding and dilation; `transposed`, it enlarges the map.

    `places` are the positions at which its kernel is applied: of the output, or of a transposed one's input.
    """

    in_channels: int
    out_channels: int
    sizes: tuple[int, ...]
    strides: tuple[int, ...]
    dilations: tuple[int, ...]
    groups: int
    bias: bool
    places: tuple[int, ...]
    transposed: bool = False

    @property
    def kernel(self) -> int:
        """The longest side of its kernel."""
        return max(self.sizes)

    @property
    def stride(self) -> int:
        """The stride across."""
        return 1 if self.transposed else self.strides[-1]

    @property
    def applied(self) -> int:
        """Multiply-adds at each of its places."""
        return math.prod(self.sizes) * (self.in_channels // self.groups) * self.out_channels

    def macs(self, y: Shape) -> int:  # noqa: ARG002
        return self.applied * math.prod(self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class FullyConnected(Imported):
    """A fully connected layer, applied at each of `places`; or one without bias, or whose weights count elsewhere."""

    in_features: int
    out_features: int
    bias: bool
    places: tuple[int, ...]

    def macs(self, y: Shape) -> int:  # noqa: ARG002
        return self.in_features * self.out_features * math.prod(self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation(Imported):
    """An activation other than the rectifiers: GELU, SiLU, ReLU6, ..."""
