"""What scales a residual branch before it is added: one learned number for each block, and what it starts at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resnet_explorer.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchScale:
    """A scale of branches; `begins(blocks)` is what it starts at in a net of so many, None where there is none.

    `short` is what the title of a net calls it.
    """

    name: str
    title: str
    short: str
    begins: Callable[[int], float] | None


SCALES = Registry(
    "branch scale",
    (
        BranchScale(name="none", title="none", short="", begins=None),
        BranchScale(
            name="zero",
            title="a scalar from 0 (SkipInit, ReZero)",
            short="branch scale from 0",
            begins=lambda _blocks: 0.0,
        ),
        BranchScale(
            name="depth",
            title="a scalar from 1/√blocks",
            short="branch scale from 1/√blocks",
            begins=lambda blocks: 1 / math.sqrt(blocks),
        ),
    ),
)
"""SkipInit: De & Smith 2020, arXiv:2002.10444, who start it at 0 and at 1/√blocks; ReZero: arXiv:2003.04887."""
