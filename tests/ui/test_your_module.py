"""The page for somebody's own module: how it is switched on, what it refuses, and what it shows."""

import dataclasses
import importlib.util
import math
import re
from pathlib import Path
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest
from torch import nn

import resnet_explorer as rx
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.spec.imports import ImportedNet
from resnet_explorer.tasks.describe import DescribeConfig
from resnet_explorer.tasks.plain import from_plain, to_plain
from resnet_explorer.tasks.profile_module import ModuleConfig
from resnet_explorer.tasks.profile_module.run import profile_module
from resnet_explorer.tasks.task import key
from resnet_explorer.ui.app import main
from resnet_explorer.ui.pages.your_net import gradients
from resnet_explorer.ui.view.allowed import PACKAGES
from tests.ui.components import rows, titles
from tests.ui.silent import Silent

MAIN = Path(str(main.__file__))
NETS = Path(__file__).parents[1] / "model" / "tutorial_nets.py"


def page(**link: str) -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    for name, text in link.items():
        app.query_params[name] = text
    app.switch_page(str(MAIN.parents[3] / "pages" / "your_net.py")).run()
    assert not app.exception
    return app


def tutorial() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tutorial_nets", NETS)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def described(name: str) -> ImportedNet:
    make, shape = tutorial().NETS[name]
    return rx.from_module(make(), shape, name)


def test_without_the_setting_it_says_how_to_switch_it_on(engine: Silent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PACKAGES, raising=False)
    app = page(constructor="torchvision.models:resnet50")
    assert f"{PACKAGES}=torchvision.models,timm.models" in app.info[0].value
    assert not engine.jobs


def test_what_is_not_allowed_is_not_built(engine: Silent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PACKAGES, "torchvision.models, timm.models")
    app = page(constructor="os:getcwd")
    assert "allows no nets of os; it allows torchvision.models, timm.models" in app.warning[0].value
    assert not any(button.label == "Describe it" for button in app.button)
    assert not engine.jobs


def test_a_name_that_can_be_none_is_told(engine: Silent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PACKAGES, "torchvision.models")
    app = page()
    app.text_input(key="your_name").set_value("a b(").run()
    assert "What makes the net is 'torchvision.models\\:a b\\('; allowed" in app.warning[0].value
    assert "constructor" not in app.query_params
    assert not engine.jobs


@pytest.mark.parametrize("name", ["squeezed", "transformer", "strange", "signals"])
def test_a_net_that_was_described_is_shown(engine: Silent, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(PACKAGES, "torchvision.models")
    link = {"constructor": "torchvision.models:resnet18", "input": "3,32,32"}
    config = DescribeConfig(constructor=link["constructor"], shape=link["input"])
    app = page(**link)
    next(button for button in app.button if button.label == "Describe it").click().run()
    assert list(engine.jobs) == [key(config)]
    net = described(name)
    assert from_plain(to_plain(net)) == net
    engine.jobs[key(config)] = dataclasses.replace(
        Snapshot(key=key(config), config=config, state="done"), result=net, records=(net,)
    )
    app = page(**link)
    said = "\n".join(each.value for each in app.markdown)
    assert f"{rx.analyse(net).macs:,}" in said
    assert all(note in said for note in net.notes)
    assert all(node.stage in said for node in net.graph)


def test_an_input_that_is_too_large_is_refused() -> None:
    assert DescribeConfig(constructor="a:b", shape="3,4096,4096").input_shape == (3, 4096, 4096)
    with pytest.raises(rx.ExplorerError, match="values or fewer"):
        DescribeConfig(constructor="a:b", shape="3,4096,4097")


def test_the_page_says_so_too_and_asks_for_nothing(engine: Silent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PACKAGES, "torchvision.models")
    app = page(constructor="torchvision.models:resnet18", input="3,99999,99999")
    assert "values or fewer" in app.warning[0].value
    assert not engine.jobs
    assert not any(button.label == "Describe it" for button in app.button)


def test_the_difference_from_a_named_net_adds_up(engine: Silent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PACKAGES, "torchvision.models")
    config = DescribeConfig(constructor="torchvision.models:resnet18")
    net = described("lambdas")
    engine.jobs[key(config)] = dataclasses.replace(
        Snapshot(key=key(config), config=config, state="done"), result=net, records=(net,)
    )
    app = page(constructor=config.constructor, b_net="resnet18", your_part="compare")
    more = rx.analyse(rx.preset("resnet18")).params - rx.analyse(net).params
    assert any(f"+{more:,}" in each.value for each in app.markdown)


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"your_part": "ledger"}, "A step of training"),
        ({"your_part": "cost"}, "Computing or moving"),
        ({"your_part": "compare", "your_other": "plain"}, "flat, plain"),
        ({"your_part": "gradients"}, "Gradients at the start"),
    ],
)
def test_each_part_of_it_is_shown(
    engine: Silent, monkeypatch: pytest.MonkeyPatch, link: dict[str, str], said: str
) -> None:
    monkeypatch.setenv(PACKAGES, "torchvision.models")
    config = DescribeConfig(constructor="torchvision.models:resnet18", shape="3,8,8")
    net = described("flat")
    engine.jobs[key(config)] = dataclasses.replace(
        Snapshot(key=key(config), config=config, state="done"), result=net, records=(net,)
    )
    app = page(constructor=config.constructor, input="3,8,8", **link)
    assert any(said in each.value for each in (*app.markdown, *app.header))
    presented = page(constructor=config.constructor, input="3,8,8", present="1", row="params", **link)
    assert titles(presented) == ["resnet18"]
    assert rows(presented) == [["params"]]
    if link["your_part"] == "gradients":
        next(button for button in app.button if button.label == "Measure the gradients").click().run()
        plain, own = (job.config for job in engine.jobs.values() if isinstance(job.config, ModuleConfig))
        assert (plain.plain, own.plain, own.macs) == (True, False, rx.analyse(net).macs)
        for each in (plain, own):
            module = tutorial().NETS["flat"][0]()
            found = profile_module(module, (3, 8, 8), batch=4, plain=each.plain)
            engine.finish(each, found)
        app.run()
        assert not app.exception
        assert sum("first / last" in each.value for each in app.markdown) == 1


def test_what_overflows_is_not_called_dead_and_one_convolution_has_its_ends() -> None:
    made = profile_module(tutorial().NETS["flat"][0](), (3, 8, 8), batch=4, plain=False)
    said = gradients._ends("it", dataclasses.replace(made, loss=math.nan), described("flat"))
    assert said == "**it**: **exploded: the loss is not a finite number**."
    alone = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.Linear(144, 10))
    found = profile_module(alone, (3, 8, 8), batch=4, plain=False)
    shown = gradients._ends("it", found, rx.from_module(alone, (3, 8, 8)))
    assert "norms of the gradient in the first and in the last convolution" in shown  # its working is on the number
    said = re.sub(r"<[^>]*>", "", shown)
    assert said == "**it**: first / last 1 (activation gradient), **even**."
