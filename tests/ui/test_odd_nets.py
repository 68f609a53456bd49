"""Your net: every part of the page shows nets that lack what a classifier of images has."""

import dataclasses
import re

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis.ledger import ledger
from resnet_explorer.jobs.snapshot import Snapshot
from resnet_explorer.spec.ops import WEIGHTED
from resnet_explorer.tasks.describe import DescribeConfig
from resnet_explorer.tasks.task import key
from resnet_explorer.ui.view.allowed import PACKAGES
from resnet_explorer.ui.view.views import PARTS
from tests.model.odd_nets import ODD
from tests.ui.silent import Silent
from tests.ui.test_your_module import page

SHOWN = [*({"your_part": part} for part in PARTS), {"your_part": "compare", "your_other": "plain"}]


@pytest.mark.parametrize("name", ODD)
def test_every_part_of_it_is_shown(engine: Silent, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(PACKAGES, "torchvision.models")
    make, shape = ODD[name]
    net = rx.from_module(make(), shape, name)
    config = DescribeConfig(constructor="torchvision.models:resnet18", shape=",".join(map(str, shape)))
    engine.jobs[key(config)] = dataclasses.replace(
        Snapshot(key=key(config), config=config, state="done"), result=net, records=(net,)
    )
    for part in (*SHOWN, *({"your_block": block} for block in rx.analyse(net).blocks)):
        app = page(constructor=config.constructor, input=config.shape, **part)
        said = "\n".join(each.value for each in app.markdown)
        assert f"**{name}**, shown one input of" in said
        if part.get("your_part") == "ledger":
            counted = any(line.total for line in ledger(rx.analyse(net)))
            assert ("No convention counts anything of it" in said) is not counted
            assert counted or not any(node.op.kind in WEIGHTED for node in net.graph)
        odd = re.search(r"\b(nan|inf|None)\b| [×x] px|(?<![\d,.])1 (numbers|ways|operations)\b", said)
        assert not odd, said[odd.start() - 80 : odd.end() + 80]
        page(constructor=config.constructor, input=config.shape, present="1", **part)
