"""Shortcuts cut and put back: one by one in the picture, and many at a press."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.errors import ExplorerError
from resnet_explorer.spec.cuts import PATTERN, canonical, everywhere, places
from resnet_explorer.ui.view import hide, link
from resnet_explorer.ui.view.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.spec import NetSpec
    from resnet_explorer.spec.cuts import Place

NONE, SECOND, FIRST, ALL = "none", "every second one", "the first stage's", "all"


def known(spec: NetSpec) -> bool:
    """Whether the net has shortcuts that can be cut."""
    return hasattr(spec.options, "cut")


def turn(prefix: str, key: str) -> None:
    """Cut the shortcut that was pressed in the picture of that key, or put it back. For callbacks."""
    blocks = str(st.session_state[key].cut)
    spec = link.net(prefix)
    if not known(spec) or not re.fullmatch(PATTERN, blocks):
        return
    pressed, now = places(blocks), _now(spec)
    _choose(prefix, now - pressed if pressed <= now else now | pressed)


def presses(prefix: str = "") -> None:
    """Which shortcuts are cut, many at a press."""
    spec = link.net(prefix)
    if not known(spec) or hide.hides(f"{prefix}cut"):
        return
    ways, now = _ways(spec), _now(spec)
    key = f"{prefix}cuts"
    st.session_state[key] = next((name for name, cut in ways.items() if cut == now), None)
    st.pills(
        LABELS["cut"],
        list(ways),
        key=key,
        on_change=lambda: _choose(prefix, ways[st.session_state[key] or NONE]),
        help="Press an arc in the picture to cut that shortcut; a second press puts it back.",
    )


def _ways(spec: NetSpec) -> dict[str, frozenset[Place]]:
    every = everywhere(spec.options.blocks)
    first = frozenset(place for place in every if place[0] == 1)
    return {NONE: frozenset(), SECOND: frozenset(sorted(every)[1::2]), FIRST: first, ALL: every}


def _now(spec: NetSpec) -> frozenset[Place]:
    return places(spec.options.cut) if spec.options.residual else everywhere(spec.options.blocks)


def _choose(prefix: str, cut: Iterable[Place]) -> None:
    """Make the net one with these shortcuts cut; what no link can hold is told."""
    spec = link.net(prefix)
    try:
        link.choose_net(spec.turned(residual=True, cut=canonical(cut)), prefix)
    except ExplorerError as error:
        st.session_state.notices = [f"{error}. Nothing was changed."]
