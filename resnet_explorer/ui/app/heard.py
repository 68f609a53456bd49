"""Presses that follow each other before the first is answered: Streamlit hears of each only what is new in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from streamlit.runtime.state import SafeSessionState

from resnet_explorer.ui.view import bar

if TYPE_CHECKING:
    from streamlit.proto.WidgetStates_pb2 import WidgetStates

_RERUN = SafeSessionState.on_script_will_rerun


def begin() -> None:
    """Have the server do so."""
    SafeSessionState.on_script_will_rerun = _heard  # type: ignore[assignment,method-assign]


def _heard(self: SafeSessionState, told: WidgetStates | None, **more: Any) -> None:
    if told is not None:
        state = self._state
        before, state["told"] = state["told"] if "told" in state else None, told  # noqa: SIM401 - it has no `get`
        told = bar.news(told, before)
    _RERUN(self, told, **more)
