"""Choices among names over what a page shows, as lists of the browser's own, side by side in one component.

Streamlit's own box brings some twenty scripts with it, and each takes the first sight of a page a tenth.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from resnet_explorer.errors import ExplorerError
from resnet_explorer.ui import canvas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_BARE, _UNDER_A_LABEL = 40, 68
"""Pixels of a row of boxes, and of one under labels."""
_TOLD_LINE = re.compile(r"^(\d{1,9}) (\S+) (.*)$", re.MULTILINE)
"""What a browser tells of a pick: which one in its count it is, the choice's name and what is chosen."""
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
    height, turn = _UNDER_A_LABEL if look == "under" else _BARE, f"{key}.picked"
    data = {"look": look, "picks": told, "turn": st.session_state.get(turn, 0)}
    canvas.figure("picker", data, key=f"pick_{key}", height=height, pick=functools.partial(_take, offered, turn))


def _take(offered: list[Pick], turn: str, told: str) -> None:
    """What a browser tells, each pick once and in their order; only what is offered counts.

    It tells again what was not heard of when it picked, and is told how often was picked: also so that a page that is
    as before, since what was picked is refused, comes anew and shows what is chosen.
    """
    for count, name, chosen in _TOLD_LINE.findall(told):
        if int(count) <= st.session_state.get(turn, 0):
            continue
        st.session_state[turn] = int(count)
        for each in offered:
            if each.name == name and chosen in each.titles:
                try:
                    each.take(chosen)
                except ExplorerError as error:
                    st.session_state.notices = [f"{error}. Nothing was changed."]
