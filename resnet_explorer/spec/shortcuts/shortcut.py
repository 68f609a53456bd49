"""The record of a shortcut option."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.spec.blocks import Dims
    from resnet_explorer.spec.cell import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """How x reaches the addition: `write(cell, x, out, dims)` returns the path to add.

    It is asked where the dimensions change, and in every block if `everywhere`; elsewhere x itself is added.
    """

    name: str
    title: str
    write: Callable[[Cell, str, int, Dims], str]
    everywhere: bool = False
