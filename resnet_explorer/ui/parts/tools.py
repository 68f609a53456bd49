"""What can be done with a view, in one component: a widget of Streamlit's for each would cost each run of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from resnet_explorer.spec import title, to_query
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import handout, present, share
from resnet_explorer.ui.view import hide, link
from resnet_explorer.ui.view.labels import LABELS
from resnet_explorer.ui.view.views import ExploreView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HEIGHT = 40


class Act(NamedTuple):
    """A tool: its name, what it does, how it is called and drawn, and whether it cannot be used now."""

    name: str
    call: Callable[[], None]
    label: str
    icon: str
    help: str = ""
    off: bool = False


_PRESENT = Act(
    "present", present.enter, "Present", "fullscreen", "The figure alone, as large as the window; Escape leaves."
)


def show(acts: Sequence[Act], *, prints: bool = True) -> None:
    """These tools, how the page is printed, and its link; each may be hidden.

    Called when the page has run: the panel of the link lists, for an exercise, the controls that it has asked for.
    """
    calls = {act.name: act.call for act in acts} | {"blanks": handout.turn}
    data = {
        "acts": [{name: told for name, told in act._asdict().items() if name != "call"} for act in acts],
        "blanks": handout.blanks() if prints and not hide.hides("handout") else None,
        "head": handout.head(),
        "share": share.data(),
    }
    canvas.figure("tools", data, key="tools_bar", height=HEIGHT, act=lambda name: calls.get(name, _nothing)())


def acts(*, edits: bool, presents: bool) -> list[Act]:
    """What can be done with the view of a page: one that `edits` a net, one that `presents` its main figure."""
    shown: list[Act] = []
    if edits and not hide.hides("pin"):
        shown.append(_pin())
    if not hide.hides("undo"):
        shown.append(Act("undo", link.undo, "Undo", "undo", off=not st.session_state.undo))
        shown.append(Act("reset", link.reset, "Reset", "restart_alt"))
    return [*shown, *(presenting() if presents else ())]


def presenting() -> list[Act]:
    """What presents the main figure of a page."""
    return [] if hide.hides("present") else [_PRESENT]


def _pin() -> Act:
    pinned = link.pinned(link.choices(ExploreView).pin)
    if pinned is None:
        told = "The next net you choose is shown against it."
        return Act("pin", lambda: link.choose(ExploreView, pin=to_query(link.net())), LABELS["pin"], "push_pin", told)
    return Act("pin", lambda: link.choose(ExploreView, pin=""), f"Unpin {title(pinned)}", "keep_off")


def _nothing() -> None:
    """A name that is no tool's: no button of the page sends one."""
