"""On every page of somebody who is in a room: the way back to it, and the teacher's view to be followed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import jobs as service
from resnet_explorer.jobs.room import code_of
from resnet_explorer.ui.view import glance, link, visitor
from resnet_explorer.ui.view.navigation import PAGES, START

if TYPE_CHECKING:
    from resnet_explorer.jobs.room import Room

IN, LEADS, FOLLOWS, _WENT, _OPENED = "in_room", "leads_room", "follows_room", "followed", "opened_room"
POLL_SECONDS = 1.5


def here() -> Room | None:
    """The room that this session has entered, as long as it is open."""
    if code := code_of(glance.address(link.ROOM)):
        st.session_state[IN] = code
    known = st.session_state.get(IN)
    return service.rooms().find(known) if known else None


def lead(code: str) -> None:
    """To the room that was just opened. For callbacks."""
    st.session_state[_OPENED] = code


def turned(page: str) -> tuple[str, dict[str, str]] | None:
    """Where to go, once: to a room just opened, or where the teacher has gone, if this visitor follows."""
    if code := st.session_state.pop(_OPENED, ""):
        return START, {link.ROOM: code}
    if not st.session_state.get(FOLLOWS):
        return None
    room = here()
    if room is None or not room.view or room.view == st.session_state.get(_WENT):
        return None
    st.session_state[_WENT] = room.view
    there = json.loads(room.view)
    same = page == there["page"] and _view(page) == room.view
    return None if same or there["page"] not in PAGES else (there["page"], there["texts"])


def bar(page: str) -> None:
    """One line: which room this is, back to it, and to follow or to be followed."""
    room = here()
    if room is None:
        return
    who, in_it = visitor.here(), link.ROOM in st.query_params
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="guide"):
        if not in_it:
            st.page_link(
                glance.pages()[START],
                label=f"Back to room {room.code}",
                icon=":material/groups:",
                help="The class's question, and what its runs gave.",
                query_params={link.ROOM: room.code},
            )
        if room.led_by(who):
            _toggle("Let the class follow me", LEADS, "Those who follow see the page and the step you see.")
            service.rooms().show(room.code, who, _view(page) if st.session_state.get(LEADS) else "")
        elif room.view or st.session_state.get(FOLLOWS):
            _toggle("Follow the teacher", FOLLOWS, "Leave at any time.")
    if not in_it and not room.led_by(who):
        _listen(room)


def calls(seen: Room) -> bool:
    """Whether the page has to run again: the teacher has gone on, or leads only now, or no longer."""
    now = here()
    if now is None or now.view == seen.view:
        return now is None
    return bool(st.session_state.get(FOLLOWS)) or not (now.view and seen.view)


def _toggle(label: str, name: str, words: str) -> None:
    """A switch whose state outlasts a change of pages, which a widget's own does not."""
    shown = f"{name}_shown"
    st.session_state[shown] = st.session_state.get(name, False)
    st.toggle(label, key=shown, on_change=_turn, args=(name, shown), help=words)


def _turn(name: str, shown: str) -> None:
    st.session_state[name] = st.session_state[shown]
    st.session_state.pop(_WENT, None)


def _listen(room: Room) -> None:
    """Run the page again when the teacher has begun to lead, or has gone on."""

    @st.fragment(run_every=POLL_SECONDS)
    def part() -> None:
        if calls(room):
            st.rerun()

    part()


def _view(page: str) -> str:
    """Where this session is, as it is told to those who follow."""
    code = st.query_params.get(link.ROOM)
    texts = {link.ROOM: code} if code else glance.texts()
    return json.dumps({"page": page, "texts": texts}, separators=(",", ":"))
