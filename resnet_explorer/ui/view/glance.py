"""What a run of a page asks for at every control, looked up once: each look into session or address takes its time.

Held from `begin` to `end`, while a page runs. Callbacks run before it and fragments after it: they look each time.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

Made = TypeVar("Made")


class _Held(NamedTuple):
    texts: dict[str, str]
    address: Mapping[str, str]
    pages: Mapping[str, Any]
    asked: dict[str, str]
    made: dict[Hashable, Any]


_HELD: ContextVar[_Held | None] = ContextVar("held", default=None)


def begin() -> None:
    """A page begins to run; what is held does not change meanwhile."""
    state = st.session_state
    _HELD.set(_Held(state.texts, st.query_params.to_dict(), state.pages, {}, {}))


def end() -> None:
    """It has run."""
    _HELD.set(None)


def texts() -> dict[str, str]:
    """The view as the texts of a link."""
    held = _HELD.get()
    return held.texts if held else st.session_state.get("texts", {})  # none in a page without its frame


def address(name: str) -> str:
    """What the address has under a name; empty: nothing."""
    held = _HELD.get()
    return (held.address if held else st.query_params).get(name, "")


def pages() -> Mapping[str, Any]:
    """Streamlit's pages, by name, as links lead to them."""
    held = _HELD.get()
    return held.pages if held else st.session_state.pages


def once(name: Hashable, make: Callable[[], Made]) -> Made:
    """What stays the same while a page runs, made when it is first asked for by that name."""
    held = _HELD.get()
    if held is None:
        return make()
    if name not in held.made:
        held.made[name] = make()
    made: Made = held.made[name]
    return made


def asked() -> dict[str, str]:
    """The controls that the page has asked for so far, each with its label."""
    held = _HELD.get()
    return held.asked if held else {}
