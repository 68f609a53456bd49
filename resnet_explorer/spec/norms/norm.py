"""The record of a kind of normalisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.spec.ops import Op


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """A kind of normalisation; `op(channels, zero_gamma)` makes its operation, None where there is none."""

    name: str
    title: str
    op: Callable[[int, bool], Op] | None
