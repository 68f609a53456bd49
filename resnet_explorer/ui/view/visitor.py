"""Who looks at a page, by the cookies that the guard has set, which no script of a page can read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.jobs.visitor import Visitor, proves, stranger
from resnet_explorer.ui.view import glance

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "resnet_explorer_visitor"
TEACHER = "resnet_explorer_teacher"
_NAMES = re.compile(r"[A-Za-z0-9_-]{22}")


def known(cookies: Mapping[str, str]) -> Visitor:
    """The visitor whom cookies name; one without a name where they name none."""
    name, shown = (str(cookies.get(each, "")) for each in (NAME, TEACHER))
    return Visitor(name if _NAMES.fullmatch(name) else "", proves(shown))


def here() -> Visitor:
    """The visitor of this page. A browser that keeps no cookies is another one with each session."""
    return glance.once(NAME, _looked)


def _looked() -> Visitor:
    visitor = known(st.context.cookies)
    if visitor.name:
        return visitor
    if "visitor" not in st.session_state:
        st.session_state.visitor = stranger()
    return visitor._replace(name=st.session_state.visitor)
