"""A block's drawing: to scale, with the real structure, for every block of every net."""

from __future__ import annotations

import dataclasses
import re
import xml.etree.ElementTree as ET

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis import Layer, analyse
from resnet_explorer.diagrams import abreast, block, channel_scale, standalone
from resnet_explorer.diagrams.chain import chain
from resnet_explorer.diagrams.svg import px, width_of
from resnet_explorer.spec import PRESETS
from resnet_explorer.spec.graph import Node
from resnet_explorer.spec.ops import Add, BatchNorm2d, Conv2d, Imported, ReLU


def layers_of(name: str, path: str, **changes: object) -> tuple[Layer, ...]:
    report = rx.analyse(rx.preset(name).having(**changes))
    return tuple(layer for layer in report.layers if layer.node.block == path)


def texts(svg: str) -> list[str]:
    root = ET.fromstring(svg)  # noqa: S314 - our own text
    return ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.fixture(params=rx.presets())
def report(request: pytest.FixtureRequest) -> rx.Report:
    return rx.analyse(rx.preset(request.param))


def test_every_block_is_drawn_to_scale(report: rx.Report) -> None:
    different = {
        tuple((layer.node.op, layer.input_shape) for layer in stage.block(path)): stage.block(path)
        for stage in report.stages
        for path in stage.blocks
    }
    for layers in different.values():
        scale = channel_scale(layers)
        drawing = block(layers, scale=scale)
        known = {layer.path: layer for layer in layers}
        assert {item[0] for item in drawing.data["items"]} == set(known)
        for where, _, _, _, width, _ in drawing.data["items"]:
            layer = known[where]
            if layer.node.main and len(layer.node.inputs) == 1:
                assert width == pytest.approx(layer.output_shape[0] * scale, abs=0.06)
        for text in (drawing.svg, standalone(drawing, dark=True)):
            assert not re.search(r"\b(nan|inf)\b", text)
            ET.fromstring(text.removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n'))  # noqa: S314


@pytest.mark.parametrize(
    ("name", "path", "changes", "words", "formula"),
    [
        ("resnet34", "layer1.0", {}, {"identity, no weights"}, "y = ReLU(F(x) + x)"),
        ("resnet34", "layer2.0", {}, {"projection 1×1, stride 2", "8,192 weights"}, "y = ReLU(F(x) + Ws x)"),
        ("resnet34", "layer1.0", {"shortcut": "C"}, {"projection 1×1", "4,096 weights"}, "y = ReLU(F(x) + Ws x)"),
        ("demo_resnet34", "layer2.0", {}, {"every 2nd pixel + zero channels"}, "y = ReLU(F(x) + pad(x))"),
        ("plain34", "layer2.0", {}, {"9 · 64 · 128 = 73,728"}, "y = ReLU(F(x))"),
        ("cifar_preresnet164", "layer1.1", {}, {"identity, no weights"}, "y = F(x) + x"),
        ("cifar_preresnet164", "layer2.0", {}, {"projection 1×1, stride 2"}, "y = F(x) + Ws ReLU(BN(x))"),
        ("resnet50d", "layer2.0", {}, {"average of 2×2, projection 1×1"}, "y = ReLU(F(x) + Ws x)"),
        ("seresnet50", "layer1.1", {}, {"identity, no weights", "1×1, 16 → 256, sigmoid"}, "y = ReLU(s · F(x) + x)"),
        ("resnext50_32x4d", "layer1.1", {}, {"9 · 4 · 128 = 4,608", "32 groups"}, "y = ReLU(F(x) + x)"),
        ("resnet34", "layer1.0", {"norm": "none"}, {"9 · 64 · 64 + 64 = 36,928"}, "y = ReLU(F(x) + x)"),
    ],
)
def test_what_stands_at_it(name: str, path: str, changes: dict[str, object], words: set[str], formula: str) -> None:
    found = texts(block(layers_of(name, path, **changes)).svg)
    assert words <= set(found)
    assert formula in found
    assert ("+" in found) == ("plain" not in name)
    assert ("ReLU, after the addition" in found) == ("plain" not in name and "pre" not in name)


def test_no_plain_block_speaks_of_an_addition() -> None:
    for name in rx.presets():
        plain = rx.analyse(rx.preset(name).plain)
        for path in {stage.blocks[0] for stage in plain.stages if stage.blocks}:
            drawing = block(plain.block(path))
            assert "addition" not in " ".join([*texts(drawing.svg), drawing.alt])


@pytest.mark.parametrize(("stride", "at"), [("v1", "conv1"), ("v1.5", "conv2")])
def test_the_stride_stands_where_it_is(stride: str, at: str) -> None:
    layers = layers_of("resnet50", "layer2.0", stride=stride)
    drawing = block(layers)
    strided = next(layer for layer in layers if layer.path.endswith(at))
    assert strided.node.op.window[1] == 2
    assert texts(drawing.svg).count("stride 2: 56 → 28 pixels") == 1
    top = next(item[3] for item in drawing.data["items"] if item[0] == strided.path)
    note = re.search(r'y="([\d.]+)"[^>]*>stride 2: 56', drawing.svg)
    assert note is not None
    assert top < float(note[1]) < top + 40


def test_blocks_side_by_side_share_a_scale() -> None:
    wide, thin = layers_of("resnet50", "layer1.1"), layers_of("resnet34", "layer1.0")
    scale = channel_scale(wide, thin)
    assert scale == channel_scale(wide) == channel_scale(thin) / 4


def test_names_are_escaped() -> None:
    drawing = block(layers_of("resnet18", "layer1.0"), name='"<b>&')
    root = ET.fromstring(drawing.svg)  # noqa: S314 - our own text
    assert root[0].text == drawing.title == '"<b>&'
    assert "<b>" not in standalone(drawing)


def pre_activation() -> tuple[Layer, ...]:
    """A block as in arXiv:1603.05027: BN and ReLU before each convolution, nothing behind the addition."""
    shape = (64, 8, 8)
    ops = {"bn1": BatchNorm2d(64), "relu1": ReLU(), "conv1": Conv2d(64, 64, 3), "bn2": BatchNorm2d(64)}
    ops |= {"relu2": ReLU(), "conv2": Conv2d(64, 64, 3), "add": Add()}
    made, before = [], "x"
    for name, op in ops.items():
        inputs = (before, "x") if name == "add" else (before,)
        made.append(
            Layer(Node(name, op, inputs, "s", "b", shortcut=False), shape, shape, (op.macs(shape), op.params, 0), 1)
        )
        before = name
    return tuple(made)


def test_a_pre_activation_block_draws_too() -> None:
    layers = pre_activation()
    units = [[layer.op for layer in unit] for unit in chain(layers).units]
    assert units == [["bn", "relu", "conv"], ["bn", "relu", "conv"], ["add"]]
    assert "y = F(x) + x" in texts(block(layers).svg)


def test_what_joins_in_another_way_stands_in_the_equation_by_its_name() -> None:
    *branch, add = pre_activation()
    largest = add.node._replace(op=Imported(name="maximum", gives=add.output_shape))
    assert "y = maximum(F(x), x)" in texts(block((*branch, add._replace(node=largest))).svg)


@pytest.mark.parametrize(
    ("more", "equation"),
    [
        ("", "y = ReLU(F(x)) + x"),
        ("&branch_scale=depth", "y = α · ReLU(F(x)) + x"),
        ("&attention=se", "y = s · ReLU(F(x)) + x"),
        ("&activation=leaky", "y = LReLU(F(x)) + x"),
        ("&residual=0", "y = ReLU(F(x))"),
    ],
)
def test_a_relu_before_the_addition_stands_there_in_the_equation_too(more: str, equation: str) -> None:
    layers = analyse(rx.from_query(f"net=resnet18&block=relu_before_add{more}")).block("layer1.1")
    assert equation in texts(block(layers).svg)


def test_a_highway_layer_is_gated_and_its_plain_form_is_the_layer_alone() -> None:
    drawing = block(layers_of("cifar_highway20", "layer1.1"))
    assert {"T", "gate: 3×3, 16 → 16, sigmoid"} <= set(texts(drawing.svg))
    assert "y = T(x) · H(x) + (1 − T(x)) · x" in texts(drawing.svg)
    assert "Scaled by a gate: 3×3, 16 → 16, sigmoid, 2,320 parameters." in drawing.alt
    plain = layers_of("cifar_highway20", "layer1.1", residual=False)
    assert [layer.op for layer in plain] == ["conv", "relu"]


def test_the_description_has_the_sums() -> None:
    layers = layers_of("resnet50", "layer2.0")
    alt = block(layers).alt
    assert f"{sum(layer.params for layer in layers):,} parameters" in alt
    assert "The shortcut: projection 1×1, stride 2; 131,072 weights." in alt
    assert dataclasses.is_dataclass(block(layers))


WINDOW = 651
"""Pixels of drawings, at 1.82 of the screen's, that a window of 1280 is wide without its edges."""


@pytest.mark.parametrize(
    "name", ["resnet34", "plain50", "seresnet50", "resnet50d", "preresnet200", "cifar_highway20", "ecaresnet50d"]
)
def test_blocks_for_a_room_are_as_high_as_asked_and_fit_the_window(name: str) -> None:
    spec = PRESETS[name].spec
    pair = [analyse(each) for each in (spec, spec.plain if spec != spec.plain else spec.residual)]
    for path in analyse(spec.residual).blocks:
        drawings = abreast([each.block(path) for each in pair], ("one", "two"), 310)
        assert max(each.height for each in drawings) <= 310.5
        assert sum(each.width for each in drawings) + 32 <= WINDOW
        assert ["worked" in each.svg for each in drawings] == [True, False]
        assert [each.title for each in drawings] == ["one", "two"]


PHONE = 358
"""Pixels that a page of 390 leaves for a drawing."""


@pytest.mark.parametrize(
    "name", ["resnet34", "plain50", "seresnet50", "resnet50d", "resnext50_32x4d", "cifar_highway20", "ecaresnet50d"]
)
def test_on_a_phone_words_keep_their_size_and_the_figure_is_small_beside_them(name: str) -> None:
    report = analyse(PRESETS[name].spec)
    for path in report.blocks:
        drawing = block(report.block(path))
        left, side, right = drawing.data["narrow"]
        assert right <= drawing.width
        assert (PHONE - (right - side)) / (side - left) > 0.7
        words = list(ET.fromstring(drawing.svg).iter("{http://www.w3.org/2000/svg}text"))  # noqa: S314 - our own text
        beside = [str(each.text) for each in words if each.get("x") == px(side)]
        assert all(side + 0.84 * width_of(each) <= right + 1 for each in beside)
        turned = [where for each in words if (where := each.get("transform"))]
        assert all(float(where.split()[0].removeprefix("translate(")) - 9 >= left for where in turned)
