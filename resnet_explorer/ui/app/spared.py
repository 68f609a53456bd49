"""What Streamlit works out again in every run of every page, and what of it we spare: a fifth of a run's time.

Each answer is the same as before; where Streamlit no longer has what is replaced here, the tests say so.
"""

from __future__ import annotations

import functools
import textwrap
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from streamlit import string_util
from streamlit.components.v2.bidi_component.main import BidiComponentMixin
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state import SafeSessionState

from resnet_explorer.ui.app import markup

if TYPE_CHECKING:
    from streamlit.runtime.state import SessionState


TOGETHER_SECONDS = 0.05
"""That what a run shows waits for more of it."""
MOST_TEXTS = 512
"""That are remembered as they are without what they are indented by."""


class Filtered(Mapping[str, Any]):
    """The values of a session by user's keys, looked up where one is asked for.

    Selectboxes, number and text inputs each ask for one, and Streamlit would look up all of them each time.
    """

    def __init__(self, state: SessionState) -> None:
        self._state = state

    def __getitem__(self, key: str) -> Any:
        return self._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._state.filtered_state)

    def __len__(self) -> int:
        return len(self._state.filtered_state)

    def __repr__(self) -> str:
        return repr(self._state.filtered_state)


def _filtered(self: SafeSessionState) -> Filtered:
    return Filtered(self._state)


def kept(populate: Callable[[CustomThemeConfig, str], None]) -> Callable[..., None]:
    """The part of a theme's message that a section of the configuration makes, which no run changes, made once."""

    @functools.cache
    def made(section: str) -> CustomThemeConfig:
        message = CustomThemeConfig()
        populate(message, section)
        return message

    def populated(message: CustomThemeConfig, section: str = "theme") -> None:
        if made(section).ByteSize():  # merging nothing would still say that there is something
            message.MergeFrom(made(section))

    return populated


def _keyed(*_: Any, component_name: str, **__: Any) -> dict[str, Any]:
    """What tells a component from others besides its key, which each of ours has: not a hash of all that it shows."""
    return {"component_name": component_name}


def _told(self: AppSession, *of: Any, **more: Any) -> None:
    """What a run tells of itself, for the event loop: it wakes up once for all that waits, not for every element.

    Elements wait for the rest of their page, for a moment at most: a browser that has the first ones draws them, and
    once more when the others come.
    """
    waiting: deque[Callable[[], None]] = vars(self).setdefault("_waiting", deque())
    waiting.append(functools.partial(self._handle_scriptrunner_event_on_event_loop, *of, **more))
    handle = functools.partial(_handle, self, waiting)
    soon, due = more.get("event") != ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, vars(self).get("_due")
    if due is None or (soon and not due):
        vars(self)["_due"] = soon
        self._call_soon_on_event_loop(handle if soon else functools.partial(_wait, self, handle))


def _wait(session: AppSession, handle: Callable[[], None]) -> None:
    session._event_loop.call_later(TOGETHER_SECONDS, handle)  # noqa: SLF001


def _handle(session: AppSession, waiting: deque[Callable[[], None]]) -> None:
    vars(session)["_due"] = None  # before: what comes from now on may be too late for this
    try:
        while waiting:
            waiting.popleft()()
    finally:
        if waiting:  # one has failed, which is no reason not to hear of the others
            session._call_soon_on_event_loop(functools.partial(_handle, session, waiting))  # noqa: SLF001


def unasked(handle: Callable[[ScriptRunner], None]) -> Callable[[ScriptRunner], None]:
    """Whether a run is asked to end, looked at with each element and each value of its session: mostly it is not.

    Streamlit would ask before whether a fragment that runs beside the page has failed; no page of ours has one.
    """

    def handled(self: ScriptRunner) -> None:
        if self._requests._state != ScriptRequestType.CONTINUE:  # noqa: SLF001
            handle(self)

    return handled


def charts() -> None:
    """The same of plotly, once it is loaded: that of itself is no reason to load it."""
    import plotly.io  # noqa: PLC0415 - as it says

    from resnet_explorer.figures.still import once  # noqa: PLC0415 - it loads plotly

    if not hasattr(plotly.io.to_json, "__wrapped__"):
        plotly.io.to_json = once(plotly.io.to_json)


def begin() -> None:
    """Have the server do so."""
    AppSession._on_scriptrunner_event = _told  # type: ignore[method-assign]  # noqa: SLF001
    ScriptRunner._maybe_handle_execution_control_request = unasked(  # type: ignore[assignment,method-assign]  # noqa: SLF001
        ScriptRunner._maybe_handle_execution_control_request  # noqa: SLF001
    )
    ScriptRunContext.enqueue = markup.lightened(ScriptRunContext.enqueue)  # type: ignore[assignment,method-assign]
    dedent = functools.lru_cache(MOST_TEXTS)(textwrap.dedent)
    string_util.textwrap = SimpleNamespace(dedent=dedent)  # type: ignore[attr-defined,assignment]
    SafeSessionState.filtered_state = property(_filtered)  # type: ignore[assignment,method-assign]
    app_session._populate_theme_msg = kept(app_session._populate_theme_msg)  # noqa: SLF001
    BidiComponentMixin._build_bidi_identity_kwargs = _keyed  # type: ignore[method-assign]  # noqa: SLF001
