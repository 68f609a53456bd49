"""Operations of several inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from resnet_explorer.spec.ops.op import Op


@dataclass(frozen=True, slots=True)
class Add(Op):
    """The addition of a block: first input the residual branch F(x), second the shortcut."""

    kind: ClassVar[str] = "add"
    branch: ClassVar[int | None] = 0

    @property
    def plain(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Mul(Op):
    """The product of a map and of a factor for each of its channels."""

    kind: ClassVar[str] = "mul"
    saves: ClassVar[tuple[str, ...]] = ("inputs",)


@dataclass(frozen=True, slots=True)
class Mix(Op):
    """What a highway layer passes on: H and x in the proportion T to 1 - T, from the inputs H, x and T."""

    kind: ClassVar[str] = "mix"
    branch: ClassVar[int | None] = 0
    saves: ClassVar[tuple[str, ...]] = ("inputs",)

    @property
    def plain(self) -> None:
        return None
