"""The address bar beside the view, read when a session begins and when it was changed from outside.

A browser sends its address, and what each of its widgets holds, with every press. One that is made before the answer to
the last has come brings the address and the widgets of before: it counts for itself, and takes nothing back, neither a
choice nor how the view is shown (`link.FRAME`), which stands in the address alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import get_script_run_ctx

from resnet_explorer.ui.view import link

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_LEFT = 50
"""Addresses that are kept while the browser may still show them."""


def brought() -> dict[str, str]:
    """What the address bar holds of a view."""
    return _view(_address())


def sync(page: str, *, silent: bool = False) -> None:
    """Bring session and address bar together, at the start of a run of that page; a `silent` one writes nothing."""
    state = st.session_state
    address, begins = _address(), "texts" not in state
    view, stays = _view(address), not begins and page == state.page
    if begins or (view != _view(state.written) and (view or stays)):
        state.undo = [] if begins else link.remembered()
        state.texts, notices = link.accept(view)
        state.notices = [*state.get("notices", []), *notices]
    if begins:
        state.written, state.left = address, []
    state.page, state.place = page, _place()
    frame = {name: text for name, text in address.items() if name in link.FRAME}
    _write(frame if silent else {**frame, **state.texts})


def show(**names: str) -> None:
    """Show the view otherwise from now on, by names of `link.FRAME`; an empty text takes one away. For callbacks."""
    _write({name: text for name, text in {**_address(), **names}.items() if text or name not in names})


def news(told: WidgetStates, before: WidgetStates | None) -> WidgetStates:
    """What a browser tells of its widgets, at the start of a run.

    While it has not heard of the last choice, its address and what it told `before` are of the time before; the session
    knows better.
    """
    address = _address()
    if not late(address):
        if address not in st.session_state.get("left", []):  # else it may be of before, to which a choice led back
            st.session_state.left = [address]  # what it shows until it hears of the next
        return told
    st.query_params.from_dict(st.session_state.written)
    if before is None:
        return told
    repeated = {each.id: each for each in before.widgets if "trigger" not in (each.WhichOneof("value") or "")}
    return WidgetStates(widgets=[each for each in told.widgets if repeated.get(each.id) != each])


def late(address: Mapping[str, str]) -> bool:
    """Whether the browser had not heard of the last choice when it sent this: its address is one from before.

    Its own arrows lead to such an address too, and Streamlit tells them apart. A link of a page to itself names
    something that is at its default (`link.MEANT`), which an address that was written here never does.
    """
    state = st.session_state
    if "written" not in state or address == state.written or address not in state.left:
        return False
    ctx = get_script_run_ctx(suppress_warning=True)
    return _place() == state.place and not (ctx and ctx.is_history_navigation)


def _write(address: dict[str, str]) -> None:
    """Have the browser show this address; until it does, it may send the one before."""
    state = st.session_state
    if address != state.written:
        state.left = [*state.left, state.written][-MOST_LEFT:]
        state.written = address
    if address != _address():
        st.query_params.from_dict(address)


def _address() -> dict[str, str]:
    return {name: st.query_params[name] for name in st.query_params}


def _view(address: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in address.items() if name not in link.FRAME}


def _place() -> str:
    """The page that the browser is at, as Streamlit calls it."""
    return getattr(get_script_run_ctx(suppress_warning=True), "page_script_hash", "")
