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
