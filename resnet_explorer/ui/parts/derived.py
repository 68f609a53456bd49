"""A number that shows where it comes from.

Point at it, tap it or reach it with the tab key, and its formula stands beside it.
"""

from __future__ import annotations

from html import escape
from typing import Self

MARK = '<span class="derived"'


class Derived(str):
    """The text of a number, Markdown allowed, with its `formula` in live values; elsewhere it is that text."""

    __slots__ = ("formula",)
    formula: str

    def __new__(cls, text: str, formula: str) -> Self:
        """A text with its formula."""
        made = super().__new__(cls, text)
        made.formula = formula
        return made


def html(text: str, formula: str) -> str:
    """The inline element that the page's stylesheet shows the formula of; it may stand in a cell of Markdown."""
    words = escape(formula).replace("|", "&#124;").replace("\n", "; ")
    spoken = escape(text.replace("*", "").replace("\u00a0", " "))
    return f'{MARK} role="note" tabindex="0" aria-label="{spoken}: {words}" data-f="{words}">{text}</span>'
