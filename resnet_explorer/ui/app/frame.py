"""The frame of every page: navigation, the net in the sidebar, notices, and the page itself."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from resnet_explorer.errors import ExplorerError
from resnet_explorer.spec import title, to_query
from resnet_explorer.ui.parts import budget, editor, guide, present, room, talk, text
from resnet_explorer.ui.view import link
from resnet_explorer.ui.view.navigation import FOLDER, ONWARD, PAGES, Page, sections
from resnet_explorer.ui.view.views import ExploreView

ICON = str(Path(__file__).with_name("icon.png"))
START = PAGES.names[0]


def run() -> None:
    """Run the page that the visitor opened, in its frame."""
    if "pages" not in st.session_state:
        st.session_state.pages = _pages()  # once a session: each looks for its file on the disk
    pages = st.session_state.pages
    st.set_page_config(page_title="ResNet Explorer", page_icon=ICON, layout="wide")
    bar = {section: [pages[each.name] for each in listed] for section, listed in sections().items()}
    page = st.navigation(bar, position="top")
    name = next(each for each, candidate in pages.items() if candidate == page)
    if name == START and link.brought():
        st.switch_page(pages[ONWARD], query_params=st.query_params.to_dict())
    if way := talk.turned(name) or guide.turned(name):
        st.switch_page(pages[way[0]], query_params=way[1])
    link.sync(name, silent=name == START)
    if PAGES[name].presents and present.on():
        present.begin()
        talk.bar()
    elif PAGES[name].sidebar:
        with st.sidebar:
            _sidebar(PAGES[name])
    _notices()
    guide.bar(name)
    try:
        if not room.entered():
            page.run()
    except ExplorerError as error:
        st.error(str(error), icon=":material/error:")


def _pages() -> dict[str, st.Page]:
    return {
        each.name: st.Page(
            FOLDER / f"{each.name}.py", title=each.title, url_path=each.name, default=not index, help=each.help
        )
        for index, each in enumerate(PAGES)
    }


def _sidebar(page: Page) -> None:
    st.markdown("**ResNet Explorer**")
    if page.edits:
        editor.named_net()
        gauges = st.container(key="budget", gap="small")
        build = st.expander("Build your own", key="build", on_change="rerun")
        with gauges:
            budget.panel(building=bool(build.open))
        if build.open:
            with build:
                budget.limits()
                editor.options()
        _pin()
    left, right = st.columns(2)
    undoable = bool(st.session_state.undo)
    left.button("Undo", on_click=link.undo, disabled=not undoable, icon=":material/undo:", width="stretch")
    right.button("Reset", on_click=link.reset, icon=":material/restart_alt:", width="stretch")
    if page.presents:
        present.button()
    with st.popover("Copy link", icon=":material/link:", width="stretch"):
        st.caption("This view, to send or to keep: every choice is in it.")
        st.code(link.address(), language=None, wrap_lines=True)


def _pin() -> None:
    spec = link.net()
    pinned = link.pinned(link.choices(ExploreView).pin)
    if pinned is None:
        st.button(
            "Pin this net",
            on_click=link.choose,
            args=(ExploreView,),
            kwargs={"pin": to_query(spec)},
            icon=":material/push_pin:",
            help="The next net you choose is shown against it.",
            width="stretch",
        )
    else:
        st.button(
            f"Unpin {title(pinned)}",
            on_click=link.choose,
            args=(ExploreView,),
            kwargs={"pin": ""},
            icon=":material/keep_off:",
            width="stretch",
        )


def _notices() -> None:
    """What could not be used, once, in one box."""
    notices = st.session_state.notices
    if notices:
        listed = "\n".join(f"- {text.literal(each)}" for each in notices)
        st.warning(f"Not everything could be used; the rest is as it was:\n{listed}", icon=":material/info:")
        st.session_state.notices = []
