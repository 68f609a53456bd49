"""The record of an activation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.spec.ops import Rectifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """An activation; `op(slope)` makes its operation. `sloped` says whether the slope means anything to it."""

    name: str
    title: str
    op: Callable[[float], Rectifier]
    sloped: bool = False
