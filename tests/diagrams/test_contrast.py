"""Graphics at 3:1 (WCAG 1.4.11): every fill or its outline, and every line, against the paper it stands on."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis import catalogue, footprint, ledger
from resnet_explorer.analysis.published import PROTOCOLS
from resnet_explorer.diagrams import axis, block, style, window
from resnet_explorer.figures import waterfall
from resnet_explorer.figures.catalogue import scatter
from resnet_explorer.figures.footprint import bars
from resnet_explorer.figures.ledger import differences
from resnet_explorer.figures.palette import PLAIN, RESIDUAL

LEAST, LEAST_TEXT = 3, 4.5
THEMES = {"light": style.LIGHT, "dark": style.DARK, "printed": {**style.LIGHT, "paper": "#FFFFFF"}}
SHAPES = {f"{{http://www.w3.org/2000/svg}}{name}" for name in ("rect", "path", "line", "circle", "polygon")}
DECORATION = {"rule", "area"}
"""What orders a drawing and says nothing: rules between stages, the tint under a line."""
NO_PAINT = {"none", "transparent", ""}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@functools.cache
def rules() -> list[tuple[set[str], dict[str, str]]]:
    found = []
    for selectors, body in re.findall(r"([^{}]+)\{([^}]*)\}", style.RULES):
        declared = dict(each.split(":", 1) for each in body.split(";") if each)
        found += [(set(re.findall(r"\.([\w-]+)", each)) - {"rx"}, declared) for each in selectors.split(",")]
    return [(names, declared) for names, declared in found if names]


def paints(classes: set[str], theme: dict[str, str]) -> dict[str, str]:
    """Fill and stroke of a shape with these classes, as colours; a fill that is nearly clear is none."""
    said = {"fill": "var(--rx-ink)"}
    for names, declared in rules():
        if names <= classes:
            said |= declared
    if float(said.get("fill-opacity", "1")) < 0.5:
        said["fill"] = "none"
    resolved = {name: re.sub(r"var\(--rx-([\w-]+)\)", lambda m: theme[m[1]], said.get(name, "")) for name in PAINTED}
    return {name: colour for name, colour in resolved.items() if colour not in NO_PAINT}


PAINTED = ("fill", "stroke")


@functools.cache
def shapes() -> frozenset[frozenset[str]]:
    """The classes of all shapes that say something, of drawings that together hold every kind."""
    reports = [rx.analyse(rx.preset(name)) for name in ("resnet50", "seresnet50", "plain34", "vgg16", "cifar_resnet20")]
    first = [report.block(report.blocks[0]) for report in reports if report.blocks]
    drawings = [*map(axis, reports), *map(block, first), window("a net", (224, 224), 99, 427)]
    found = set()
    for drawing in drawings:
        for each in ET.fromstring(drawing.svg).iter():  # noqa: S314 - our own text
            classes = frozenset(each.get("class", "").split())
            if each.tag in SHAPES and classes and not classes & DECORATION:
                found.add(classes)
    return frozenset(found)


@pytest.mark.parametrize("theme", THEMES)
def test_every_shape_of_a_drawing_is_told_from_its_paper(theme: str) -> None:
    colours = THEMES[theme]
    assert {
        frozenset({"k1"}),
        frozenset({"k3"}),
        frozenset({"k7"}),
        frozenset({"extra"}),
        frozenset({"sum"}),
    } <= shapes()
    best = {
        each: max((contrast(paint, colours["paper"]) for paint in paints(set(each), colours).values()), default=0)
        for each in shapes()
    }
    assert not {" ".join(each): round(ratio, 2) for each, ratio in best.items() if ratio < LEAST}


@pytest.mark.parametrize("theme", THEMES)
def test_shades_of_kernels_are_told_from_each_other_and_their_words_are_read(theme: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours["k1"], colours["k3"]) > 1.5
    assert contrast(colours["k3"], colours["k7"]) > 1.5
    for name, ground in colours.items():
        if f"on-{name}" in colours:
            assert contrast(colours[f"on-{name}"], ground) >= LEAST_TEXT, name


@pytest.mark.parametrize("paper", [style.LIGHT["paper"], style.DARK["paper"], "#FFFFFF"])
def test_bars_of_charts_have_an_outline_since_some_fills_are_faint(paper: str) -> None:
    report = rx.analyse(rx.preset("resnet34"))
    lines = ledger.ledger(report)
    parts = footprint.inference(report, 32, footprint.PRECISIONS["fp32"])
    end = waterfall.Bar("end", 2, "")
    charts = [differences(lines), bars([("use", parts)]), waterfall.waterfall(end, [], end, "unit")]
    for chart in charts:
        drawn = [trace for trace in chart.data if trace.type == "bar"]
        assert drawn
        assert all(contrast(trace.marker.line.color, paper) >= LEAST for trace in drawn)


@pytest.mark.parametrize("theme", THEMES)
def test_lines_and_marks_of_the_catalogue_are_told_from_their_paper(theme: str) -> None:
    colours = THEMES[theme]
    protocol = PROTOCOLS["tv_v1"]
    figure = scatter(catalogue.points(catalogue.catalogue(), protocol, "macs"), protocol, "MACs")
    drawn = {colour for trace in figure.data for colour in (trace.line.color, trace.marker.color)}
    shown = {colours.get({RESIDUAL.light: "residual", PLAIN.light: "plain"}.get(each, ""), each) for each in drawn}
    assert len(shown) == 3
    assert all(contrast(each, colours["paper"]) >= LEAST for each in shown)
