"""The frame of every page: navigation, the net and what is done with it, notices, and the page itself."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer.errors import ExplorerError
from resnet_explorer.ui.parts import budget, editor, guide, picker, present, room, share, talk, text, tools
from resnet_explorer.ui.view import bar, glance, hide, link
from resnet_explorer.ui.view.labels import NETS, called
from resnet_explorer.ui.view.navigation import FOLDER, ONWARD, PAGES, START, Page, sections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.delta_generator import DeltaGenerator

ICON = "data:image/png;base64," + b64encode(Path(__file__).with_name("icon.png").read_bytes()).decode()
"""As text, since Streamlit would read and hash the file in each run."""


def run() -> None:
    """Run the page that the visitor opened, in its frame."""
    if "pages" not in st.session_state:
        st.session_state.pages = _pages()  # once a session: each looks for its file on the disk
    pages = st.session_state.pages
    listed = {section: [pages[each.name] for each in held] for section, held in sections().items()}
    page = st.navigation(listed, position="top")
    name = next(each for each, candidate in pages.items() if candidate == page)
    st.set_page_config(
        page_title=" · ".join(dict.fromkeys((PAGES[name].title, PAGES[START].title))),
        page_icon=ICON,
        layout="wide",
        initial_sidebar_state="auto" if "budget" in st.query_params else "collapsed",  # gauges stand there
    )
    if name == START and bar.brought():
        st.switch_page(pages[ONWARD], query_params=st.query_params.to_dict())
    held = talk.now()
    if to := _turned(held, name):
        st.switch_page(**to)
    bar.sync(name, silent=name == START)
    glance.begin()
    try:
        _shown(page, name, held)
    finally:
        glance.end()


def _shown(page: st.Page, name: str, held: talk.Going | None) -> None:
    """The page in its frame."""
    place = over = None
    if PAGES[name].presents and present.on() and link.ROOM not in st.query_params:
        over = present.begin()
        talk.bar(held)
        place = st.container()
    elif PAGES[name].controls:
        place = _controls(PAGES[name])
    told = st.container() if st.session_state.notices else None
    guide.bar(name)
    _page(page)
    if told is not None:
        with told:
            _notices(name)
    if place is not None:
        with place:
            _tools(PAGES[name])
    if over is not None:
        present.end(over)


def _page(page: st.Page) -> None:
    try:
        if not room.entered():
            page.run()
    except ExplorerError as error:
        st.error(text.sentence(str(error)), icon=":material/error:")


def _turned(held: talk.Going | None, name: str) -> Mapping[str, Any] | None:
    """Where to go from that page: with the talk, or after the teacher."""
    way = talk.turned(held, name) or guide.turned(name)
    return {"page": glance.pages()[way[0]], "query_params": way[1]} if way else None


def _pages() -> dict[str, st.Page]:
    return {
        each.name: st.Page(
            FOLDER / f"{each.name}.py", title=each.title, url_path=each.name, default=not index, help=each.help
        )
        for index, each in enumerate(PAGES)
    }


def _controls(page: Page) -> DeltaGenerator:
    """What every page has, in the bar: an open sidebar would push the page aside. Gives the place of its tools."""
    if page.edits:
        with st.container(key="net"):
            picker.show(editor.named_net(), key="net", look="bare")
        with st.sidebar:
            _build()
    return st.container(key="tools")


def _tools(page: Page) -> None:
    if present.on():
        share.control()
    else:
        tools.show(tools.acts(edits=page.edits, presents=page.presents))


def _build() -> None:
    gauges = st.container(key="budget", gap="small")
    if hide.hides("build"):
        return
    build = st.expander("Build your own", key="build", on_change="rerun")
    with gauges:
        budget.panel(building=bool(build.open))
    if build.open:
        with build:
            budget.limits()
            editor.options()


def _notices(page: str) -> None:
    """What could not be used, once, in one box, by what its controls are called."""
    listed = "\n".join(f"- {_worded(each, page)}" for each in st.session_state.notices)
    st.warning(f"Not everything could be used; the rest is as it was:\n{listed}", icon=":material/info:")
    st.session_state.notices = []


def _worded(sentence: str, page: str) -> str:
    """A sentence about a choice of a link by what its control is called; one without a control keeps its name there.

    Of several nets it says which: that of Explore is the first where two are compared.
    """
    found = re.fullmatch(r"(\w+)( is |: )(.*)", sentence, re.DOTALL)
    if not found or found[1] not in link.names():
        return text.literal(sentence)
    name, says, told = found.groups()
    whose = NETS.get(name[:2], "A: " if page == "compare" and name in link.names_of("") else "")
    label = "" if says == ": " else f"{text.literal(called(name)) or f'`{name}`'} is "
    return f"{whose}{label}{text.literal(told)}"
