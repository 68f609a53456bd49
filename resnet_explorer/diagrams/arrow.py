"""Arrows of the drawing of a block: their heads, and the line that goes around a branch."""

from __future__ import annotations

from resnet_explorer.diagrams import svg

_CORNER = 16.0


def head(x: float, y: float, *, down: bool) -> str:
    """An arrow's head with its tip at x, y; it points down or to the right."""
    if down:
        return f"M{svg.px(x)} {svg.px(y)}l-4 -8h8z"
    return f"M{svg.px(x)} {svg.px(y)}l-10 -5.5v11z"


def corner(top: float, foot: float) -> float:
    """The radius of the corners of a line between these heights."""
    return min(_CORNER, (foot - top) / 2)


def around(begin: tuple[float, float], left: float, end: tuple[float, float]) -> str:
    """From where a way begins out to the left, down, and back to where it ends."""
    (x, top), (to, foot) = begin, end
    r, px = corner(top, foot), svg.px
    out = f"M{px(x)} {px(top)}H{px(left + r)}Q{px(left)} {px(top)} {px(left)} {px(top + r)}"
    return f"{out}V{px(foot - r)}Q{px(left)} {px(foot)} {px(left + r)} {px(foot)}H{px(to)}"
