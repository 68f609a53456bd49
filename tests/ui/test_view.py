"""What a view remembers and leads to, by what stands in a session and an address: no page is run for it."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

import resnet_explorer as rx
from resnet_explorer import talks
from resnet_explorer.errors import TooMuch
from resnet_explorer.tasks import TASKS
from resnet_explorer.tasks.train import TrainConfig
from resnet_explorer.ui.canvas import Opening, mount
from resnet_explorer.ui.pages.your_net import packages
from resnet_explorer.ui.parts import files, folds, guide, handout, pictures, present, talk
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import bar, glance, labels, link
from resnet_explorer.ui.view.navigation import PAGES
from resnet_explorer.ui.view.views import BottleneckView, ExploreView

if TYPE_CHECKING:
    from collections.abc import Callable


class Session(dict[str, Any]):
    """Streamlit's session: a dictionary whose names are attributes too."""

    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


class Address(dict[str, str]):
    """Streamlit's address bar."""

    def from_dict(self, texts: dict[str, str]) -> None:
        self.clear()
        self.update(texts)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    pages = {"explore": "E", "compare": "C"}
    state = Session(texts={}, undo=[], page="explore", place="", written={}, left=[], notices=[], pages=pages)
    it = SimpleNamespace(session_state=state, query_params=Address())
    for module in (bar, link, glance, talk, present, folds, pictures, handout, guide, packages, mount):
        monkeypatch.setattr(module, "st", it)
    return it


def test_a_session_and_the_address_bar_are_brought_together(held: SimpleNamespace) -> None:
    state, address = held.session_state, held.query_params
    for name in ("texts", "undo", "written", "left"):
        del state[name]
    address.update({"net": "resnet50", "seed": "x", "present": "1"})
    bar.sync("explore")
    assert (state.texts, state.written) == ({"net": "resnet50"}, {"net": "resnet50", "present": "1"})
    assert state.undo == []
    assert [each.split(";")[0] for each in state.notices] == ["seed is 'x'"]
    assert address == {"net": "resnet50", "present": "1"}  # what says how it is shown stays
    address["net"] = "resnet18"  # somebody went back, or wrote into it
    bar.sync("explore")
    assert (state.texts, state.undo) == ({"net": "resnet18"}, [{"net": "resnet50"}])
    del address["net"]
    bar.sync("block")  # another page of the bar: its address is empty, the view stays
    assert (state.page, state.texts, address) == ("block", {"net": "resnet18"}, {"net": "resnet18", "present": "1"})
    del address["net"]
    bar.sync("block")  # here it was taken away
    assert (state.texts, len(state.undo)) == ({}, 2)
    address["net"] = "resnet50"
    bar.sync("start", silent=True)
    assert state.texts == {"net": "resnet50"}
    assert state.written == address == {"present": "1"}


def told(**held: int | bool | str) -> WidgetStates:
    """What a browser tells of its widgets, by id; what is true was pressed."""
    states = (WidgetState(id=name, **{KINDS[type(value)]: value}) for name, value in held.items())
    return WidgetStates(widgets=states)


KINDS = {bool: "trigger_value", int: "int_value", str: "string_value"}


