"""A room on the page: a student guesses, runs and sees; a teacher opens, reveals and closes; who follows is led."""

import dataclasses
import importlib
import itertools
import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import resnet_explorer as rx
from resnet_explorer import jobs as service
from resnet_explorer.jobs import gathered
from resnet_explorer.jobs import visitor as keys
from resnet_explorer.jobs.gathered import Gathered, Gathering, Ran, SeatRuns
from resnet_explorer.jobs.room import DEPTH, RATE, SEED, Question, Room
from resnet_explorer.jobs.rooms import InMemory, Rooms
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.jobs.visitor import Visitor
from resnet_explorer.tasks.task import key
from resnet_explorer.tasks.train import Step, TrainConfig
from resnet_explorer.ui.parts import ask_class, class_plot, guide
from resnet_explorer.ui.parts import room as part
from resnet_explorer.ui.view import address as where
from resnet_explorer.ui.view import visitor
from tests.kept import flat
from tests.ui.components import titles
from tests.ui.silent import Silent
from tests.ui.test_kept import shown

MAIN = Path(rx.__file__).parent / "ui" / "app" / "main.py"
QUESTION = Question(config=TrainConfig(net=rx.preset("demo_resnet18"), steps=30))
TEACHER = Visitor("t" * 22)


@pytest.fixture
def rooms(engine: Silent, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    for each in (gathered, importlib.import_module("resnet_explorer.jobs.rooms")):
        monkeypatch.setattr(each, "FRESH_SECONDS", -1.0)
    made = Rooms(InMemory())
    gathering = Gathering(made, engine)
    monkeypatch.setattr(service, "rooms", lambda: made)
    monkeypatch.setattr(service, "gathering", lambda: gathering)
    return made


@pytest.fixture
def visit(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    assert rooms

    def visit(code: str, who: Visitor) -> AppTest:
        monkeypatch.setattr(visitor, "here", lambda: who)
        app = AppTest.from_file(str(MAIN), default_timeout=30)
        app.query_params["room"] = code
        app.run()
        assert not app.exception
        return app

    return visit


def words(app: AppTest) -> str:
    return "\n".join(each.value for each in (*app.title, *app.markdown, *app.caption, *app.warning))


def labels(app: AppTest) -> list[str]:
    return [each.label for each in (*app.button, *app.toggle)]


def test_a_student_guesses_then_runs_and_then_sees_the_class(
    visit: Callable[..., AppTest], rooms: Rooms, engine: Silent
) -> None:
    code, student = rooms.open(QUESTION, TEACHER), Visitor("s" * 22)
    rooms.enter(code, Visitor("a" * 22))
    rooms.guess(code, Visitor("a" * 22), 1)
    app = visit(code, student)
    run = next(each for each in app.button if each.label == "Run")
    assert run.disabled
    assert "Yours: seed 1" in words(app)
    assert "in the room" not in words(app)
    app.radio[0].set_value(part.ANSWERS[0]).run()
    next(each for each in app.button if each.label == "Run").click().run()
    plain, residual = QUESTION.pair(1)
    assert [each.config for each in engine.jobs.values()] == [plain, residual]
    assert not app.radio  # it is told now, and no more changed
    assert any(part.ANSWERS[0] in each.value for each in app.markdown)
    assert "**2** in the room, **2** have guessed, **1** have run" in words(app)
    assert not [each for each in labels(app) if each in {"Reveal the guesses", "Close it now", "Run"}]
    for config, loss in ((plain, 2.0), (residual, 1.0)):
        engine.finish(config, None, tuple(Step(i, loss, (1.0,), 1.0) for i in range(30)))
    app.run()
    assert "The plain net ended with the higher loss in 1, the residual one in 0" in words(app)
    assert "guesses" not in "".join(each.proto.body for each in app.get("html"))
    rooms.reveal(code, TEACHER)
    app.run()
    assert 'class="guesses" aria-label="What 2 browsers guessed"' in "".join(e.proto.body for e in app.get("html"))


@pytest.mark.parametrize("who", [TEACHER, Visitor("s" * 22)], ids=["teacher", "student"])
def test_a_room_and_a_page_beside_it_were_looked_at(
    who: Visitor,
    visit: Callable[..., AppTest],
    rooms: Rooms,
    monkeypatch: pytest.MonkeyPatch,
    kept: Callable[[str, str], None],
) -> None:
    monkeypatch.setattr(importlib.import_module("resnet_explorer.jobs.rooms"), "_code", lambda: "CDFG")
    monkeypatch.setattr(where, "own", lambda: "192.168.0.9")
    expander = st.expander
    monkeypatch.setattr(st, "expander", lambda label, **more: expander(label, **{**more, "expanded": True}))
    rooms.open(QUESTION, TEACHER)
    rooms.show("CDFG", TEACHER, json.dumps({"page": "gradients", "texts": {}}))
    app = visit("CDFG", who)
    lines = ["## the room", *shown(app.main)]
    app.query_params.clear()
    app.switch_page(str(MAIN.parents[3] / "pages" / "bottleneck.py")).run()
    bar = [
        line for line in itertools.takewhile(lambda line: "title" not in line, shown(app.main)) if "bytes" not in line
    ]
    lines += ["## a page beside it", *bar]
    kept(f"ui/room_of_a_{'teacher' if who is TEACHER else 'student'}.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    "state", ["guesses", "guessed", "waiting", "running", "stopped", "failed", "diverged", "done", "gone", "revealed"]
)
def test_a_seat_is_as_its_run_is(
    state: str,
    visit: Callable[..., AppTest],
    rooms: Rooms,
    engine: Silent,
    monkeypatch: pytest.MonkeyPatch,
    kept: Callable[[str, str], None],
) -> None:
    monkeypatch.setattr(importlib.import_module("resnet_explorer.jobs.rooms"), "_code", lambda: "CDFG")
    code, student = rooms.open(QUESTION, TEACHER), Visitor("s" * 22)
    for number, guess in enumerate((0, 0, 2)):
        rooms.enter(code, Visitor(f"{number}" * 22))
        rooms.guess(code, Visitor(f"{number}" * 22), guess)
    app = visit(code, student)
    if state != "guesses":
        rooms.guess(code, student, 1)
    if state == "revealed":
        rooms.reveal(code, TEACHER)
    elif state not in ("guesses", "guessed"):
        rooms.ran(code, student)
    for config in QUESTION.pair(3) if state not in ("guesses", "guessed", "gone", "revealed") else ():
        steps = tuple(Step(at, 2.0 - at / 10, (1.0,), 1.0) for at in range(0 if state == "waiting" else 9))
        now = Snapshot(key=key(config), config=config, state=state, records=steps, message=f"it is {state}")
        engine.jobs[key(config)] = now
    app.run()
    assert not app.exception
    kept(f"ui/seat_{state}.txt", "\n".join(shown(app.main)) + "\n")


def test_what_a_class_will_take_is_told_before_a_room_is_opened(
    monkeypatch: pytest.MonkeyPatch, engine: Silent
) -> None:
    said: list[str] = []
    seconds = {False: 3.0, True: 5.0}
    admit = lambda config: SimpleNamespace(seconds=seconds[config.net.plain != config.net])  # noqa: E731
    monkeypatch.setattr(engine, "admit", admit)
    monkeypatch.setattr(ask_class, "workers", lambda: 2)
    monkeypatch.setattr(ask_class, "parts", SimpleNamespace(meaning=str))
    page = SimpleNamespace(radio=lambda *_, **__: SEED, caption=said.append, button=lambda *_, **__: False)
    monkeypatch.setattr(ask_class, "st", page)
    ask_class._opening(QUESTION.config)
    assert said == ["For 30 students: about 2 minutes of training on this machine."]  # 30 pairs of 8 s, two at a time


def test_a_teacher_reveals_and_closes(visit: Callable[..., AppTest], rooms: Rooms) -> None:
    code = rooms.open(QUESTION, TEACHER)
    app = visit(code, TEACHER)
    assert f"Room<strong>{code}</strong>" in "".join(each.proto.body for each in app.get("html"))
    assert not rooms.find(code).members  # type: ignore[union-attr] # a teacher has no seat
    next(each for each in app.button if each.label == "Reveal the guesses").click().run()
    assert rooms.find(code).revealed  # type: ignore[union-attr]
    next(each for each in app.button if each.label == "Close it now").click().run()
    assert rooms.find(code) is None
    assert titles(app)[0] == "This room is not open"


@pytest.mark.parametrize("name", ["", "zzzz", "<b>x</b>", "../../x", "CDFG" * 50])
def test_a_room_that_is_none_is_told(visit: Callable[..., AppTest], name: str) -> None:
    app = visit(name, Visitor("s" * 22))
    assert titles(app)[0] == "This room is not open"
    assert "<b>" not in words(app).replace("\\<", "")


def test_where_there_is_a_key_the_teacher_alone_opens_rooms(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(ask_class.st, "expander", lambda label, **_: shown.append(label) or _Closed())
    for word, who in (("", TEACHER), ("chalk-and-talk", TEACHER), ("chalk-and-talk", TEACHER._replace(teacher=True))):
        monkeypatch.setenv(keys.TEACHER, word)
        monkeypatch.setattr(visitor, "here", lambda who=who: who)
        ask_class.offer(QUESTION.config)
        shown.append("|")
    assert "".join(shown) == "Ask a class||Ask a class|"
    assert rooms


class _Closed:
    open = False


def test_who_follows_goes_where_the_teacher_goes_once(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    code = rooms.open(QUESTION, TEACHER)
    state: dict[str, Any] = {guide.IN: code, "texts": {}}
    monkeypatch.setattr(guide.st, "session_state", state)
    monkeypatch.setattr(guide.st, "query_params", {})
    rooms.show(code, TEACHER, '{"page":"gradients","texts":{"step":"7"}}')
    assert guide.turned("start") is None  # does not follow
    seen = rooms.find(code)
    assert seen
    state[guide.FOLLOWS] = True
    assert guide.turned("start") == ("gradients", {"step": "7"})
    assert guide.turned("start") is None  # may look elsewhere until the teacher goes on
    assert not guide.calls(seen)
    rooms.show(code, TEACHER, '{"page":"explore","texts":{}}')
    assert guide.calls(seen)
    assert guide.turned("gradients") == ("explore", {})
    rooms.show(code, TEACHER, '{"page":"nowhere","texts":{}}')
    assert guide.turned("explore") is None


def test_whoever_opens_a_room_is_led_to_it_once(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, Any] = {}
    for module in (guide, ask_class):
        monkeypatch.setattr(module.st, "session_state", state)
    monkeypatch.setattr(ask_class.visitor, "here", lambda: TEACHER)
    ask_class._open(QUESTION)
    page, texts = guide.turned("gradients") or ("", {})
    assert page == "start"
    assert rooms.find(texts["room"])
    assert guide.turned("start") is None


@pytest.mark.parametrize(
    ("before", "now", "follows", "calls"),
    [
        ("a", "a", True, False),
        ("a", "b", True, True),
        ("a", "b", False, False),
        ("", "b", False, True),  # leads only now
        ("a", "", False, True),  # leads no longer
        ("a", "", True, True),
        ("", "", True, False),
        ("a", None, False, True),  # is over
    ],
)
def test_a_page_runs_again_where_its_line_about_the_teacher_changes(
    before: str, now: str | None, *, follows: bool, calls: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = gathered_of().room
    then = None if now is None else dataclasses.replace(room, view=now)
    monkeypatch.setattr(guide, "here", lambda: then)
    monkeypatch.setattr(guide.st, "session_state", {guide.FOLLOWS: follows})
    assert guide.calls(dataclasses.replace(room, view=before)) is calls


def test_a_switch_is_kept_and_the_teacher_is_looked_for_anew(visit: Callable[..., AppTest], rooms: Rooms) -> None:
    code = rooms.open(QUESTION, TEACHER)
    app = visit(code, TEACHER)
    app.toggle(key=f"{guide.LEADS}_shown").set_value(True).run()
    assert json.loads(rooms.find(code).view) == {"page": "start", "texts": {"room": code}}  # type: ignore[union-attr]
    app.toggle(key=f"{guide.LEADS}_shown").set_value(False).run()
    assert rooms.find(code).view == ""  # type: ignore[union-attr]
    rooms.show(code, TEACHER, '{"page":"why","texts":{}}')
    app = visit(code, Visitor("s" * 22))
    app.session_state[guide._WENT] = rooms.find(code).view  # type: ignore[union-attr] # was there, and left
    app.toggle(key=f"{guide.FOLLOWS}_shown").set_value(True).run()
    assert app.session_state[guide.FOLLOWS]
    assert titles(app)[0].startswith("Why")


@pytest.mark.parametrize(
    ("steps", "ticks", "end"),
    [(40, (1, 10, 20, 30, 40), 40), (30, (1, 7, 14, 21, 28), 30), (3, (1, 2, 3), 3), (1, (1,), 2)],
)
def test_the_steps_of_a_class_have_ticks_to_the_last(
    monkeypatch: pytest.MonkeyPatch, steps: int, ticks: tuple[int, ...], end: int
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(class_plot.figure, "drawing", lambda *of, **_: asked.extend(of) or "")
    now = gathered_of()
    question = dataclasses.replace(QUESTION, config=dataclasses.replace(QUESTION.config, steps=steps))
    class_plot._plot.__wrapped__(
        dataclasses.replace(now, room=dataclasses.replace(now.room, question=question)), dark=False
    )
    assert (asked[1].ticks, asked[1].ends) == (ticks, (1, end))


def gathered_of(*pairs: tuple[Ran, Ran], varies: str = "seed") -> Gathered:
    question = dataclasses.replace(QUESTION, varies=varies)
    room = Room(
        code="CDFG", question=question, opener="", expires=math.inf, version=1, revealed=False, view="", members={}
    )
    return Gathered(room=room, entries=tuple(SeatRuns(seat=i, plain=p, residual=r) for i, (p, r) in enumerate(pairs)))


def ran(final: float = math.nan, state: str = "done", *, other: bool = False) -> Ran:
    return Ran(state=state, steps=30, places=(0, 29), losses=(2.3, final), final=final, other=other)


def test_what_is_in_no_mean_is_told_with_its_numbers() -> None:
    broken = ran(state="diverged")
    now = gathered_of(
        (ran(2.0), ran(1.0)), (ran(2.0), ran(1.9)), (broken, ran(3.0, other=True)), (ran(state="failed"), ran(1.0))
    )
    said = class_plot.reading(now)
    assert said.startswith(
        "**2 of 4 pairs done.** The plain net ended with the higher loss in 1, the residual one in 0"
    )
    assert "in 1 they ended alike (within a factor of 1.5)" in said
    assert "Final loss, plain: 2 in the mean of 2 runs, from 2 to 2." in said
    assert "Final loss, residual: 1.73 in the mean of 4 runs, from 1 to 3." in said
    assert "Diverged, and in no mean: 1 run of the plain net." in said
    assert "Of 8 runs, 1 failed: in no mean either." in said
    assert "1 run came from the store, made by other code" in said


def test_a_choice_is_told_and_drawn_at_its_place() -> None:
    now = gathered_of(*[(ran(2.0), ran(1.0))] * 5, (ran(state="running"), ran(1.0)), varies=DEPTH)
    told = [row["what"] for row in class_plot._rows(now)]
    assert told[:5] == [*(f"{n} weighted layers, seed 0" for n in (10, 18, 26, 34)), "10 weighted layers, seed 1"]
    html = class_plot._plot(now, dark=False)
    assert html.count("<a ") == 11
    assert "18 weighted layers" in html
    assert class_plot._rows(now)[5]["plain, final loss"] is None


@pytest.mark.parametrize(
    ("url", "network", "found"),
    [
        ("http://localhost:8501/gradients?x=1", "192.168.0.9", "http://192.168.0.9:8501"),
        ("http://127.0.0.1:8501/", "", "http://127.0.0.1:8501"),
        ("https://class.example/net/", "192.168.0.9", "https://class.example"),
        ("http://[::1]:8501/", "10.0.0.2", "http://10.0.0.2:8501"),
        ("", "", "http://localhost"),
    ],
)
def test_the_address_is_one_that_others_reach(
    url: str, network: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    streamlit = SimpleNamespace(context=SimpleNamespace(url=url), get_option=lambda _: "")
    monkeypatch.setattr(where, "st", streamlit)
    monkeypatch.setattr(where, "own", lambda: network)
    assert where.front() == f"{found}/"


@pytest.mark.parametrize("varies", [SEED, DEPTH, RATE])
def test_what_a_class_has_measured_was_looked_at(varies: str, kept: Callable[[str, str], None]) -> None:
    broken = Ran(state="diverged", steps=7, places=(0, 6), losses=(2.3, 9.0))
    whole = [(ran(1.5 + n / 8), ran(0.5 + n / 16, other=n == 2)) for n in range(6)]
    now = gathered_of(*whole, (broken, ran(3.0)), (Ran(state="waiting"), ran(state="gone")), varies=varies)
    question = now.room.question
    lines = [class_plot.reading(now), class_plot._source(now), class_plot.reading(gathered_of(varies=varies))]
    for entry in now.entries:
        lines += [str(class_plot.choice(question, entry.seat)), class_plot.href(question.pair(entry.seat))]
        lines += [line for track in class_plot._tracks(question, entry) for line in flat(track, f"run {entry.seat}")]
    lines += flat([class_plot._rows(now), None if varies == SEED else class_plot._across(question)])
    lines += re.sub(r"base64,[^\"]*", "", class_plot._plot(now, dark=True)).replace("><", ">\n<").splitlines()
    kept(f"ui/class_{varies}.txt", "\n".join(lines) + "\n")
