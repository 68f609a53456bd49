"""Many links in one component, since a link of Streamlit's costs each run of a page its share.

A link is one of the browser, with its address: Ctrl and a click open it in another tab, as any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import streamlit as st

from resnet_explorer.ui import canvas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WANTED = "way_wanted"


class Way(NamedTuple):
    """A link: its label, where it leads (what `link.afresh` or `link.onward` gives), and words under it or on hover."""

    label: str
    to: Mapping[str, Any]
    words: str = ""


class Group(NamedTuple):
    """Links that stand together: how they look (`doors`, `nets` or `pages`), and their title."""

    look: str
    ways: Sequence[Way]
    title: str = ""


def show(groups: Sequence[Group], *, key: str) -> None:
    """Show links in their groups."""
    told = [
        {"look": each.look, "title": each.title, "links": [[_href(way), way.label, way.words] for way in each.ways]}
        for each in groups
    ]
    leads = [way.to for each in groups for way in each.ways]
    canvas.figure("ways", {"groups": told}, key=key, go=lambda at: _go(leads, at))


def wanted() -> Mapping[str, Any] | None:
    """Arguments of `st.switch_page` for the link that was followed, which is asked once."""
    found: Mapping[str, Any] | None = st.session_state.pop(_WANTED, None)
    return found


def _go(leads: Sequence[Mapping[str, Any]], at: str) -> None:
    if at.isascii() and at.isdigit() and int(at[:4]) < len(leads):
        st.session_state[_WANTED] = leads[int(at[:4])]


def _href(way: Way) -> str:
    texts = way.to["query_params"]
    return (way.to["page"].url_path or ".") + (f"?{urlencode(texts, safe=',')}" if texts else "")
