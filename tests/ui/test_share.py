"""Sending a view: where others open it, its code, and what an exercise takes away."""

import re
import socket
from urllib.parse import parse_qsl, urlencode

import pytest
from starlette.requests import Request

from resnet_explorer.ui.parts import share
from resnet_explorer.ui.view import address, hide, labels, link
from resnet_explorer.ui.view.navigation import PAGES
from tests.serving import ROOT
from tests.ui.components import picks, sections, sent, used
from tests.ui.silent import Silent
from tests.ui.test_pages import opened, texts

LOCAL = "http://localhost:8501/explore?net=resnet50"


@pytest.mark.parametrize(
    ("url", "listens", "named", "own", "told"),
    [
        (LOCAL, "", "localhost", "10.0.0.7", address.Reached("10.0.0.7")),
        ("http://127.0.0.1:8501/", "0.0.0.0", "localhost", "10.0.0.7", address.Reached("10.0.0.7")),  # noqa: S104 - read, not bound
        ("http://[::1]:8501/", "::", "localhost", "fd00::1", address.Reached("[fd00::1]")),
        (LOCAL, "", "class.example", "172.17.0.2", address.Reached("class.example")),
        (LOCAL, "10.0.0.9", "localhost", "10.0.0.7", address.Reached("10.0.0.9")),
        (LOCAL, "127.0.0.1", "localhost", "10.0.0.7", address.Reached(note=address.ALONE)),
        (LOCAL, "localhost", "class.example", "10.0.0.7", address.Reached(note=address.ALONE)),
        (LOCAL, "", "localhost", "", address.Reached(note=address.UNCONNECTED)),
        ("http://10.0.0.7:8501/", "127.0.0.1", "localhost", "10.0.0.7", address.Reached()),
        ("https://resnet.example/", "127.0.0.1", "localhost", "10.0.0.7", address.Reached()),
    ],
)
def test_a_link_that_says_localhost_is_given_the_host_that_others_reach(
    url: str, listens: str, named: str, own: str, told: address.Reached
) -> None:
    assert address.reached(url, listens, named, lambda: own) == told


def test_this_machine_knows_its_address_without_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = []
    real = socket.socket

    def watched(family: int, kind: int) -> socket.socket:
        kinds.append(kind)
        return real(family, kind)

    monkeypatch.setattr(socket, "socket", watched)
    found = address.own()
    assert kinds == [socket.SOCK_DGRAM]
    assert not address.alone(found)
    monkeypatch.setattr(address, "ELSEWHERE", ("255.255.255.255.255", 9))  # no way out: its interfaces are asked
    other = address.own()
    assert other == "" or not address.alone(other)


def test_a_code_is_drawn_of_addresses_of_this_server_alone() -> None:
    def asked(of: str, host: str = "localhost:8501") -> int:
        query = urlencode({"of": of}).encode()
        scope = {"type": "http", "query_string": query, "headers": [(b"host", host.encode())], "path": "/qr.svg"}
        return share.code(Request(scope)).status_code

    assert asked(LOCAL) == asked("http://10.0.0.7:8501/explore") == 200
    assert asked("http://10.0.0.7:8501/", host="10.0.0.7:8501") == 200
    assert asked("http://elsewhere.example:8501/", host="10.0.0.7:8501") == 400
    assert asked("http://elsewhere.example/") == asked("javascript:alert(1)") == asked("http://[") == asked("") == 400
    assert asked(LOCAL + "&" + "x" * share.MOST_LETTERS) == 414


def test_what_is_hidden_is_known_by_its_name_and_told_otherwise() -> None:
    assert link.accept({"hide": "share,g_net,lr,depth"}) == ({"hide": "depth,g_net,lr,share"}, [])
    accepted, notices = link.accept({"hide": "lr,colour,hide"})
    assert accepted == {"hide": "lr"}
    assert [each.partition(",")[0] for each in notices] == ["hide names 'colour'", "hide names 'hide'"]
    assert "names that stand in links, and answer, " in notices[0]
    (refused,) = link.accept({"hide": "<b>"})[1]
    assert "names of controls, joined by commas" in refused
    assert {"net", "b_blocks", "g_cut"} < hide.named("depth")


def test_the_document_for_teachers_lists_the_parts_and_its_links_open() -> None:
    told = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", told, re.MULTILINE)) == hide.PARTS
    found = re.findall(r"`/(\w+)\?([^`]*)`", told)
    assert len(found) == 3
    for page, query in found:
        assert page in PAGES.names
        accepted, notices = link.accept(dict(parse_qsl(query)))
        assert notices == []
        assert accepted["hide"]


class Everything(frozenset[str]):
    """All names."""

    def __contains__(self, name: object) -> bool:
        return True


IN_A_FRAME = {"Run", "Stop"}
"""What a race has in its own frame, hidden there."""
WIDGETS = (
    *("selectbox", "number_input", "toggle", "text_input", "text_area", "slider", "radio", "checkbox", "button_group"),
    *("button", "download_button", "multiselect", "dataframe", "arrow_data_frame"),
)


