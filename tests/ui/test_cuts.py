"""Cutting shortcuts on a page: one in the picture, many at a press."""

from types import SimpleNamespace

import pytest

from resnet_explorer.spec import PRESETS, from_query, title, to_query
from resnet_explorer.ui.parts import cuts
from tests.ui.components import titles
from tests.ui.silent import Silent
from tests.ui.test_pages import opened, texts


@pytest.fixture(autouse=True)
def _no_engine(engine: object) -> None:
    assert engine is not None


@pytest.mark.parametrize(
    ("net", "pressed", "then"),
    [
        ("resnet34", "layer2.1", "cut=layer2.1"),
        ("net=resnet34&cut=layer2.1", "layer2.1", "net=resnet34"),
        ("net=resnet34&cut=layer2.1", "layer2.0", "cut=layer2.0-1"),
        ("net=resnet34&cut=layer2.1", "layer2.0-3", "cut=layer2.0-3"),
        ("net=resnet34&cut=layer2.0-3", "layer2.1-2", "cut=layer2.0,layer2.3"),
        ("net=cifar_resnet20&cut=layer1.1-2,layer2.0-2,layer3.0-2", "layer1.0", "net=cifar_plain20"),
        ("plain18", "layer1.0", "blocks=2,2,2,2&cut=layer1.1,layer2.0-1,layer3.0-1,layer4.0-1"),
        ("resnet34", "layer9.0", "net=resnet34"),
        ("resnet34", "layer1.7", "net=resnet34"),
        ("vgg16", "layer1.0", "net=vgg16"),
    ],
)
def test_a_press_cuts_a_shortcut_and_a_second_one_puts_it_back(
    monkeypatch: pytest.MonkeyPatch, net: str, pressed: str, then: str
) -> None:
    chosen = [from_query(net)]
    monkeypatch.setattr(cuts.st, "session_state", type("State", (dict,), {"__setattr__": dict.__setitem__})())
    cuts.st.session_state["axis"] = SimpleNamespace(cut=pressed)
    monkeypatch.setattr(cuts.link, "net", lambda _: chosen[-1])
    monkeypatch.setattr(cuts.link, "choose_net", lambda spec, _: chosen.append(spec))
    cuts.turn("", "axis")
    assert to_query(chosen[-1]) == then
    assert ("notices" in cuts.st.session_state) == (pressed == "layer1.7")


@pytest.mark.parametrize(
    ("way", "cut"),
    [
        (cuts.SECOND, "layer1.1,layer2.0,layer2.2,layer3.0-4-2,layer4.0,layer4.2"),
        (cuts.FIRST, "layer1.0-2"),
        (cuts.ALL, None),
    ],
)
def test_many_are_cut_at_a_press(way: str, cut: str | None) -> None:
    app = opened()
    pills = app.get("button_group")[0]
    assert pills.value == cuts.NONE
    pills.set_value(way).run()
    found = (app.query_params.get("cut"), app.query_params.get("net"))
    assert found == ((cut, None) if cut else (None, "plain34"))
    assert app.get("button_group")[0].value == way
    app.get("button_group")[0].set_value(cuts.NONE).run()
    assert not {"cut", "net"} & set(app.query_params)


def test_a_net_with_cut_shortcuts_is_told_on_its_pages() -> None:
    app = opened(cut="layer1.0")
    assert titles(app)[0] == "ResNet-34, cut layer1.0"
    assert "Press one to cut it" in texts(app)


@pytest.mark.parametrize(
    ("name", "said"),
    [("demo_resnet34", "ResNet-34 (demo), cut layer1.0-2"), ("cifar_resnet20", "ResNet-20 (CIFAR), cut layer1.0-2")],
)
def test_a_net_with_cut_shortcuts_keeps_the_name_that_it_had(name: str, said: str) -> None:
    spec = PRESETS[name].spec
    assert title(spec.having(cut="layer1.0-2")) == said
    assert "(" not in title(spec.having(cut="layer1.0-2", width=40))


def test_gradients_trains_the_net_that_is_left(engine: Silent) -> None:
    app = opened("gradients", g_net="demo_resnet18", g_cut="layer1.1")
    assert "adds x back after 7 of its 8 blocks (all but layer1.1)" in texts(app)
    next(button for button in app.button if button.label == "Run").click().run()
    nets = [to_query(each.config.net) for each in engine.jobs.values()]
    assert nets == ["net=demo_plain18", to_query(from_query("net=demo_resnet18&cut=layer1.1"))]
