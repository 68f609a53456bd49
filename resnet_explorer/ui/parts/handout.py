"""A page on paper: its link as a QR code above it, and its numbers as answers or as blanks to write on.

The style sheet does the rest: `print=blanks` in an address, which is how a view is shown and no part of it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from resnet_explorer.ui.parts import share
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


def head() -> dict[str, Any]:
    """What stands above a printed page, and on no screen."""
    return _head(_address(), blank=blanks())


def _address() -> str:
    """The full link of the view, as others in the room open it."""
    texts = urlencode(glance.texts(), safe=",")
    return reach.place() + urlsplit(st.context.url or "").path + (f"?{texts}" if texts else "")


def _head(address: str, *, blank: bool) -> dict[str, Any]:
    """The link as text, and where it is drawn as a code, if a telephone can read that."""
    code = f"{share.CODE}?of={quote(address, safe='')}" if len(address) <= share.MOST_LETTERS else ""
    return {"address": address, "code": code, "blank": blank}
