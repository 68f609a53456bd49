"""How a teacher opens a room in which a class runs the nets of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import jobs as service
from resnet_explorer.errors import ExplorerError, Refused
from resnet_explorer.jobs import visitor as keys
from resnet_explorer.jobs.admission import duration, workers
from resnet_explorer.jobs.room import VARIES, Question
from resnet_explorer.ui.parts import guide
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.room import TITLES
from resnet_explorer.ui.view import visitor
from resnet_explorer.ui.view.labels import worded

if TYPE_CHECKING:
    from resnet_explorer.tasks.train import TrainConfig

CLASS = 30
"""So many students is what opening a room counts its time for."""


def offer(config: TrainConfig) -> None:
    """Where a teacher opens a room in which a class runs this net against its plain counterpart."""
    who = visitor.here()
    if config.net.plain == config.net or (keys.key() and not who.teacher):
        return
    expander = st.expander("Ask a class", key="ask_a_class", on_change="rerun", icon=":material/groups:")
    if expander.open:
        with expander:
            _opening(config)


def _opening(config: TrainConfig) -> None:
    parts.meaning(
        "Open a room for this pair of nets: each student guesses, then runs the pair with a choice of its own, and "
        "the class's plot fills as runs come in. The room ends with the day."
    )
    varies = st.radio("Each student has", VARIES, format_func=TITLES.__getitem__, horizontal=True, key="room_varies")
    question = Question(config=config, varies=varies)
    try:
        seconds = sum(service.engine().admit(each).seconds for seat in range(5) for each in question.pair(seat)) / 5
    except ExplorerError as error:
        st.warning(parts.sentence(worded(error)))
        return
    whole = duration(CLASS * seconds / workers())
    st.caption(f"For {CLASS} students: about {whole} of training on this machine.")
    st.button("Open a room", type="primary", icon=":material/meeting_room:", on_click=_open, args=(question,))


def _open(question: Question) -> None:
    """A callback: what the page itself did would be lost where something else has it run again meanwhile."""
    try:
        guide.lead(service.rooms().open(question, visitor.here()))
    except Refused as error:
        st.session_state.notices = [str(error)]
