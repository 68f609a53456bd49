"""What tests of pages share."""

from collections.abc import Iterator
from functools import cache

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from resnet_explorer import jobs as service
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import terms
from tests.ui.silent import Silent


@pytest.fixture(scope="session", autouse=True)
def components_of_others() -> Iterator[None]:
    """What is installed does not change: Streamlit reads it once, as a server does, not whenever a page is opened."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Silent:
    silent = Silent()
    monkeypatch.setattr(service, "engine", lambda: silent)
    return silent


@pytest.fixture(autouse=True)
def sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts as they are written: what their words mean is marked in all of them alike, which `test_terms` looks at."""
    monkeypatch.setattr(terms, "marked", str)


@pytest.fixture(autouse=True)
def frame_of_a_race(monkeypatch: pytest.MonkeyPatch) -> None:
    """Title, status and buttons of a race as widgets that a test can press: its own stand in a component."""

    def race(shown: canvas.TrainingCurves, press: canvas.Press, place: canvas.Opening, *, key: str) -> None:
        del place, key
        st.title(shown.title)
        st.caption(shown.status)
        st.button(press.label, on_click=press.run, disabled=not press.can_run)
        st.button("Stop", on_click=press.stop, disabled=not press.can_stop)

    monkeypatch.setattr(canvas, "race", race)
