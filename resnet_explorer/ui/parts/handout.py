"""A page on paper: its link as a QR code above it, and its numbers as answers or as blanks to write on.

The style sheet does the rest: `print=blanks` in an address, which is how a view is shown and no part of it.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from resnet_explorer.ui.parts import share, text
from resnet_explorer.ui.view import address as reach
from resnet_explorer.ui.view import bar, glance
from resnet_explorer.ui.view.link import PRINT

BLANKS = "blanks"


def blanks() -> bool:
    """Whether numbers are to be blank on paper."""
    return glance.address(PRINT) == BLANKS


def turn() -> None:
    """Blanks in place of numbers, or numbers again. For callbacks."""
    bar.show(**{PRINT: "" if blanks() else BLANKS})


def head() -> None:
    """What stands above a printed page, and on no screen."""
    st.html(_head(_address(), blank=blanks(), dark=text.dark()))


def _address() -> str:
    """The full link of the view, as others in the room open it."""
    texts = urlencode(glance.texts(), safe=",")
    return reach.place() + urlsplit(st.context.url or "").path + (f"?{texts}" if texts else "")


def _head(address: str, *, blank: bool, dark: bool = False) -> str:
    """The link as text, and as a code that the browser asks for when it prints; the style sheet goes by its classes."""
    name = "<b>Name</b> <i></i> <b>Date</b> <i></i>" if blank else "<b>ResNet Explorer</b>"
    code = ""
    if len(address) <= share.MOST_LETTERS:
        code = f'<img alt="The link as a QR code" loading="lazy" src="{share.CODE}?of={quote(address, safe="")}">'
    names = f"paper-head{' paper-blanks' * blank}{' paper-dark' * dark}"
    return f'<div class="{names}"><span>{name}<br>{escape(address)}</span>{code}</div>'
