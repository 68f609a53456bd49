"""A page on paper: its link as a QR code above it, and its numbers as answers or as blanks to write on.

The style sheet does the rest: `print=blanks` in an address, which is how a view is shown and no part of it.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from resnet_explorer.ui.parts import share, text
from resnet_explorer.ui.view import address as reach
from resnet_explorer.ui.view import hide
from resnet_explorer.ui.view.link import PRINT

BLANKS = "blanks"
_KEY = "handout"


def blanks() -> bool:
    """Whether numbers are to be blank on paper."""
    return st.query_params.get(PRINT) == BLANKS


def choice() -> None:
    """How this page is printed."""
    if hide.hides(_KEY):
        return
    st.session_state[_KEY] = blanks()
    with st.popover("Hand-out", icon=":material/print:", type="tertiary"):
        st.toggle("Blanks in place of numbers", key=_KEY, on_change=_choose)
        st.caption(
            "Print this page from the browser (Ctrl P, or ⌘ P). The link of this view stands above it, as a code too; "
            "blanks leave a line to write on in place of each number that can be worked out."
        )


def _choose() -> None:
    if st.session_state[_KEY]:
        st.query_params[PRINT] = BLANKS
    else:
        st.query_params.pop(PRINT, None)


def head() -> None:
    """What stands above a printed page, and on no screen."""
    with st.container(key=f"paper{'_blanks' * blanks()}{'_dark' * text.dark()}"):
        st.html(_head(_address(), blank=blanks()))


def _address() -> str:
    """The full link of the view, as others in the room open it."""
    texts = urlencode(st.session_state.texts, safe=",")
    return reach.place() + urlsplit(st.context.url or "").path + (f"?{texts}" if texts else "")


def _head(address: str, *, blank: bool) -> str:
    """The link as text, and as a code that the browser asks for when it prints."""
    name = "<b>Name</b> <i></i> <b>Date</b> <i></i>" if blank else "<b>ResNet Explorer</b>"
    code = ""
    if len(address) <= share.MOST_LETTERS:
        code = f'<img alt="The link as a QR code" loading="lazy" src="{share.CODE}?of={quote(address, safe="")}">'
    return f'<div class="paper-head"><span>{name}<br>{escape(address)}</span>{code}</div>'