def test_a_press_before_the_answer_to_the_last_takes_nothing_back(
    held: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, address, before = held.session_state, held.query_params, {"net": "resnet18"}
    state.update(texts=dict(before), written=dict(before))
    address.update(before)

    def news(**presses: int | bool | str) -> WidgetStates:
        address.clear()
        address.update(before)
        return bar.news(told(**presses), first)

    first = told(chosen=1, typed="18", press=True)
    assert bar.news(first, None) == bar.news(first, first) == first
    link.choose(ExploreView, memory_batch=8)
    bar.sync("explore")
    for batch in (16, 24):  # the browser has heard of none: it is late
        assert news(chosen=1, typed="50", press=True) == told(typed="50", press=True)
        assert news(chosen=2, typed="18", press=True) == told(chosen=2, press=True)
        link.choose(ExploreView, memory_batch=batch)
        bar.sync("explore")
        assert state.texts == address == {**before, "memory_batch": str(batch)}
    address["memory_batch"] = "8"  # by now it has heard of the first
    bar.news(told(), first)
    bar.sync("explore")
    assert state.texts == address == {**before, "memory_batch": "24"}
    assert bar.news(first, first) == first  # and now of all: whoever says the same means it
    address["memory_batch"] = "8"
    monkeypatch.setattr(bar, "get_script_run_ctx", lambda **_: SimpleNamespace(is_history_navigation=True))
    bar.news(told(), first)
    bar.sync("explore")  # the browser's own arrow
    assert state.texts == address == {**before, "memory_batch": "8"}


def test_a_choice_and_back_before_the_answer_are_told(held: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    state, address, told = held.session_state, held.query_params, []
    monkeypatch.setattr(
        Address, "from_dict", lambda self, texts: (told.append(texts), self.clear(), self.update(texts))
    )
    bar.sync("explore")
    for batch in (8, 256):
        address.clear()
        bar.news(WidgetStates(), None)
        link.choose(ExploreView, memory_batch=batch)
        bar.sync("explore")
    assert told[-1] == state.texts == {}  # not the first, which the browser would go on to show


def test_how_a_view_is_shown_is_not_taken_back_either(held: SimpleNamespace) -> None:
    state, address, last = held.session_state, held.query_params, {"memory_batch": "8"}

    def pressed(address_of_before: dict[str, str], press: Callable[[], None]) -> dict[str, str]:
        address.clear()
        address.update(address_of_before)
        bar.news(WidgetStates(), None)
        press()
        bar.sync("explore")
        return dict(address)

    assert pressed({}, present.enter) == {"present": "1"}
    assert pressed({}, lambda: link.choose(ExploreView, memory_batch=8)) == {"present": "1", **last}
    assert pressed({"present": "1"}, handout.turn) == {"present": "1", "print": "blanks", **last}
    assert pressed({}, present.leave) == {"print": "blanks", **last}
    assert pressed({"present": "1"}, lambda: None) == state.written == {"print": "blanks", **last}
    assert pressed(dict(address), lambda: None) == {"print": "blanks", **last}
    assert pressed({"present": "1", **last}, lambda: None) == {
        "present": "1",
        **last,
    }  # it has heard of all: that is meant
    assert state.texts == last


def test_a_page_that_is_gone_to_may_have_an_address_of_before(
    held: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, address = held.session_state, held.query_params
    link.choose(ExploreView, memory_batch=8)
    bar.sync("explore")
    assert state.left == [{}]
    address.clear()
    here = SimpleNamespace(is_history_navigation=False, page_script_hash="another")
    monkeypatch.setattr(bar, "get_script_run_ctx", lambda **_: here)
    bar.news(WidgetStates(), None)
    assert (address, state.left) == ({}, [{}])


def test_an_address_that_was_shown_before_is_gone_to_again(held: SimpleNamespace) -> None:
    state, address = held.session_state, held.query_params
    state.page = "laboratory"

    def go(*, by_hand: bool = True, **to: str) -> dict[str, str]:
        address.clear()
        address.update(to)
        if by_hand:
            bar.news(WidgetStates(), None)
        bar.sync("laboratory")
        return dict(state.texts)

    for _ in range(3):
        for to in ({"experiment": "degradation", "guess": "0"}, {"experiment": "", "guess": "0"}):
            assert go(**to) == {name: text for name, text in to.items() if text not in {"", "0"}}
    for at in (2, 3, 2, 3, 2):  # a talk goes on and back, by the server's own hand
        assert go(seed=f"{at}", by_hand=False) == {"seed": f"{at}"}
    bar.news(WidgetStates(), None)  # the browser has heard
    link.choose(TrainConfig, seed=7)
    bar.sync("laboratory")
    assert go(seed="2", by_hand=False) == {"seed": "2"}
    assert link.accept(link.MEANT) == ({}, [])


def test_what_is_changed_is_remembered_and_undone(held: SimpleNamespace) -> None:
    state = held.session_state
    link.choose(ExploreView, memory_batch=8)
    assert state.texts == {"memory_batch": "8"}
    link.choose(ExploreView, memory_batch=8)
    assert state.undo == [{}]
    link.note(ExploreView, block="layer1.0")
    assert state.undo == [{}]
    assert state.texts == {"memory_batch": "8", "at": "layer1.0"}
    link.choose(ExploreView, memory_batch=256)  # its default stands in no link
    assert state.texts == {"at": "layer1.0"}
    assert link.choices(ExploreView).block == "layer1.0"
    assert link.value(ExploreView, "memory_batch") == 256
    assert link.value(BottleneckView, "channels") == 256
    assert link.choices(TrainConfig, net=rx.preset("resnet18"), steps=3).steps == 3
    link.undo()
    link.undo()
    assert (state.texts, state.undo) == ({}, [])
    link.undo()
    assert state.texts == {}
    for batch in range(1, 60):
        link.choose(ExploreView, memory_batch=batch)
    assert len(state.undo) == 50
    assert state.undo[-1] == {"memory_batch": "58"}
    state.texts = {"memory_batch": "7", "hide": "undo"}
    link.reset()
    assert state.texts == {"hide": "undo"}
    assert state.undo[-1]["memory_batch"] == "7"


def test_a_net_of_a_view_and_the_one_before(held: SimpleNamespace) -> None:
    state = held.session_state
    assert link.net() == rx.preset("resnet34")
    assert link.previous_net() is None
    state.texts = {"fold": "conv2_x", "seed": "3", "b_net": "resnet18"}
    link.choose_net(rx.preset("resnet50"))
    assert state.texts == {"net": "resnet50", "seed": "3", "b_net": "resnet18"}  # what was folded was of the other
    assert link.previous_net() == rx.preset("resnet34")
    assert link.previous_net("b_") is None
    state.texts["fold"] = "conv3_x"
    link.choose_net(rx.preset("vgg16"), "b_")
    assert (state.texts["fold"], state.texts["b_net"]) == ("conv3_x", "vgg16")
    assert link.previous_net("b_") == rx.preset("resnet18")
    link.choose_net(rx.preset("resnet34"))
    assert "net" not in state.texts
    assert link.arrived("seed") is False
    state.texts["lr"] = "0.5"
    assert link.arrived("lr")
    assert not link.arrived("warmup")
    assert link.pinned("net=vgg16") == rx.preset("vgg16")
    assert link.pinned("") is link.pinned("net=nothing") is None
    assert link.file_name(rx.from_query("net=resnet50&image=64")) == "resnet50-image-64"


def test_links_to_pages_hold_the_view_or_begin_afresh(held: SimpleNamespace) -> None:
    held.session_state.texts = {"net": "resnet50", "seed": "3", "hide": "answer"}
    assert link.onward("explore", seed="4") == {
        "page": "E",
        "query_params": {"net": "resnet50", "seed": "4", "hide": "answer"},
    }
    assert link.afresh("compare", prefix="b_") == {
        "page": "C",
        "query_params": {"b_net": "resnet50", "hide": "answer"},
    }
    assert link.afresh("explore", "net=vgg16&image=64", split="macs")["query_params"] == {
        "net": "vgg16", "image": "64", "split": "macs", "hide": "answer",
    }  # fmt: skip
    nets = link.hrefs("compare", {"": rx.preset("vgg16"), "b_": rx.preset("resnet18")})["query_params"]
    assert nets == {"net": "vgg16", "b_net": "resnet18", "seed": "3", "hide": "answer"}


def test_what_a_link_may_say_and_what_becomes_of_it(held: SimpleNamespace, kept: Callable[[str, str], None]) -> None:
    assert not held.session_state.texts
    links = [
        {"guess": "2"}, {"lab_run": "0123456789abcdef", "experiment": "slope"}, {"at": "layer9.0"},
        {"fold": "conv4_x,conv2_x"}, {"fold": "conv9_x"}, {"fold": "none"}, {"pin": "net=vgg16"}, {"pin": "net=x"},
        {"net": "vgg16", "at": "layer1.0"}, {"net": "resnet50", "cut": "layer1.0", "fold": "conv2_x", "at": "layer1.0"},
        {"hide": "answer,depth,nothing"}, {"hide": "a b"}, {"b_net": "resnet50"}, {"b_net": "vgg16", "b_image": "64"},
        {"seed": "0", "steps": "80", "memory_batch": "256"}, {"a": "1", "b": "2", "c": "3", "d": "4"},
        {"a": "1", "b": "2", "c": "3", "d": "4", "e": "5"}, {f"x{n}": "1" for n in range(9)},
        {"groups": "3", "width": "64", "block": "bottleneck"}, {"image": "1", "net": "vgg16"},
    ]  # fmt: skip
    kept("ui/links.txt", "".join(f"{texts}\n  {link.accept(texts)}\n" for texts in links))


def test_a_talk_goes_where_it_is_asked_to(held: SimpleNamespace) -> None:
    address, state = held.query_params, held.session_state
    assert talk.now() is None
    assert talk.turned(None, "start") is None
    name = next(iter(talks.talks()))
    beats = talks.find(name).beats
    address["talk"] = name
    for text, at in (("1", 0), ("2", 1), ("0", 0), ("9999", 0), ("x", 0), ("²", 0), ("999", len(beats) - 1)):
        address["beat"] = text
        going = talk.now()
        assert going is not None
        assert going.at == at
        assert going.beat == beats[at]
    address.update({"beat": "2", "present": "1"})
    going = talk.now()
    assert going is not None
    here = {**beats[1].texts, "present": "1", "talk": name, "beat": "2"}
    assert talk.address(going.talk, 1) == here
    assert talk.turned(going, beats[1].page) is None
    assert talk.turned(going, "nowhere") == (beats[1].page, here)  # an address that stands at another page
    del address["present"]
    assert talk.turned(going, beats[1].page) == (beats[1].page, here)
    address.update({"notes": "1", "present": "1"})
    for wanted, to in ((0, 0), (2, 2), (1, None), (-1, None), (len(beats), None), (len(beats) - 1, len(beats) - 1)):
        state["beat_wanted"] = wanted
        found = talk.turned(going, beats[1].page)
        assert (found and found[1]["beat"]) == (None if to is None else str(to + 1))
        assert found is None or (found[0], found[1]["notes"]) == (beats[to].page, "1")
    for told, wanted in (("3", 3), ("999", 999), ("1000", None), ("x", None), ("²", None)):
        state.pop("beat_wanted", None)
        talk._turn(told)
        assert state.get("beat_wanted") == wanted
    address["talk"] = "no such talk"
    assert talk.now() is None
    assert not {"talk", "beat", "notes"} & set(address)
    assert len(state.notices) == 1


def test_no_text_of_a_table_that_is_taken_away_is_a_formula() -> None:
    texts = ["=1+1", " +1", "-a", "@x", "a=b", "", "\t=2"]
    frame = pd.DataFrame(
        {
            "texts": texts,
            "some": pd.Series(["=1", -2, None, 0.5, "b", "-", "c"], dtype=object),
            "numbers": [-1, 2, 3, 4, 5, 6, 7],
        }
    )
    rows = list(csv.reader(io.StringIO(files.csv(frame))))
    assert rows[0] == ["texts", "some", "numbers"]
    assert [row[0] for row in rows[1:]] == ["'=1+1", "' +1", "'-a", "'@x", "a=b", "", "'\t=2"]
    assert [row[1] for row in rows[1:]] == ["'=1", "-2", "", "0.5", "b", "'-", "c"]
    assert [row[2] for row in rows[1:]] == ["-1", "2", "3", "4", "5", "6", "7"]


def test_each_talk_is_offered_by_a_link_to_its_first_beat(held: SimpleNamespace) -> None:
    offered: list[tuple[str, dict[str, Any]]] = []
    held.page_link = lambda page, **given: offered.append((page, given))
    held.session_state.pages = {name: name for name in PAGES.names}
    talk._links()
    found = {name: talks.find(name) for name in talks.talks()}
    assert [given["label"] for _, given in offered] == [each.title for each in found.values()]
    assert [given["help"] for _, given in offered] == [f"A talk of {len(each.beats)} beats." for each in found.values()]
    assert all(given["query_params"]["beat"] == "1" and given["query_params"]["present"] == "1" for _, given in offered)
    assert [(page, given["query_params"]["talk"]) for page, given in offered] == [
        (each.beats[0].page, name) for name, each in found.items()
    ]


def test_a_stage_that_is_clicked_is_folded_or_unfolded(held: SimpleNamespace) -> None:
    state, net = held.session_state, rx.preset("preresnet200")
    state.texts = {"net": "preresnet200"}
    assert folds.folded(net) == ("conv4_x",)
    for stage, folded, kept in (
        ("conv3_x", ("conv3_x", "conv4_x"), "conv3_x,conv4_x"),
        ("conv9_x", ("conv3_x", "conv4_x"), "conv3_x,conv4_x"),
        ("conv4_x", ("conv3_x",), "conv3_x"),
        ("conv3_x", (), "none"),
        ("conv4_x", ("conv4_x",), None),  # as it would be anyway
    ):
        state["axis"] = SimpleNamespace(stage=stage)
        folds.turn()
        assert (folds.folded(net), state.texts.get("fold")) == (folded, kept)
    state["pinned_axis"] = SimpleNamespace(stage="conv3_x")
    folds.turn_pinned()
    assert "fold" not in state.texts
    state.texts |= {"net": "resnet18", "pin": "net=preresnet200"}
    folds.turn_pinned()
    assert state.texts["fold"] == "conv3_x,conv4_x"


def test_what_is_told_by_a_picture_that_is_gone_is_not_heard(held: SimpleNamespace) -> None:
    heard: list[str] = []
    for key in ("gone", "axis"):
        held.session_state["axis"] = SimpleNamespace(block="layer1.0")
        mount._told_by(key, lambda key=key: heard.append(key))  # type: ignore[misc]
    assert heard == ["axis"]


def test_a_block_that_is_clicked_is_opened_and_counted(held: SimpleNamespace) -> None:
    state = held.session_state
    for block, texts in (("layer1.0", {"at": "layer1.0"}), (None, {})):
        state["axis"] = SimpleNamespace(block=block)
        pictures._open()
        assert state.texts == texts
    assert (state[pictures._CLICKS], state[pictures._CLICKED]) == (2, True)


def test_how_a_page_is_shown_stands_in_its_address(held: SimpleNamespace) -> None:
    address = held.query_params
    address.update({"net": "resnet50"})
    present.enter()
    handout.turn()
    assert address == {"net": "resnet50", "present": "1", "print": "blanks"}
    assert handout.blanks()
    handout.turn()
    address.update({"talk": "17x", "beat": "2", "notes": "1"})
    present.leave()
    assert address == {"net": "resnet50"}


def test_where_somebody_is_is_told_by_room_or_view(held: SimpleNamespace) -> None:
    state = held.session_state
    state.texts = {"net": "resnet50"}
    assert guide._view("explore") == '{"page":"explore","texts":{"net":"resnet50"}}'
    held.query_params["room"] = "CDFG"
    assert guide._view("start") == '{"page":"start","texts":{"room":"CDFG"}}'
    state |= {"shown": True, guide._WENT: "there"}
    guide._turn(guide.FOLLOWS, "shown")
    assert state[guide.FOLLOWS]
    assert guide._WENT not in state


def test_what_makes_a_net_is_taken_or_told(held: SimpleNamespace) -> None:
    state = held.session_state
    state |= {"your_package": "timm.models", "your_name": " resnet18 "}
    packages._take()
    assert state.texts == {"constructor": "timm.models:resnet18"}
    state["your_name"] = "a b("
    packages._take()
    assert state.texts == {"constructor": "timm.models:resnet18"}
    assert len(state.notices) == 1
    state["your_name"] = " "
    packages._take()
    assert state.texts == {}


@pytest.mark.parametrize(
    ("told", "step"), [("5", 5), (0, 0), ("x", None), ("-1", None), ("²", None), ("", None), ("9" * 20, 100_000)]
)
def test_the_step_that_a_browser_names_is_one_or_none(held: SimpleNamespace, told: object, step: int | None) -> None:
    moved: list[int] = []
    held.session_state["run"] = SimpleNamespace(step=told)
    mount.moved("run", Opening("run", 0, moved.append))
    mount.moved("run", None)
    assert moved == ([] if step is None else [step])


def test_a_column_of_numbers_stands_to_the_right_and_one_of_short_cells_does_not_break(
    held: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(parts, "st", SimpleNamespace(markdown=lambda text, **_: told.append(text)))
    rows = [{"a net": "x y", "size": "1 %", "words": "7"}, {"a net": "y|<", "size": "2,000", "words": "long " * 9}]
    parts.table(rows)
    assert not held.session_state.notices
    head, marks, *cells = told[0].split("\n")
    assert (head, marks) == ("| a net | size | words |", "| :--- | ---: | --- |")
    assert cells == ["| x y | 1 % | 7 |", f"| y\\|&lt; | 2,000 | {'long ' * 9} |"]


@pytest.mark.parametrize(
    ("task", "name", "said"),
    [
        ("train", "steps", "With Steps at 16 it fits."),
        ("train", "image", "With Image, pixels at 16 it fits."),
        ("time_nets", "batch", "With Images at once at 16 it fits."),
        ("dense", "width", "With width at 16 it fits."),
    ],
)
def test_a_value_that_fits_is_told_by_what_its_control_is_called(task: str, name: str, said: str) -> None:
    assert labels.worded(TooMuch("the limit is 5 minutes", task, name, "16")) == f"the limit is 5 minutes. {said}"


def test_what_eases_a_task_and_is_called_otherwise_is_a_setting_of_one() -> None:
    assert {(each.name, name) for each in TASKS for name in each.eased_by} > labels.OTHERWISE.keys()
    assert {*filter(None, labels.OTHERWISE.values())} <= labels.LABELS.keys()
