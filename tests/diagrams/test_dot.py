"""The net as DOT: every operation and every tensor, and labels that are only text."""

import re

import pytest

import resnet_explorer as rx
from resnet_explorer.diagrams import dot


@pytest.mark.parametrize("name", ["resnet18", "plain18", "resnet50", "cifar_resnet20", "vgg11"])
def test_every_operation_and_every_tensor(name: str) -> None:
    report = rx.analyse(rx.preset(name))
    source = dot(report, name)
    edges = sum(len(layer.node.inputs) for layer in report.layers)
    assert len(re.findall("->", source)) == edges
    for layer in report.layers:
        assert f'"{layer.path}: ' in source or f"{layer.path}: " in source
    assert source.count("subgraph") == len(report.blocks)
    assert ("style=dashed" in source) == any(layer.node.shortcut for layer in report.layers)


def test_a_name_cannot_break_out() -> None:
    source = dot(rx.analyse(rx.preset("demo_plain18")), '"];evil[<b>\\n')
    assert source.splitlines()[0].startswith("digraph ")
    assert "evil" not in source.replace(source.splitlines()[0], "")
