"""The record of a metric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.spec.ops import Op, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A number that each layer has, and whose sum over layers is the network's.

    `of(op, x, y)` counts one operation, from the shapes of its first input and its output, for one image;
    `working(op, x, y)` says how that count is made, of an operation where it is not 0; without it a count stands alone.
    `convention` says what is counted and what is not, `brief` the same in a line.
    """

    name: str
    title: str
    convention: str
    of: Callable[[Op, Shape, Shape], int]
    working: Callable[[Op, Shape, Shape], str] | None = None
    brief: str = ""
