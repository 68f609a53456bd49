"""Choices among names over what a page shows, as lists of the browser's own, side by side in one component.

Streamlit's own box brings some twenty scripts with it, and each takes the first sight of a page a tenth.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from resnet_explorer.errors import ExplorerError
from resnet_explorer.ui import canvas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_BARE, _UNDER_A_LABEL = 40, 68
"""Pixels of a row of boxes, and of one under labels."""
_TURN = "picked"
"""How often was picked: what is as before Streamlit does not tell, and a box would go on showing what was refused."""
_TOLD = ("name", "label", "chosen", "help")


class Pick(NamedTuple):
    """A choice: its name, what it is called, what is chosen, all by title, who is told of another, what it is for."""

    name: str
    label: str
    chosen: str
    titles: Mapping[str, str]
    take: Callable[[str], None]
    help: str = ""


def show(*picks: Pick | None, key: str, look: str = "under") -> None:
    """These choices, but for None; their boxes stand `under` their labels, `beside` them, or are `bare`."""
    offered = [each for each in picks if each is not None]
    if not offered:
        return
    told = [{"titles": list(each.titles.items()), **{name: getattr(each, name) for name in _TOLD}} for each in offered]
    height = _UNDER_A_LABEL if look == "under" else _BARE
    data = {"look": look, "picks": told, "turn": st.session_state.get(_TURN, 0)}
    canvas.figure("picker", data, key=f"pick_{key}", height=height, pick=functools.partial(_take, offered))


def _take(offered: list[Pick], told: str) -> None:
    """What a browser tells: a choice's name and what is chosen; only what is offered counts."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    name, _, chosen = told.partition(" ")
    for each in offered:
        if each.name == name and chosen in each.titles:
            try:
                each.take(chosen)
            except ExplorerError as error:
                st.session_state.notices = [f"{error}. Nothing was changed."]
