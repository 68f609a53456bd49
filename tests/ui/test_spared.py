"""What the server spares Streamlit answers as Streamlit does."""

import textwrap
import threading
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import config, string_util
from streamlit.components.v2.bidi_component import main as bidi
from streamlit.components.v2.bidi_component.main import BidiComponentMixin
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData, RerunException, ScriptRunner, ScriptRunnerEvent, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.testing.v1 import AppTest

from resnet_explorer.ui.app import spared

SECTIONS = ("theme", *(f"theme.{each}" for each in ("light", "dark", "sidebar", "light.sidebar", "dark.sidebar")))


@pytest.fixture
def as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit as it is, again, when the test is over."""
    monkeypatch.setattr(SafeSessionState, "filtered_state", SafeSessionState.filtered_state)
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    monkeypatch.setattr(string_util, "textwrap", textwrap)
    monkeypatch.setattr(AppSession, "_on_scriptrunner_event", AppSession._on_scriptrunner_event)
    monkeypatch.setattr(ScriptRunContext, "enqueue", ScriptRunContext.enqueue)
    name = "_maybe_handle_execution_control_request"
    monkeypatch.setattr(ScriptRunner, name, getattr(ScriptRunner, name))
    name = "_build_bidi_identity_kwargs"
    monkeypatch.setattr(BidiComponentMixin, name, getattr(BidiComponentMixin, name))


def _page() -> None:
    import streamlit as st  # noqa: PLC0415 - the page stands alone

    st.session_state.kept = 3
    st.selectbox("Keyless", ("a", "b"))
    st.selectbox("With a key", ("a", "b", "c"), index=1, key="box")
    st.number_input("Number", value=2, key="number")
    st.session_state.told = sorted(st.session_state.to_dict().items())
    st.session_state.setdefault("empty", None)
    st.selectbox("Empty", ("a", "b"), key="empty")


def _told() -> list[object]:
    app = AppTest.from_function(_page).run()
    app.selectbox("box").select("c")
    app.run()
    assert not app.exception
    state = app.session_state
    return [state["told"], sorted(state), state["empty"], [each.value for each in app.selectbox]]


@pytest.mark.usefixtures("as_before")
def test_widgets_find_the_same_state() -> None:
    before = _told()
    spared.begin()
    assert _told() == before


def test_the_state_is_looked_up_one_by_one() -> None:
    state = SessionState()
    state["one"], state["none"] = 1, None
    found = spared.Filtered(state)
    assert found["one"] == 1
    assert found["none"] is None
    assert dict(found) == state.filtered_state
    assert repr(found) == repr(state.filtered_state)
    assert len(found) == 2
    assert "other" not in found
    assert found.get("other") is None


@pytest.mark.usefixtures("as_before")
def test_a_component_with_a_key_has_the_same_name(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    monkeypatch.setattr(bidi, "calc_hash", lambda sent: hashed.append(sent) or "0")
    before = _named(b"shown")
    assert hashed == [b"shown"]
    spared.begin()
    assert _named(b"shown") == before
    assert hashed == [b"shown"]


def _named(shown: bytes) -> str:
    """By which name a browser knows the component of a key that shows this."""
    app = AppTest.from_function(_component, args=(shown,)).run()
    assert not app.exception
    return str(app.main[0].proto.id)


def _component(shown: bytes) -> None:
    import streamlit as st  # noqa: PLC0415 - the page stands alone

    st.components.v2.component("of_a_test", html="<p></p>")(key="keyed", data=shown)


@pytest.mark.usefixtures("as_before")
def test_the_theme_is_told_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "get_options_for_section", _section)
    before = list(map(_message, SECTIONS))
    assert any(each.ByteSize() for each in before)
    assert not all(each.ByteSize() for each in before)
    spared.begin()
    looked = []
    monkeypatch.setattr(config, "get_options_for_section", lambda name: looked.append(name) or _section(name))
    for _ in range(2):
        assert list(map(_message, SECTIONS)) == before
    assert sorted(looked) == sorted(SECTIONS)  # each once
    whole = CustomThemeConfig()
    app_session._populate_theme_msg(whole.dark.sidebar, "theme.dark.sidebar")
    assert not whole.HasField("dark")  # what is not configured is not there, rather than there and empty


def _section(name: str) -> dict[str, object]:
    options = {"theme": {"base": "dark", "baseRadius": "1rem"}, "theme.light": {"primaryColor": "#00629A"}}
    return options.get(name, {"primaryColor": None})


def _message(section: str) -> CustomThemeConfig:
    message = CustomThemeConfig()
    app_session._populate_theme_msg(message, section)
    return message


@pytest.mark.usefixtures("as_before")
def test_texts_lose_what_they_are_indented_by() -> None:
    text = "\n    one\n      two\n"
    before = string_util.clean_text(text)
    spared.begin()
    assert string_util.clean_text(text) == string_util.clean_text(text) == before == "one\n  two"


class Loop:
    """A session whose event loop runs when it is told to; `handled` is what it heard of."""

    def __init__(self) -> None:
        self.calls: list[object] = []
        self.handled: list[object] = []
        self.later: list[Any] = []
        self._event_loop = SimpleNamespace(call_later=lambda *due: self.later.append(due))

    def _call_soon_on_event_loop(self, call: object) -> None:
        self.calls.append(call)

    def _handle_scriptrunner_event_on_event_loop(self, event: object, forward_msg: object = None) -> None:
        self.handled.append((event, forward_msg))
        if event == "first":
            spared._told(self, "meanwhile")  # type: ignore[arg-type] # a run goes on while the loop hears of it


def test_what_a_run_tells_is_heard_in_its_order_and_the_loop_wakes_up_once() -> None:
    session: Any = Loop()
    for event in ("first", "second"):
        spared._told(session, event, forward_msg=event)
    assert len(session.calls) == 1
    session.calls.pop()()
    assert session.handled == [("first", "first"), ("second", "second"), ("meanwhile", None)]
    for late in session.calls:
        late()
    spared._told(session, "later")
    session.calls[-1]()
    assert session.handled[-1] == ("later", None)
    assert len(session.handled) == 4


def test_elements_wait_for_each_other_until_the_run_is_over_or_for_a_moment() -> None:
    session: Any = Loop()
    session._handle_scriptrunner_event_on_event_loop = lambda **told: session.handled.append(told["forward_msg"])

    def tell(event: ScriptRunnerEvent, what: str) -> None:
        spared._told(session, event=event, forward_msg=what)
        while session.calls:
            session.calls.pop(0)()

    tell(ScriptRunnerEvent.SCRIPT_STARTED, "begins")
    assert session.handled == ["begins"]
    for what in ("title", "picture"):
        tell(ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, what)
    assert session.handled == ["begins"]
    assert [seconds for seconds, _ in session.later] == [spared.TOGETHER_SECONDS]
    session.later.pop()[1]()  # it takes long
    assert session.handled == ["begins", "title", "picture"]
    tell(ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, "table")
    tell(ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS, "ends")
    assert session.handled == ["begins", "title", "picture", "table", "ends"]
    session.later.pop()[1]()
    assert len(session.handled) == 5


def test_one_that_fails_keeps_the_loop_from_hearing_of_no_other() -> None:
    session: Any = Loop()
    session._handle_scriptrunner_event_on_event_loop = lambda event: 1 / event or session.handled.append(event)
    for event in (0, 1):
        spared._told(session, event)
    with pytest.raises(ZeroDivisionError):
        session.calls.pop(0)()
    assert len(session.calls) == 1
    session._handle_scriptrunner_event_on_event_loop = session.handled.append
    spared._told(session, 2)
    for each in session.calls:
        each()
    assert 2 in session.handled


def test_streamlits_sessions_have_what_is_replaced() -> None:
    assert {"_on_scriptrunner_event", "_call_soon_on_event_loop", "_handle_scriptrunner_event_on_event_loop"} <= set(
        vars(AppSession)
    )
    assert string_util.textwrap.dedent("  x") == "x"


@pytest.mark.usefixtures("as_before")
@pytest.mark.parametrize("asked", [None, "stop", "rerun"])
def test_a_run_ends_when_it_is_asked_to_and_else_is_not_looked_at(
    asked: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    name = "_maybe_handle_execution_control_request"
    whole = getattr(ScriptRunner, name)
    monkeypatch.setattr(ScriptRunner, name, lambda self: (looked.append(self), whole(self)))
    spared.begin()
    runner = ScriptRunner.__new__(ScriptRunner)
    runner._requests, runner._script_thread, runner._execing = ScriptRequests(), threading.current_thread(), True
    if asked == "stop":
        runner._requests.request_stop()
    if asked == "rerun":
        runner._requests.request_rerun(RerunData())
    ends: dict[str | None, Any] = {
        None: nullcontext(),
        "stop": pytest.raises(StopException),
        "rerun": pytest.raises(RerunException),
    }
    with ends[asked]:
        runner._maybe_handle_execution_control_request()
    assert len(looked) == (asked is not None)
