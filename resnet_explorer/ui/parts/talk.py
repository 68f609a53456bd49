"""A talk in present mode: the sentence of a beat under the figure, and the way to the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from resnet_explorer import talks
from resnet_explorer.analysis.conventions import plural
from resnet_explorer.errors import ExplorerError
from resnet_explorer.talks.sources import shown_source
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import present
from resnet_explorer.ui.view import glance
from resnet_explorer.ui.view.link import BEAT, NOTES, PRESENT, TALK
from resnet_explorer.ui.view.navigation import PAGES

if TYPE_CHECKING:
    from resnet_explorer.talks import Beat, Talk

_WANTED, _KEY = "beat_wanted", "beat_bar"
HEIGHT = 84


class Going(NamedTuple):
    """The talk that is held, and at which of its beats it is; the first is 0."""

    talk: Talk
    at: int

    @property
    def beat(self) -> Beat:
        """The beat that is shown."""
        return self.talk.beats[self.at]


def now() -> Going | None:
    """The talk that the address names, if any; one that cannot be held becomes a notice, and leaves the address."""
    name = st.query_params.get(TALK, "")
    if not name:
        return None
    try:
        talk = talks.find(name)
    except ExplorerError as error:
        st.session_state.notices = [str(error)]
        for each in (TALK, BEAT, NOTES):
            st.query_params.pop(each, None)
        return None
    told = st.query_params.get(BEAT, "1")
    at = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 1
    return Going(talk, min(max(at, 1), len(talk.beats)) - 1)


def address(talk: Talk, at: int) -> dict[str, str]:
    """The address of a beat, after its page's name."""
    notes = {NOTES: "1"} if glance.address(NOTES) == "1" else {}
    return {**talk.beats[at].texts, PRESENT: present.ON, TALK: talk.name, BEAT: str(at + 1), **notes}


def turned(going: Going | None, page: str) -> tuple[str, dict[str, str]] | None:
    """Where to go: to the beat that was asked for, or to that of an address which stands at another page."""
    wanted = st.session_state.pop(_WANTED, None)
    if going is None:
        return None
    if wanted is not None and wanted != going.at and 0 <= wanted < len(going.talk.beats):
        return going.talk.beats[wanted].page, address(going.talk, wanted)
    if page != going.beat.page or not present.on():
        return going.beat.page, address(going.talk, going.at)
    return None


def bar(going: Going | None) -> None:
    """The sentence of the beat, where there is one, under the figure."""
    if going is None:
        return
    data = {
        "talk": going.talk.name,
        "title": going.talk.title,
        "at": going.at,
        "count": len(going.talk.beats),
        "says": going.beat.says,
        "notes": going.beat.notes,
        "source": shown_source(going.beat, {page.name: page.title for page in PAGES}),
        "alone": glance.address(NOTES) == "1",
    }
    with st.container(key="notes" if data["alone"] else "beat"):
        canvas.figure("beat", data, key=_KEY, height="content" if data["alone"] else HEIGHT, turn=_turn)


def _turn(told: str) -> None:
    if told.isascii() and told.isdigit() and len(told) < 4:
        st.session_state[_WANTED] = int(told)


def offered() -> None:
    """All talks, when somebody asks for them."""
    box = st.popover("Talks", key="talks", on_change="rerun", type="tertiary", icon=":material/slideshow:")
    if box.open:
        with box:
            _links()


def _links() -> None:
    """Each talk by a link to its first beat."""
    for name in talks.talks():
        try:
            talk = talks.find(name)
        except ExplorerError as error:
            st.caption(str(error))
            continue
        first = glance.pages().get(talk.beats[0].page)
        if first is not None:
            count = plural(len(talk.beats), "beat")
            st.page_link(first, label=talk.title, help=f"A talk of {count}.", query_params=address(talk, 0))
