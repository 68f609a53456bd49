"""What a run of a page looks up once is what it would find each time."""

from types import SimpleNamespace

import pytest

from resnet_explorer.ui.view import glance


class _Address(dict[str, str]):
    to_dict = dict.copy


def test_a_page_that_runs_finds_what_was_there_when_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    state = type("State", (dict,), {"__getattr__": dict.__getitem__})(texts={"net": "resnet50"}, pages={"block": "B"})
    address = _Address(present="1")
    monkeypatch.setattr(glance, "st", SimpleNamespace(session_state=state, query_params=address))
    made: list[int] = []

    def found() -> list[object]:
        once = glance.once("n", lambda: made.append(1) or len(made))
        return [glance.texts(), glance.pages(), glance.address("present"), glance.address("talk"), once]

    assert found() == [{"net": "resnet50"}, {"block": "B"}, "1", "", 1]
    assert found()[-1] == 2  # no page runs: asked each time
    glance.begin()
    began = found()
    state.update(texts={}, pages={})
    address.clear()
    assert found() == began == [{"net": "resnet50"}, {"block": "B"}, "1", "", 3]
    glance.asked()["net"] = "Net"
    assert glance.asked() == {"net": "Net"}
    glance.end()
    assert found() == [{}, {}, "", "", 4]
    assert glance.asked() == {}
