"""A number that shows where it comes from.

Point at it, tap it or reach it with the keyboard, and its formula stands beside it. The numbers of a paragraph or table
are one stop of the tab key; arrow keys lead on from there (`canvas/scripts/numbers.js`).
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Self

from resnet_explorer.analysis.sentence import say

if TYPE_CHECKING:
    from resnet_explorer.analysis.sentence import Part
    from resnet_explorer.analysis.worked import Worked

MARK = '<span class="derived"'
APART, STOP = 'tabindex="-1"', 'tabindex="0"'


class Derived(str):
    """The text of a number, Markdown allowed, with its `formula` in live values; elsewhere it is that text."""

    __slots__ = ("formula",)
    formula: str

    def __new__(cls, text: str, formula: str) -> Self:
        """A text with its formula."""
        made = super().__new__(cls, text)
        made.formula = formula
        return made

    @classmethod
    def of(cls, number: Worked) -> Self:
        """A number that carries its working."""
        return cls(number.text, number.working)


def html(text: str, formula: str) -> str:
    """The inline element that the page's stylesheet shows the formula of; it may stand in a cell of Markdown."""
    words = escape(formula).replace("|", "&#124;").replace("\n", "; ")
    spoken = escape(text.replace("*", "").replace("\u00a0", " "))
    return f'{MARK} role="note" {APART} aria-label="{spoken}: {words}" data-f="{words}">{text}</span>'


def rendered(text: Part) -> str:
    """A text in Markdown, each of whose numbers shows its working."""
    return say(text).shown(lambda number: html(number.text, number.working))


def stop(text: str) -> str:
    """The text, the first of whose numbers is a stop of the tab key."""
    return text.replace(APART, STOP, 1)
