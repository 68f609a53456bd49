"""Drawings as they were looked at, element by element: each net and block stands for what only it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import resnet_explorer as rx
from resnet_explorer.diagrams import WITH_NORMS, axis, block, dot, foldable, window
from resnet_explorer.diagrams.block_words import detour_label
from resnet_explorer.diagrams.chain import chain
from resnet_explorer.diagrams.facts import operation_fact
from tests.kept import flat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from resnet_explorer.diagrams import Drawing


def net(name: str) -> rx.Report:
    return rx.analyse(rx.preset(name) if name in rx.presets() else rx.from_query(name))


def lines(drawing: Drawing) -> Iterable[str]:
    yield from drawing.svg.replace("><", ">\n<").splitlines()
    yield from flat([drawing.title, drawing.alt, drawing.width, drawing.height, drawing.data])


AXES = {
    "resnet18": lambda: axis(net("resnet18"), folded=()),
    "plain34_beside_resnet50": lambda: axis(net("plain34"), ("params",), form=WITH_NORMS, beside=net("resnet50")),
    "resnet152_folded": lambda: axis(net("resnet152"), ("macs", "field"), folded=foldable(net("resnet152"))[1:]),
    "cifar_resnet56_folded": lambda: axis(
        net("cifar_resnet56"), (), form=WITH_NORMS, folded=foldable(net("cifar_resnet56"))
    ),
    "cifar_resnet20_beside_resnet18": lambda: axis(net("cifar_resnet20"), ("field",), beside=net("resnet18")),
    "vgg16": lambda: axis(net("vgg16"), ("activations",)),
}


@pytest.mark.parametrize("name", AXES)
def test_a_net_on_the_axis(name: str, kept: Callable[[str, str], None]) -> None:
    kept(f"diagrams/axis_{name}.txt", "\n".join(lines(AXES[name]())) + "\n")


BLOCKS = {
    "resnet18": "layer1.0",
    "resnet50": "layer2.0",
    "resnet50d": "layer2.0",
    "seresnet50": "layer2.0",
    "resnext50_32x4d": "layer1.1",
    "cifar_preresnet164": "layer2.0",
    "cifar_highway20": "layer2.0",
    "demo_resnet34": "layer2.0",
    "plain34": "layer1.0",
    "resnet50_gn": "layer1.1",
    "blocks=2&activation=leaky&slope=0.2&branch_scale=zero&attention=se": "layer1.1",
}


@pytest.mark.parametrize(("name", "path"), BLOCKS.items())
def test_a_block(name: str, path: str, kept: Callable[[str, str], None]) -> None:
    layers = net(name).block(path)
    found = [*lines(block(layers, name=path))]
    for way in chain(layers).detours:
        found += flat(detour_label(way), "way")
    for layer in layers:
        found += flat(operation_fact(layer), layer.path)
    file = "options" if "=" in name else name
    kept(f"diagrams/block_{file}.txt", "\n".join(found) + "\n")


def test_windows_and_a_graph(kept: Callable[[str, str], None]) -> None:
    found = [
        line
        for image, shortest, longest in (((224, 224), 11, 435), ((100, 200), 1, 100), ((32, 32), 32, 64))
        for line in lines(window("it", image, shortest, longest))
    ]
    kept("diagrams/window.txt", "\n".join(found) + "\n")
    kept("diagrams/graph.dot", dot(net("blocks=1,1&width=8&image=32&stem=cifar&shortcut=A"), 'a "net"'))
