"""What a drawing function returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from resnet_explorer.diagrams.style import standalone


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

    def __hash__(self) -> int:
        return hash(self.svg)  # a dictionary has none, and what is made of a drawing is to be kept

    def __repr__(self) -> str:
        return f"<Drawing {self.title}, {self.width:.0f} × {self.height:.0f} px>"

    def _repr_svg_(self) -> str:
        return standalone(self)
