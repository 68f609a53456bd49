"""The record of an attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.spec.cell import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """How a branch is weighed: `write(cell, y)` returns the path of the weighed branch.

    `prefix` stands before the names of its nets; `module` is the class of its module, which blocks call `se`.
    """

    name: str
    title: str
    write: Callable[[Cell, str], str]
    prefix: str = ""
    module: str = ""
