"""Normalisations."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field
from typing import ClassVar

from resnet_explorer.spec.ops.op import Op, Shape, Weight


@dataclass(frozen=True, slots=True)
class Normalisation(Op):
    """What all normalisations have: γ and β for each channel; `zero_gamma` starts γ at 0."""

    saves: ClassVar[tuple[str, ...]] = ("input",)
    channels: int
    zero_gamma: bool = field(default=False, kw_only=True)

    @property
    def plain(self) -> Normalisation:
        """With γ at 1: where there is no shortcut, a scale of 0 would let nothing through."""
        return dataclasses.replace(self, zero_gamma=False)

    @property
    def weights(self) -> tuple[Weight, ...]:
        return ("weight", (self.channels,)), ("bias", (self.channels,))

    def start(self, name: str) -> float:
        return float(name == "weight" and not self.zero_gamma)


@dataclass(frozen=True, slots=True)
class BatchNorm2d(Normalisation):
    """Batch normalisation (Ioffe & Szegedy 2015, arXiv:1502.03167)."""

    kind: ClassVar[str] = "bn"

    def together(self, y: Shape) -> int:
        return math.prod(y[1:])


@dataclass(frozen=True, slots=True)
class GroupNorm(Normalisation):
    """Normalisation over groups of channels of each image, whatever the batch (Wu & He 2018, arXiv:1803.08494)."""

    kind: ClassVar[str] = "gn"
    whole: ClassVar[str] = "the means and deviations of GroupNorm"
    groups: int

    @property
    def statistics(self) -> int:
        return 2 * self.groups

    def together(self, y: Shape) -> int:
        return math.prod(y) // self.groups
