"""Operations on each value by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from resnet_explorer.spec.ops.op import Op, Weight


@dataclass(frozen=True, slots=True)
class Rectifier(Op):
    """What all activations have: they hand x on where it is positive."""


@dataclass(frozen=True, slots=True)
class ReLU(Rectifier):
    """max(0, x)."""

    kind: ClassVar[str] = "relu"
    saves: ClassVar[tuple[str, ...]] = ("output",)


@dataclass(frozen=True, slots=True)
class LeakyReLU(Rectifier):
    """x where it is positive, and x times the slope where it is not (Maas, Hannun & Ng 2013).

    One that is written `over` its input, as imported nets may have it, finds its gradient by the output.
    """

    kind: ClassVar[str] = "leaky"
    slope: float
    over: bool = False

    @property
    def saves(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("output",) if self.over else ("input",)


@dataclass(frozen=True, slots=True)
class Sigmoid(Op):
    """1 / (1 + exp(-x)), between 0 and 1."""

    kind: ClassVar[str] = "sigmoid"
    saves: ClassVar[tuple[str, ...]] = ("output",)


@dataclass(frozen=True, slots=True)
class Scale(Op):
    """The product with one learned number, which starts at `begins`: what a branch is scaled by before it is added."""

    kind: ClassVar[str] = "scale"
    saves: ClassVar[tuple[str, ...]] = ("input",)
    begins: float

    @property
    def plain(self) -> None:
        """Nothing: it goes with the shortcut, for a branch that starts at 0 times itself would let nothing through."""
        return None

    @property
    def weights(self) -> tuple[Weight, ...]:
        return (("weight", (1,)),)

    def start(self, name: str) -> float:  # noqa: ARG002
        return self.begins


@dataclass(frozen=True, slots=True)
class Dropout(Op):
    """While training, zeroes values at random with this probability and scales the others up (arXiv:1207.0580)."""

    kind: ClassVar[str] = "dropout"
    saves: ClassVar[tuple[str, ...]] = ("mask",)
    probability: float
