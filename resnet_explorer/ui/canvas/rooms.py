"""How many pixels drawings take on a page, as the browser fits them: kept for them until they come.

The server does not know how wide the page is: Streamlit is told the height on that of a laptop, and a rule of style
that on a telephone's, where it is more.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.diagrams import Drawing

_LAPTOP, _TELEPHONE, _BREAK = 1120, 358, 767
"""The widths of a page in a window of 1280 and of 390 pixels, and of the widest that is like the second."""
_ENLARGED, _SMALLEST = 1.2, 0.7
"""How much a block is enlarged at most, and made small (`scripts/pure/fit.js`)."""
_TITLE, _BETWEEN, _ABOVE, _COUNTS, _ABREAST = 29, 32, 16, 77, 2
"""Of `canvas.css`: a title with its margin, between drawings that stand side by side and over each other, a row of
counts with what is above the next one, and how many of them a telephone has side by side."""
_BELOW_COUNTS = 8
"""What is below the last row more than above another."""


def laptop(drawings: Sequence[Drawing], counts: int = 0) -> int:
    """The room on a page of a laptop: blocks stand side by side, counts in one row."""
    blocks = [each for each in drawings if each.data["kind"] != "axis"]
    share = (_LAPTOP - _BETWEEN * (len(blocks) - 1)) / max(len(blocks), 1)
    tallest = max((each.height * min(_ENLARGED, share / each.width) + _title(drawings) for each in blocks), default=0)
    return math.ceil(_axes(drawings) + tallest + _counted(min(counts, 1)))


def telephone(drawings: Sequence[Drawing], counts: int = 0) -> int:
    """The room on a telephone: blocks stand over each other, counts two in a row."""
    blocks = [each for each in drawings if each.data["kind"] != "axis"]
    end = max((each.data["narrow"][2] for each in blocks if each.data.get("narrow")), default=0)
    high = sum(each.height * _scale(each, end) + _title(drawings) for each in blocks)
    gaps = _ABOVE * max(len(blocks) - 1, 0)
    return math.ceil(_axes(drawings) + high + gaps + _counted(math.ceil(counts / _ABREAST)))


def style(key: str, height: int) -> str:
    """The rule that keeps so much for the drawings of that key on a telephone, until the script gives them theirs."""
    return (
        f"<style>@media (max-width: {_BREAK}px) {{ .st-key-{key}:not([style]) {{ min-height: {height}px }} }}</style>"
    )


def _axes(drawings: Sequence[Drawing]) -> float:
    axes = [each.height + _title(drawings) for each in drawings if each.data["kind"] == "axis"]
    return sum(axes) + _ABOVE * max(len(axes) - 1, 0)


def _title(drawings: Sequence[Drawing]) -> int:
    return _TITLE if len(drawings) > 1 or any(each.data["kind"] == "block" for each in drawings) else 0


def _counted(rows: int) -> int:
    return _COUNTS * rows + _BELOW_COUNTS if rows else 0


def _scale(block: Drawing, end: float) -> float:
    """How much a block is made small beside its words, the longest of which end there, or enlarged: see `block.js`."""
    narrow = block.data.get("narrow")
    if not narrow or block.width <= _TELEPHONE:
        return min(_ENLARGED, _TELEPHONE / block.width)
    left, side, _ = narrow
    fits: float = (_TELEPHONE - (end - side)) / (side - left)
    return max(_SMALLEST, min(1, fits))
