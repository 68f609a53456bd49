"""Normalisations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from resnet_explorer.spec.ops.op import Op, Weight


@dataclass(frozen=True, slots=True)
class BatchNorm2d(Op):
    """Batch normalisation (Ioffe & Szegedy 2015, arXiv:1502.03167); `zero_gamma` starts its scale at 0."""

    kind: ClassVar[str] = "bn"
    saves: ClassVar[tuple[str, ...]] = ("input",)
    channels: int
    zero_gamma: bool = False

    @property
    def plain(self) -> BatchNorm2d:
        """With its scale at 1: where there is no shortcut, a scale of 0 would let nothing through."""
        return BatchNorm2d(self.channels)

    @property
    def weights(self) -> tuple[Weight, ...]:
        return ("weight", (self.channels,)), ("bias", (self.channels,))


@dataclass(frozen=True, slots=True)
class GroupNorm(Op):
    """Normalisation over groups of channels of each image, whatever the batch (Wu & He 2018, arXiv:1803.08494)."""

    kind: ClassVar[str] = "gn"
    saves: ClassVar[tuple[str, ...]] = ("input",)
    channels: int
    groups: int
    zero_gamma: bool = False

    @property
    def weights(self) -> tuple[Weight, ...]:
        return ("weight", (self.channels,)), ("bias", (self.channels,))

    @property
    def statistics(self) -> int:
        return 2 * self.groups
