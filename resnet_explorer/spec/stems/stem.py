"""The record of a stem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.spec.cell import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """A stem: `write(cell, image, width)` writes it and returns its output's path.

    Its narrowest of `convs` convolutions has `width // parts` filters. `short` is what the title of a net calls it,
    `stride` what it divides height and width by; it `pools` where it ends in `cell.maxpool`, in which a blur may halve.
    """

    name: str
    short: str
    title: str
    write: Callable[[Cell, str, int], str]
    parts: int = 1
    convs: int = 1
    stride: int = 1
    pools: bool = False