@pytest.mark.parametrize("page", [name for name in PAGES.names if name != PAGES.names[0]])
def test_every_control_of_a_page_can_be_hidden(engine: Silent, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    assert engine
    monkeypatch.setattr(hide, "named", lambda _: Everything())
    app = opened(page, experiment="degradation", guess="1", constructor="torchvision.models:resnet18")
    left = [each.key or each.label for kind in WIDGETS for each in app.get(kind)]
    assert [each for each in left if each not in IN_A_FRAME] == []
    assert picks(app) == {}


def test_what_is_hidden_keeps_its_value_and_comes_back_by_no_button(engine: Silent) -> None:
    assert engine
    app = opened(net="resnet50", memory_batch="8", hide="memory_batch,numbers,answer")
    shown = texts(app)
    assert "Stage by stage" in shown
    assert not {"choice.memory_batch"} & {each.key for each in app.number_input}
    assert '<dl class="numbers">' not in shown
    assert "Together" not in shown
    assert app.query_params["memory_batch"] == "8"
    used(app, "reset")
    assert app.query_params["hide"] == "answer,memory_batch,numbers"
    assert "net" not in app.query_params


EXERCISES = re.findall(r"^  `(/\S+)`$", (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_an_exercise_to_count_tells_nothing_that_is_to_be_counted(engine: Silent) -> None:
    assert engine
    [link] = [each for each in EXERCISES if "numbers" in each]
    page, _, query = link.removeprefix("/").partition("?")
    app = opened(page, **dict(parse_qsl(query)), budget="resnet50")
    figures = [figure for each in sent(app) for figure in each.get("figures", [])]
    assert len(figures) == 1
    assert not any(each.get("counts") for each in sent(app))
    shown = f"{texts(app)} {figures}"
    for told in ("ResNet-50", "50 layers", "50 weighted", "total", "In all", "25,557,032", "25.6 M", "4.09 G"):
        assert told not in shown, told
    for heading in ("Stage by stage", "Training memory", "The real net"):
        assert heading not in shown


@pytest.mark.parametrize(
    ("page", "gone"),
    [
        ("bottleneck", {"Measured: the time it takes"}),
        ("block", {"Operation by operation"}),
        ("cost", {"Measured: the time it takes"}),
        ("ledger", {"The real net", "Line by line", "Parameters", "A step of training"}),
    ],
)
def test_a_heading_goes_with_what_stands_below_it(engine: Silent, page: str, gone: set[str]) -> None:
    assert engine
    assert gone <= {*sections(opened(page))}
    assert not gone & {*sections(opened(page, hide="measure,table"))}


def test_what_fills_the_field_of_bottleneck_is_told_nowhere_where_it_is_hidden(engine: Silent) -> None:
    assert engine
    assert "16.94" in texts(opened("bottleneck"))
    for names in ("tiles", "answer,tiles"):
        hidden = opened("bottleneck", hide=names)
        assert "16.94" not in texts(hidden)
        assert sections(hidden) == ["Measured: the time it takes"]


@pytest.mark.parametrize(
    ("page", "name", "text", "told"),
    [
        ("gradients", "lr", "abc", "Learning rate is 'abc'; allowed"),
        ("gradients", "seed", "-4", "Seed is '-4'; allowed"),
        ("gradients", "g_norm", "group9", "Normalisation is 'group9'; allowed"),
        ("explore", "lab_steps", "x", "Steps is 'x'; allowed"),
        ("explore", "width", "9999999", "Width of the first stage is '9999999'; allowed"),
        ("block", "cut", "layer1", "Shortcuts cut is 'layer1'; allowed"),
        ("bottleneck", "channels", "5", "Channels is '5'; allowed"),
        ("explore", "row", "x", "`row` is 'x'; allowed"),
        ("explore", "net", "x is y", "unknown net 'x is y'"),
        ("compare", "norm", "group9", "- A: Normalisation is 'group9'; allowed"),
        ("compare", "b_norm", "group9", "- B: Normalisation is 'group9'; allowed"),
        ("compare", "b_groups", "32", "- B: Groups is 32; allowed"),
        ("compare", "b_net", "x is y", "- B: unknown net 'x is y'"),
        ("compare", "split", "x", "- Split the difference in is 'x'; allowed"),
        ("compare", "g_net", "nosuch", "- Gradients: unknown net 'nosuch'"),
        ("explore", "norm", "group9", "- Normalisation is 'group9'; allowed"),
    ],
)
def test_what_a_link_says_wrong_is_told_by_what_its_control_is_called(
    engine: Silent, page: str, name: str, text: str, told: str
) -> None:
    assert engine
    assert told in re.sub(r"\\(.)", r"\1", opened(page, **{name: text}).warning[0].value)


def test_what_does_not_go_together_is_told_as_a_link_says_it(engine: Silent) -> None:
    assert engine
    (told,) = opened(net="resnet18", norm="none", zero_gamma="1").warning
    assert "Zero-γ is 1; " in told.value


@pytest.mark.parametrize("page", PAGES.names)
def test_a_control_is_called_on_its_page_as_in_notices(engine: Silent, page: str) -> None:
    assert engine
    app = opened(page, experiment="own", guess="1", budget="own", constructor="torchvision.models:resnet18")
    found = {
        each.proto.id.rpartition(".")[2]: each.label
        for kind in WIDGETS
        for each in app.get(kind)
        if re.search(r"-(choice|\w*net|budget)\.\w+$", getattr(each.proto, "id", ""))
    }
    assert {name: labels.called(name) for name in found} == found
    assert found or page not in ("explore", "cost", "gradients", "laboratory")


def test_a_control_that_is_called_something_is_one_of_a_link() -> None:
    assert labels.LABELS.keys() <= link.names()
