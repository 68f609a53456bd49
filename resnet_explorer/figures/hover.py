"""What a chart says of the point under the pointer: its name, and its formula with the live values in it."""

from __future__ import annotations

import re
import textwrap
from html import escape

WIDTH = 46
"""Letters on a line: what a screen of 390 px has room for."""
SHOWN = "%{customdata}<extra></extra>"
"""The template of a trace whose `customdata` are such boxes, one for each point."""

_HELD = re.compile(r"(?<=[+−÷=·×]) | (?=[(]?\d)")
"""Spaces at which no line ends: an operator keeps its number, and a name too."""


def box(title: str, *workings: str) -> str:
    """The text of a point: its title, and under it each working from a line of its own; empty ones are left out."""
    lines = [line for working in workings for line in working.split("\n") if line]
    return "<br>".join([f"<b>{escape(title, quote=False)}</b>", *map(wrapped, lines)])


def wrapped(text: str) -> str:
    """A text in lines that a narrow screen has room for."""
    lines = textwrap.wrap(_HELD.sub("\u00a0", text), WIDTH, break_long_words=False, break_on_hyphens=False)
    return escape("\n".join(lines), quote=False).replace("\n", "<br>")
