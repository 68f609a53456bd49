"""Operations that change the form alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from resnet_explorer.spec.ops.op import Op, Shape


@dataclass(frozen=True, slots=True)
class Flatten(Op):
    """All values in a row."""

    kind: ClassVar[str] = "flatten"

    def shape(self, x: Shape) -> Shape:
        return (math.prod(x),)


@dataclass(frozen=True, slots=True)
class AsRow(Op):
    """The channels of a 1x1 map in a row."""

    kind: ClassVar[str] = "row"

    def shape(self, x: Shape) -> Shape:
        return 1, x[0]


@dataclass(frozen=True, slots=True)
class AsMap(Op):
    """The channels of a row as a 1x1 map again."""

    kind: ClassVar[str] = "map"

    def shape(self, x: Shape) -> Shape:
        return x[1], 1, 1


RESHAPED = frozenset({"flatten", "reshape", "row", "map"})
"""The kinds of operations that give their input another shape, and take nothing for it."""


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
