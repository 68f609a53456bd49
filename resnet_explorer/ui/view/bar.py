"""The address bar beside the view, read when a session begins and when it was changed from outside.

A browser sends its address, and what each of its widgets holds, with every press. One that is made before the answer to
the last has come brings the address and the widgets of before: it counts for itself, and takes no choice back. How a
view is shown (`link.FRAME`) stands in the address alone, and is as the browser says.
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
    return {name: st.query_params[name] for name in st.query_params if name not in link.FRAME}


def sync(page: str, *, silent: bool = False) -> None:
    """Bring session and address bar together, at the start of a run of that page; a `silent` one writes nothing."""
    state = st.session_state
    address, begins = brought(), "texts" not in state
    stays = not begins and page == state.page
    behind = stays and late(address)
    if begins or (address != state.written and not behind and (address or stays)):
        state.undo = [] if begins else link.remembered()
        state.texts, notices = link.accept(address)
        state.notices = [*state.get("notices", []), *notices]
        state.left = []
    elif behind:
        state.left = [*state.left, state.written][-MOST_LEFT:]
    else:
        state.left = [address] if stays else []
    state.page, state.written = page, {} if silent else dict(state.texts)
    if behind or address != state.written:  # behind, it may have been told of others since
        frame = {name: st.query_params[name] for name in st.query_params if name in link.FRAME}
        st.query_params.from_dict({**frame, **state.written})


def leave() -> None:
    """The server goes to an address itself: wherever that was shown before, it is meant."""
    st.session_state.left = []


def late(address: Mapping[str, str]) -> bool:
    """Whether the browser had not heard of the last choice when it sent this: its address is one from before.

    Its own arrows lead to such an address too, and Streamlit tells them apart. A link of a page to itself names
    something that is at its default (`link.MEANT`), which an address that was written here never does.
    """
    state = st.session_state
    if "written" not in state or address == state.written or address not in state.left:
        return False
    ctx = get_script_run_ctx(suppress_warning=True)
    return not (ctx and ctx.is_history_navigation)


def news(told: WidgetStates, before: WidgetStates | None) -> WidgetStates:
    """What a browser tells of its widgets, without what it told `before` while it has not heard of the last choice.

    What such a widget holds is from before; the session knows better.
    """
    if before is None or not late(brought()):
        return told
    repeated = {each.id: each for each in before.widgets if "trigger" not in (each.WhichOneof("value") or "")}
    return WidgetStates(widgets=[each for each in told.widgets if repeated.get(each.id) != each])
