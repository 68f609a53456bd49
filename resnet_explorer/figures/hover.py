"""What a chart says of the point under the pointer: its name, and its formula with the live values in it."""

from __future__ import annotations

import re
import textwrap
from html import escape

WIDTH = 52
"""Letters on a line: what a screen of 390 px has room for."""
INDENT = "\u2003"
"""What lines after the first begin with."""
NAME = 36
"""Letters on a line of a name that has a value after it."""
LOG = " (log)"
"""What titles of axes end with, and hovers have no need of."""
SHOWN = "%{customdata}<extra></extra>"
"""The template of a trace whose `customdata` are such boxes, one for each point."""

_HELD = re.compile(r"(?<=[+−÷=·×]) | (?=[(]?\d)|(?<=\d) (?=[^\W\d])")
"""Spaces at which no line ends: an operator keeps its number, and a number its name and its unit."""

_SPACE = "\ue000"
"""Stands for such a space while lines are made: a letter to those who look for spaces."""


def box(title: str, *workings: str) -> str:
    """The text of a point: its title, and under it each working from a line of its own; empty ones are left out."""
    lines = [line for working in workings for line in working.split("\n") if line]
    return "<br>".join([f"<b>{escape(title, quote=False)}</b>", *map(wrapped, lines)])


def heading(x: str, y: str, how: str) -> dict[str, dict[str, str]]:
    """For an axis whose hover tells of all lines at once: where on `x` one is, what `y` is and how it came about."""
    return {"unifiedhovertitle": {"text": f"{x.removesuffix(LOG)}: %{{x:.6~r}}<br>{wrapped(what(y, how))}"}}


def what(title: str, how: str) -> str:
    """What an axis shows, and how it came about."""
    return f"{title.removesuffix(LOG)}: {how}"


def wrapped(text: str, width: int = WIDTH) -> str:
    """A text in lines of so many letters; those after the first are indented."""
    held = _HELD.sub(_SPACE, text)
    lines = textwrap.TextWrapper(width, subsequent_indent=INDENT, break_long_words=False, break_on_hyphens=False)
    return "<br>".join(lines.wrap(escape(held, quote=False))).replace(_SPACE, " ")
