"""Operations on each value by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from resnet_explorer.spec.ops.op import Op


@dataclass(frozen=True, slots=True)
class ReLU(Op):
    """max(0, x)."""

    kind: ClassVar[str] = "relu"
    saves: ClassVar[tuple[str, ...]] = ("output",)


@dataclass(frozen=True, slots=True)
class Sigmoid(Op):
    """1 / (1 + exp(-x)), between 0 and 1."""

    kind: ClassVar[str] = "sigmoid"
    saves: ClassVar[tuple[str, ...]] = ("output",)


@dataclass(frozen=True, slots=True)
class Dropout(Op):
    """While training, zeroes values at random with this probability and scales the others up (arXiv:1207.0580)."""

    kind: ClassVar[str] = "dropout"
    saves: ClassVar[tuple[str, ...]] = ("mask",)
    probability: float
