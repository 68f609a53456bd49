"""What a drawing function returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture: its SVG, its `width` and `height` in pixels, and what it says in words.

    `title` and `alt` also stand in the SVG as `<title>` and `<desc>`. `data` is what hover, keyboard and redrawing
    need to know about it, ready for JSON: `kind` (axis or block), `items` (path, index into `facts`, ...) and `facts`
    (a heading and rows of label and value, each once however many items share it).
    """

    svg: str
    title: str
    alt: str
    width: float
    height: float
    data: dict[str, Any]
