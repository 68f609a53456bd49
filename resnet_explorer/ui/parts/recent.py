"""The runs of a page that this visitor has made lately, and those that somebody has kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import jobs as service
from resnet_explorer.errors import Refused
from resnet_explorer.jobs.pressed import ListedRun
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import glance, link, visitor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.jobs.snapshot import Snapshot

ENDED = {"done", "diverged"}


def note(page: str, run: str, keys: Sequence[str], title: str, texts: dict[str, str] | None = None) -> None:
    """Remember a run that was pressed, with its link: that of the view, or another one. For callbacks."""
    entry = ListedRun(run, page, dict(glance.texts() if texts is None else texts), tuple(keys), title)
    service.pressed().note(entry, visitor.here())


def show(page: str) -> None:
    """The list, folded; made when it is opened."""
    parts.opened("Recent and kept runs", lambda: _listed(page), key=f"recent_{page}")


def _listed(page: str) -> None:
    found = [(each, _known(each)) for each in service.pressed().of(page, visitor.here())]
    found = [(each, now) for each, now in found if now]
    if not found:
        st.caption("None yet. A run of yours is listed here for the day; one that you keep, for everybody.")
    for each, now in found:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"recent.{each.run}"):
            to = glance.pages()[page]
            st.page_link(to, label=each.title, query_params={**link.MEANT, **each.texts}, help="Opens this run.")
            st.caption(_how(each, now))
            _keep(each, now)


def _known(entry: ListedRun) -> list[Snapshot]:
    """Its jobs as far as they are; none where one is no longer kept."""
    now = [service.engine().snapshot(key) for key in entry.keys]
    return [each for each in now if each is not None] if all(now) else []


def _how(entry: ListedRun, now: Sequence[Snapshot]) -> str:
    """How it is, and by what it was made."""
    states = ", ".join(dict.fromkeys(each.state for each in now))
    makers = {each.made for each in now if each.made}
    made = "; ".join(f"PyTorch {each.torch}, {each.processor}, version {each.version}" for each in sorted(makers))
    other = ", other code or machine than now" if makers - service.engine().makers else ""
    whose = "kept" if entry.kept else "yours"
    return " · ".join(filter(None, [whose, states, parts.literal(made) + other]))


def _keep(entry: ListedRun, now: Sequence[Snapshot]) -> None:
    """What keeps it, or lets it go, for those who may."""
    if (entry.own or visitor.here().teacher) and all(each.state in ENDED for each in now):
        st.button(
            "Let go" if entry.kept else "Keep",
            key=f"keep.{entry.run}",
            on_click=_set,
            args=(entry.run, not entry.kept),
            type="tertiary",
            icon=":material/bookmark_remove:" if entry.kept else ":material/bookmark_add:",
        )


def _set(run: str, kept: bool) -> None:  # noqa: FBT001 - the argument of a callback
    try:
        service.pressed().keep(run, visitor.here(), kept=kept)
    except Refused as error:
        st.session_state.notices = [str(error)]
