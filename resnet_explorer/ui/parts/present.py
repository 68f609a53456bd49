"""Present mode: the main figure of a page alone, as large as the window, for a room to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.ui.view import bar, glance
from resnet_explorer.ui.view.link import BEAT, NOTES, PRESENT, TALK

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

ON = "1"
_DRAWN, _TITLE = "presented_figure", "presented_title"
IN_A_LINE = 50
"""Letters of a title that stand in one line, as large as titles are."""


def on() -> bool:
    """Whether the page is presented: `present=1` in its address."""
    return glance.address(PRESENT) == ON


def figure(title: str = "") -> DeltaGenerator:
    """The place of a page's main figure, for `with`: it fills the window while the page is presented.

    The `title` stands over a figure that has none of its own.
    """
    glance.once(_DRAWN, lambda: True)
    place = st.container(key="main_figure", gap="small")
    if title and on():
        over = place.container(key="long_title") if len(title) > IN_A_LINE else place
        over.title(title, anchor=False)
    return place


def begin() -> DeltaGenerator:
    """Hide all but the main figure, by the button that leaves: it comes before all else, so that nothing jumps.

    Gives the place of the page's title, for `end`.
    """
    st.button("Leave", key="leave_present", on_click=leave, shortcut="Escape", type="tertiary")
    return st.container(key="no_figure")


def titled(title: str) -> None:
    """What the page is called where it has no figure to show."""
    glance.once(_TITLE, lambda: title)


def end(place: DeltaGenerator) -> None:
    """The page has run: where it drew no figure but says why, or what there is instead, it is shown itself."""
    if not glance.once(_DRAWN, bool):
        place.title(glance.once(_TITLE, str), anchor=False)


def enter() -> None:
    """Present the page. For callbacks."""
    bar.show(**{PRESENT: ON})


def leave() -> None:
    """Back to the page. For callbacks."""
    bar.show(**dict.fromkeys((PRESENT, TALK, BEAT, NOTES), ""))
