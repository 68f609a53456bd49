"""Drawings by what they encode: this rectangle is as high as that number, and as dark as that kernel is large."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.diagrams import axis, block, channel_scale, style, window
from resnet_explorer.diagrams.columns import columns

SHADES = {1: "k1", 3: "k3", 7: "k7"}
TRACK = 50
SOME = ("resnet50", "resnet18", "plain34", "vgg16", "resnet50d", "cifar_resnet20", "seresnet50", "cifar_preresnet110")


def elements(svg: str, name: str) -> list[dict[str, str]]:
    root = ET.fromstring(svg)  # noqa: S314 - our own text
    return [each.attrib for each in root.iter(f"{{http://www.w3.org/2000/svg}}{name}")]


def shade(layer: rx.analysis.Layer) -> str:
    return SHADES[layer.node.op.kernel] if layer.op == "conv" else "fc"


@pytest.mark.parametrize("name", [*SOME, "blocks=80,160&width=8&stem=cifar"])  # at last, bars that would be too thin
def test_a_bar_of_the_net_is_as_high_as_its_map_as_wide_as_its_channels_as_dark_as_its_kernel(name: str) -> None:
    report = rx.analyse(rx.from_query(name))
    drawn = [each for each in elements(axis(report, (), folded=()).svg, "rect") if "data-i" in each]
    layers = [layer for layer in report.weighted if layer.node.main]
    assert [each["class"] for each in drawn] == [shade(layer) for layer in layers]
    maps = [layer.output_shape for layer in layers if layer.op == "conv"]
    largest = max(shape[1] for shape in maps)
    few, many = min(shape[0] for shape in maps), max(shape[0] for shape in maps)
    slot = 1000 / len(layers)
    for index, (each, layer) in enumerate(zip(drawn, layers, strict=True)):
        channels, side = layer.output_shape[0], layer.output_shape[1] if layer.op == "conv" else 1
        height, width, x = (float(each[key]) for key in ("height", "width", "x"))
        assert height == pytest.approx(16 + 88 * math.log2(side) / math.log2(largest), abs=0.06)
        share = 0.34 + 0.5 * min(1.0, max(0.0, math.log2(channels / few) / math.log2(many / few)))
        assert width == pytest.approx(max(min(1.0, 0.8 * slot), slot * share), abs=0.06)
        assert x + width / 2 == pytest.approx((index + 0.5) * slot, abs=0.1)


@pytest.mark.parametrize("metric", METRICS.names)
@pytest.mark.parametrize("name", SOME)
def test_a_bar_of_a_track_is_as_high_as_its_number_and_the_shortcuts_part_stands_on_top(name: str, metric: str) -> None:
    report = rx.analyse(rx.preset(name))
    pairs = [column.parts(metric) for column in columns(report)[0]]
    assert sum(map(sum, pairs)) == report.count(metric)
    paths = elements(axis(report, (metric,), folded=()).svg, "path")
    unit, slot = TRACK / max(map(sum, pairs)), 1000 / len(pairs)
    foot = axis(report, (metric,), folded=()).data["tracks"][0]["top"] + TRACK
    own, extra = ({}, {})
    for css, found in (("bar", own), ("extra", extra)):
        for each in paths:
            if each.get("class") == css:
                for x, y, width, up in re.findall(r"M(-?[\d.]+) (-?[\d.]+)h([\d.]+)v-([\d.]+)", each["d"]):
                    found[round((float(x) + float(width) / 2) / slot - 0.5)] = float(y), float(up)
                    assert float(width) == pytest.approx(slot - min(3.0, 0.16 * slot), abs=0.06)
    assert set(own) == {i for i, (mine, _) in enumerate(pairs) if mine}
    assert set(extra) == {i for i, (_, added) in enumerate(pairs) if added}
    for i, (mine, added) in enumerate(pairs):
        if mine:
            assert own[i] == pytest.approx((foot, max(0.5, mine * unit)), abs=0.06)
        if added:
            assert extra[i] == pytest.approx((foot - mine * unit, added * unit), abs=0.06)


BLOCKS = {
    "resnet50": "layer2.0",
    "resnet18": "layer1.0",
    "cifar_preresnet164": "layer2.0",
    "resnext50_32x4d": "layer3.1",
    "resnet50_gn": "layer1.1",
}


@pytest.mark.parametrize(("name", "path"), BLOCKS.items())
def test_a_blocks_bars_stand_in_order_as_wide_as_their_channels_as_dark_as_their_kernels(name: str, path: str) -> None:
    layers = rx.analyse(rx.preset(name)).block(path)
    scale = channel_scale(layers)
    drawn = [each for each in elements(block(layers, scale=scale).svg, "rect") if each.get("class") != "head"]
    shown = [layer for layer in layers if layer.node.main and len(layer.node.inputs) == 1]
    css = {"bn": "norm", "gn": "norm", "relu": "act"}
    assert [each["class"] for each in drawn] == [
        shade(layer) if layer.op == "conv" else css[layer.op] for layer in shown
    ]
    tops = [float(each["y"]) for each in drawn]
    assert tops == sorted(tops)
    for each, layer in zip(drawn, shown, strict=True):
        width = layer.output_shape[0] * scale
        assert float(each["width"]) == pytest.approx(width, abs=0.06)
        assert float(each["x"]) + width / 2 == pytest.approx(158, abs=0.11)
        assert float(each["height"]) == (34 if layer.op == "conv" else 18)


def test_a_leaky_relu_and_a_scale_are_drawn_and_told() -> None:
    report = rx.analyse(rx.from_query("blocks=2&activation=leaky&slope=0.2&branch_scale=zero&attention=se"))
    layers = report.block("layer1.1")
    drawing = block(layers)
    root = ET.fromstring(drawing.svg)  # noqa: S314 - our own text
    texts = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "y = LReLU(α · s · F(x) + x)" in texts
    assert {"× α, from 0", "one number = 1", "leaky ReLU, after the addition"} <= set(texts)
    assert "leaky ReLU, slope 0.2" in drawing.alt
    assert "multiplication by α, which starts at 0" in drawing.alt
    without = block(rx.analyse(rx.from_query("blocks=2&branch_scale=depth")).block("layer1.1"))
    assert "y = ReLU(α · F(x) + x)" in without.svg
    assert "× α, from 0.707" in without.svg
    paths = [each for each in elements(drawing.svg, "rect") if each.get("class") == "act"]
    assert len(paths) == 2


@pytest.mark.parametrize(
    ("name", "path", "kinds"),
    [
        ("seresnet50", "layer1.1", ["gate", "identity"]),
        ("seresnet50", "layer2.0", ["gate", "projection"]),
        ("cifar_highway20", "layer2.0", ["gate", "padding"]),
    ],
)
def test_the_shorter_way_around_runs_inside_the_longer_one(name: str, path: str, kinds: list[str]) -> None:
    drawing = block(rx.analyse(rx.preset(name)).block(path))
    found = []
    for each in elements(drawing.svg, "path"):
        css = each.get("class", "").split()
        if css[:2] == ["arc", "bold"]:
            top, left, foot = re.match(r"M[\d.]+ ([\d.]+)H.*Q([\d.]+) .*V.*Q[\d.]+ ([\d.]+) ", each["d"]).groups()
            found.append((float(left), float(top), float(foot), css[2]))
    found.sort(reverse=True)
    assert [kind for *_, kind in found] == kinds
    (inner, inner_top, inner_foot, _), (outer, outer_top, outer_foot, _) = found
    assert outer + 9 < inner < 158 - 184 / 2
    assert outer_top <= inner_top < inner_foot < outer_foot + 13


@pytest.mark.parametrize(("image", "shortest", "longest"), [(224, 11, 435), (500, 100, 300)])
def test_the_windows_are_squares_to_scale(image: int, shortest: int, longest: int) -> None:
    drawn = {each["class"]: each for each in elements(window("it", (image, image), shortest, longest).svg, "rect")}
    scale = 220 / max(image, longest)
    for css, pixels in (("field long", longest), ("field input", image), ("field short", shortest)):
        assert float(drawn[css]["width"]) == pytest.approx(pixels * scale, abs=0.06)
        assert drawn[css]["height"] == drawn[css]["width"]


def test_an_arc_spans_the_columns_of_its_block() -> None:
    report = rx.analyse(rx.preset("resnet50"))
    slot = 1000 / report.depth
    arcs = {
        each["data-block"]: each for each in elements(axis(report, (), folded=()).svg, "path") if "data-block" in each
    }
    assert tuple(arcs) == report.blocks
    for index, each in enumerate(arcs.values()):
        left, right = re.match(r"M([\d.]+) [\d.]+C[\d.]+ [\d.-]+ [\d.]+ [\d.-]+ ([\d.]+) ", each["d"]).groups()
        assert float(left) == pytest.approx((1 + 3 * index) * slot, abs=2.1)
        assert float(right) == pytest.approx((4 + 3 * index) * slot, abs=2.1)


@pytest.mark.parametrize("colours", [style.LIGHT, style.DARK], ids=["light", "dark"])
def test_the_tiles_of_an_area_can_be_told_apart(colours: dict[str, str]) -> None:
    """Each fill differs from the lines round it, or these from the paper that it stands on, by 3:1 (WCAG 1.4.11)."""
    cut = colours["ink" if colours is style.LIGHT else "paper"]
    for fill in ("k1", "k3", "residual", "bar"):
        assert _contrast(colours[fill], cut) >= 3, fill
        assert max(_contrast(colours[fill], colours["paper"]), _contrast(cut, colours["paper"])) >= 3, fill
    assert _contrast(colours["plain"], colours["paper"]) >= 3
    assert _contrast(colours["on-k1"], colours["k1"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
