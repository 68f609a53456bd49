"""The front door: what it says is the recorded run's, and where it leads."""

import asyncio
import dataclasses
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from resnet_explorer import talks
from resnet_explorer.experiments.recorded import Recorded
from resnet_explorer.experiments.words import final
from resnet_explorer.tasks.train import Step
from resnet_explorer.ui import canvas
from resnet_explorer.ui.app import below
from resnet_explorer.ui.app.onward import Onward
from resnet_explorer.ui.pages.start import race
from resnet_explorer.ui.view.navigation import FOLDER, PAGES, START
from tests.ui.components import sent, titles
from tests.ui.silent import Silent
from tests.ui.test_pages import MAIN, opened


def falling(run: Recorded, *factors: float) -> Recorded:
    """The same runs with other losses."""
    runs = [
        dataclasses.replace(each, records=tuple(Step(i, factor * 0.9**i, (1.0,), 1.0) for i in range(40)))
        for each, factor in zip(run.runs, factors, strict=True)
    ]
    return dataclasses.replace(run, runs=tuple(runs))


def test_its_sentence_holds_whichever_net_ends_lower() -> None:
    run = race.run()
    plain, residual = map(final, run.runs)
    assert f"{plain / residual:.0f} times the loss" in str(race.answer(run))
    assert "40 steps the same 34 layers stand at 3 times" in str(race.answer(falling(run, 3.0, 1.0)))
    for alike in (falling(run, 1.0, 1.2), falling(run, 1.0, 3.0)):
        assert str(race.answer(alike)).endswith("without them: their training losses over 40 steps.")


def test_its_picture_shows_the_recorded_losses_and_the_real_net(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(canvas, "figure", lambda kind, data, **_: sent.append({"kind": kind, **data}))
    run = race.run()
    race.show(run)
    (data,) = sent
    assert [net["loss"][-1] for net in data["nets"]] == [round(each.steps[-1].loss, 4) for each in run.runs]
    assert [net["residual"] for net in data["nets"]] == [False, True]
    assert len(data["bars"]) == 34
    assert data["bars"][-1][1] == "fc"
    assert data["arcs"] == [[1 + 2 * i, 2 + 2 * i] for i in range(16)]
    assert race.rows(run)[-1]["with shortcuts, loss"] == run.runs[1].steps[-1].loss
    assert [row["step"] for row in race.rows(run)] == [*range(1, len(run.runs[0].steps) + 1)]


@pytest.mark.parametrize(
    ("texts", "shown"), [({}, "Why can"), ({"channels": "512"}, "ResNet-34"), ({"x": "1"}, "ResNet-34")]
)
def test_an_address_that_holds_a_view_is_one_of_explore(engine: Silent, texts: dict[str, str], shown: str) -> None:
    assert engine
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    for name, text in texts.items():
        app.query_params[name] = text
    app.run()
    assert titles(app)[0].startswith(shown)
    assert {**app.query_params} == {name: text for name, text in texts.items() if name != "x"}
    assert len(app.warning) == ("x" in texts)
    app.query_params.clear()
    app.switch_page(str(FOLDER / "start.py")).run()
    assert not app.query_params
    assert titles(app)[0].startswith("Why can")


def offered(app: AppTest) -> list[str]:
    """The tools by their names."""
    return [act["name"] for each in sent(app) if each.get("kind") == "tools" for act in each["acts"]]


def test_the_front_door_offers_present_unless_the_view_hides_it(engine: Silent) -> None:
    assert engine
    app = AppTest.from_file(str(MAIN), default_timeout=30).run()
    assert offered(app) == ["present"]
    app.query_params["hide"] = "present"
    app.run()  # which is a view of Explore
    app.query_params.clear()
    app.switch_page(str(FOLDER / "start.py")).run()
    assert offered(app) == []


@pytest.mark.parametrize("page", PAGES.names)
def test_a_link_that_hides_what_a_page_offers_to_hide_stays_on_that_page(engine: Silent, page: str) -> None:
    assert engine
    (listed,) = [each["share"]["parts"] for each in sent(opened(page)) if "share" in each]
    assert bool(listed) == (page != START)
    for name, _ in listed:
        assert sent_on("/" if page == START else f"/{page}", f"hide={name}".encode()) == ""


@pytest.mark.parametrize(
    ("path", "query", "place"),
    [
        ("/", b"", ""),
        ("/", b"present=1&embed=true", ""),
        ("/", b"net=resnet50", "/explore?net=resnet50"),
        ("/", b"net=", "/explore?net="),
        ("/", b"hide=present", "/explore?hide=present"),
        ("/block", b"net=resnet50", ""),
        ("/school/nets", b"net=resnet50", ""),
    ],
)
def test_an_old_link_is_sent_on_by_the_server(path: str, query: bytes, place: str) -> None:
    assert sent_on(path, query) == place


@pytest.mark.parametrize("path", ["/school/nets", "/school/nets/"])
def test_below_a_path_of_its_own_too(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(below.st, "get_option", lambda _: "school/nets")
    assert sent_on(path, b"net=resnet50") == "/school/nets/explore?net=resnet50"
    assert sent_on("/", b"net=resnet50") == ""


def sent_on(path: str, query: bytes) -> str:
    """Where the server sends who asks for an address; empty: nowhere."""
    told: list[Any] = []

    async def app(*_: Any) -> None:
        told.append({"headers": []})

    async def send(message: Any) -> None:
        told.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": []}
    asyncio.run(Onward(app)(scope, None, send))  # type: ignore[arg-type]
    return dict(told[0]["headers"]).get(b"location", b"").decode()


def test_the_file_of_a_talk_is_read_once_a_run_and_one_that_is_none_is_told(
    engine: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine
    asked: list[str] = []
    find = talks.find
    monkeypatch.setattr(talks, "find", lambda name: asked.append(name) or find(name))
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    app.query_params |= {"talk": "nobody", "present": "1", "channels": "512"}
    app.run()
    assert asked[0] == "nobody"
    assert "nobody" in app.warning[0].value
    assert "talk" not in app.query_params
    asked.clear()
    app.query_params |= {"talk": "17x", "beat": "1", "present": "1"}
    app.run()
    assert set(asked) == {"17x"}
    assert len(asked) <= 2, "that of the page which is left, and that of the one which is shown"
