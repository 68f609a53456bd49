"""What is below the first sight of a page, and comes right after it: a table of Streamlit's would cost it a third."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.ui import canvas

if TYPE_CHECKING:
    from collections.abc import Callable


def show(what: Callable[[], None], *, key: str, height: int) -> None:
    """Show it once the page has been drawn; until then its room of so many pixels stands.

    Whoever has seen it has it at once from then on, on this page and when it is opened again.
    """
    seen = f"{key}.seen"
    if st.session_state.get(seen):
        what()
    else:
        canvas.figure("later", {}, key=f"later_{key}", height=height, drawn=lambda _: _come(seen))


def _come(seen: str) -> None:
    st.session_state[seen] = True
