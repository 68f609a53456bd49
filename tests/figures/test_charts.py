"""Charts of counts and published numbers: what is named where, and what stays clear of what."""

from __future__ import annotations

import itertools
import math
import re
import subprocess
import sys

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis import catalogue, ledger, roofline
from resnet_explorer.analysis.devices import ROOFLINE_DEVICES
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.published import PROTOCOLS
from resnet_explorer.diagrams import window
from resnet_explorer.figures import labels, palette, waterfall
from resnet_explorer.figures import roofline as roof
from resnet_explorer.figures.catalogue import scatter
from resnet_explorer.figures.ends import LINE_PX
from resnet_explorer.figures.ledger import differences
from resnet_explorer.figures.published import degradation
from resnet_explorer.figures.saving import Curve, ratio_by_width

NARROW = 200
"""How wide a chart's inside is on a telephone, in px."""


def test_a_family_is_named_where_its_line_starts_or_ends(entries: tuple[catalogue.Entry, ...]) -> None:
    points = catalogue.points(entries, PROTOCOLS["tv_v1"], "macs")
    words = [note.text for note in scatter(points, PROTOCOLS["tv_v1"], "MACs").layout.annotations]
    assert {"ResNet-18", "Wide ResNet-50-2", "VGG-11", "VGG-19 with BatchNorm"} <= set(words)
    assert words.count("50") == words.count("101") == 1
    assert "Wide ResNet-101-2" in words
    assert words.count("11") == 1
    assert "ResNet-152" not in words


def test_a_label_keeps_clear_of_a_line() -> None:
    rising = [(n / 40, n / 40) for n in range(1, 40)]
    side = labels.sides([(0, 0), (1, 1)], ["a long name", "b"], rising)[0].side
    assert side.shift[1] < 0 or side.anchor == "right"
    falling = [(n / 40, 1 - n / 40) for n in range(1, 40)]
    assert labels.sides([(0, 1), (1, 0)], ["a long name", "b"], falling)[0].side.shift[1] > 0


def test_labels_of_points_that_nearly_meet_stand_on_their_own_sides() -> None:
    places = [(0.0, 0.0), (0.5, 0.5), (0.5, 0.53), (1.0, 1.0)]
    low, high = (each.side.shift[1] for each in labels.sides(places, ["a", "lower", "upper", "b"])[1:3])
    assert low <= 0 <= high
    assert (low, high) != (0, 0)


def test_a_short_axis_has_ticks_too(entries: tuple[catalogue.Entry, ...]) -> None:
    for protocol in PROTOCOLS:
        points = catalogue.points(entries, protocol, "macs")
        assert len(scatter(points, protocol, "MACs").layout.xaxis.tickvals) >= 2


def test_a_label_has_a_side_that_does_on_a_telephone_too() -> None:
    places = [(0.0, 0.0), (0.3, 0.0), (1.0, 1.0)]
    right = next(side for side in labels.SIDES if side.anchor == "left" and side.shift[1] == 0)
    assert labels.sides(places[:1] + places[2:], ["a name of 17 chars", "b"])[0].side == right
    assert labels.sides(places, ["a name of 17 chars", "b", "c"])[0].side != right


def test_a_label_keeps_clear_of_the_steps_of_the_frontier(entries: tuple[catalogue.Entry, ...]) -> None:
    points = catalogue.points(entries, PROTOCOLS["tv_v1"], "macs")
    figure = scatter(points, PROTOCOLS["tv_v1"], "MACs")
    wide = next(note for note in figure.layout.annotations if note.text == "Wide ResNet-50-2")
    assert wide.xanchor == "right"


@pytest.mark.parametrize("width", labels.WIDTHS_PX)
@pytest.mark.parametrize("protocol", PROTOCOLS.names)
def test_no_label_lies_over_a_marker(entries: tuple[catalogue.Entry, ...], protocol: str, width: int) -> None:
    for metric in METRICS.names:
        points = catalogue.points(entries, PROTOCOLS[protocol], metric)
        notes = scatter(points, PROTOCOLS[protocol], metric).layout.annotations
        x = drawn([math.log10(point.cost) for point in points], width)
        y = drawn([point.value * (-1 if PROTOCOLS[protocol].error else 1) for point in points], labels.HEIGHT_PX)
        for note, left, up in zip(notes, x, y, strict=True):
            wide = 0.93 * labels.LETTER_PX * len(note.text)
            middle = left + note.xshift + (labels.BEGINS[note.xanchor] + 0.5) * wide
            over = [
                point.title
                for point, across, high in zip(points, x, y, strict=True)
                if abs(across - middle) < wide / 2 + 4.5 and abs(high - up - note.yshift) < 6 + 4.5
            ]
            assert not over, f"{note.text} by {metric}"


def drawn(values: list[float], room: int) -> list[float]:
    """Where values stand in so many px."""
    low, high = min(values), max(values)
    return [room * (value - low) / (high - low) for value in values]


@pytest.mark.parametrize("name", ["resnet18", "resnet34", "resnet50", "vgg16", "resnext101_32x8d"])
def test_the_words_beside_a_bar_end_within_a_narrow_chart(name: str) -> None:
    figure = differences(ledger.ledger(rx.analyse(rx.preset(name))))
    low, high = figure.layout.xaxis.range
    for note in figure.layout.annotations:
        letters = max(len(re.sub("<[^>]*>", "", line)) for line in note.text.split("<br>"))
        at, foot = (NARROW * (x - low) / (high - low) for x in (note.x, 0))
        if note.xanchor == "right":
            assert foot <= at - 4 - 6 * letters  # on its bar
        else:
            assert at + 4 + 6 * letters <= NARROW


@pytest.mark.parametrize("name", ["resnet34", "resnet50"])
@pytest.mark.parametrize("device", ROOFLINE_DEVICES.names)
def test_the_two_named_layers_stand_apart_in_a_narrow_chart(name: str, device: str) -> None:
    rates = ROOFLINE_DEVICES[device]
    found = roofline.points(rx.analyse(rx.preset(name)), 256, 4, rates.fp32, rates.bandwidth)
    figure = roof.roofline(found, rates.fp32, rates.bandwidth)
    first, last = figure.layout.annotations[:2]
    start, stop = (math.log10(end) for end in figure.data[0].x[:: len(figure.data[0].x) - 1])
    low, high = figure.layout.yaxis.range
    across = NARROW * (last.x - first.x) / (stop - start) - 6 * len(first.text + last.text)
    up = 316 * (last.y - first.y) / (high - low) + last.yshift - first.yshift
    assert across > 0 or up >= LINE_PX


def test_names_of_lines_that_nearly_meet_stand_apart() -> None:
    lines = [
        Curve(f"reduction {n}", (ratio, ratio), ("", ""), chosen=n == 16, inner=False)
        for n, ratio in ((8, 13.5), (16, 16.3))
    ]
    figure = ratio_by_width((64, 2048), [*lines, Curve("inner", (0.06, 0.06), ("", ""), chosen=True, inner=True)], 2048)
    room = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    heights = sorted(room * note.y for note in figure.layout.annotations)
    assert len(heights) == 3
    assert all(above - below >= LINE_PX for below, above in itertools.pairwise(heights))


def test_a_chosen_reduction_is_residual_that_at_the_inner_width_dotted_and_all_else_ink() -> None:
    lines = [Curve("", (2.0, 3.0), ("", ""), chosen=chosen, inner=inner) for chosen, inner in ((0, 0), (1, 0), (1, 1))]
    figure = ratio_by_width((64, 2048), lines, 64)
    blue = palette.RESIDUAL.light
    looks = [(each.line.color, each.marker.color, each.line.dash) for each in figure.data]
    assert looks == [(palette.INK, palette.INK, "solid"), (blue, blue, "solid"), (blue, blue, "dot")]
    assert {note.font.color for note in figure.layout.annotations} == {palette.INK, blue}
    assert "0.5×" in figure.layout.yaxis.ticktext


@pytest.mark.parametrize("device", ROOFLINE_DEVICES.names)
def test_the_roof_and_its_outer_layers_are_named(device: str) -> None:
    rates = ROOFLINE_DEVICES[device]
    found = roofline.points(rx.analyse(rx.preset("resnet50")), 256, 4, rates.fp32, rates.bandwidth)
    figure = roof.roofline(found, rates.fp32, rates.bandwidth)
    words = " | ".join(note.text for note in figure.layout.annotations)
    assert "FLOP/s" in words
    assert "B/s" in words
    assert "conv" in words
    assert len(figure.layout.yaxis.tickvals) > 1


@pytest.mark.parametrize("name", ["resnet18", "resnext101_32x8d", "vgg16_bn", "cifar_resnet20"])
@pytest.mark.parametrize("batch", [1, 256])
@pytest.mark.parametrize("device", ROOFLINE_DEVICES.names)
@pytest.mark.parametrize(("wide", "precision"), [(2, "half"), (4, "fp32")])
def test_on_a_telephone_the_parts_of_the_roof_are_named_within_the_chart_and_clear_of_layers(
    name: str, batch: int, device: str, wide: int, precision: str
) -> None:
    rates = ROOFLINE_DEVICES[device]
    peak = rates.peak(precision)
    found = roofline.points(rx.analyse(rx.preset(name)), batch, wide, peak, rates.bandwidth)
    figure = roof.roofline(found, peak, rates.bandwidth)
    first, last, flat, slope = figure.layout.annotations
    low, high = figure.layout.xaxis.range
    at = roof.NARROW_PX * (flat.x - low) / (high - low)
    assert at + roof.FLAT_PX <= roof.NARROW_PX + 24 if flat.xanchor == "left" else at >= roof.FLAT_PX
    foot, top = figure.layout.yaxis.range
    up = roof.HIGH_PX * (first.y - slope.y) / (top - foot) + first.yshift
    assert abs(up) >= LINE_PX
    assert slope.x < math.log10(peak / rates.bandwidth)
    for note in (first, last):
        share = (note.x - low) / (high - low)
        assert (1 - share if note.xanchor == "left" else share) >= 0.45  # the side with more room, or as much


@pytest.mark.parametrize("name", ["resnet18", "cifar_resnet20", "resnext50_32x4d", "vgg16"])
@pytest.mark.parametrize("batch", [2, 32, 256])
@pytest.mark.parametrize("device", ROOFLINE_DEVICES.names)
@pytest.mark.parametrize(("wide", "precision"), [(2, "half"), (4, "fp32")])
def test_on_a_telephone_the_last_layers_name_lies_over_no_circle_and_no_other_name(
    name: str, batch: int, device: str, wide: int, precision: str
) -> None:
    rates = ROOFLINE_DEVICES[device]
    peak = rates.peak(precision)
    figure = roof.roofline(
        roofline.points(rx.analyse(rx.preset(name)), batch, wide, peak, rates.bandwidth), peak, rates.bandwidth
    )
    axes = (figure.layout.xaxis.range, figure.layout.yaxis.range)
    across, up = (px / (end - start) for px, (start, end) in zip((roof.NARROW_PX, roof.HIGH_PX), axes, strict=True))
    boxes = [
        (left := across * note.x + (note.xshift or 0) - (6 * len(note.text) if note.xanchor == "right" else 0),
         left + 6 * len(note.text), up * note.y + (note.yshift or 0))
        for note in figure.layout.annotations
    ]  # fmt: skip
    begin, end, height = boxes.pop(1)
    layers = [at for trace in figure.data[1:] for at in zip(trace.x, trace.y, strict=True)]
    for x, y in ((across * math.log10(x), up * math.log10(y)) for x, y in layers):
        assert not (begin - 4 < x < end + 4 and abs(y - height) < 10)
    for other, stop, y in boxes:
        assert not (begin < stop and other < end and abs(y - height) < 14)


def test_errors_of_plain_nets_are_named_over_their_line_and_those_of_residual_ones_under_it() -> None:
    named = [(note.text.split()[0], note.yanchor, note.xanchor) for note in degradation().layout.annotations[:4]]
    plain, residual = ("plain", "bottom"), ("ResNet", "top")
    assert named == [(*plain, "right"), (*plain, "left"), (*residual, "right"), (*residual, "left")]


def test_a_row_of_a_waterfall_says_what_it_adds_and_is_joined_to_the_next_also_where_that_is_nothing() -> None:
    causes = [waterfall.Bar("a", -300, ""), waterfall.Bar("b", 0, ""), waterfall.Bar("c", 100, "")]
    figure = waterfall.waterfall(waterfall.Bar("A", 500, ""), causes, waterfall.Bar("B", 300, ""), "MACs")
    notes = [(note.text, note.x, note.y, note.xanchor) for note in figure.layout.annotations]
    assert notes == [
        ("500", 500, 0, "left"),
        ("−300", 500, 1, "left"),
        ("no change", 200, 2, "left"),
        ("+100", 300, 3, "left"),
        ("300", 300, 4, "left"),
    ]
    joints = [(each.x0, each.y0, each.y1) for each in figure.layout.shapes]
    assert joints == [(500, 0.33, 0.67), (200, 1.33, 1.67), (200, 1.67, 2.67), (300, 3.33, 3.67)]


def test_a_field_of_a_few_pixels_is_ringed() -> None:
    small, large = window("a net", (224, 224), 11, 1451), window("a net", (224, 224), 200, 427)
    assert "<circle" in small.svg
    assert "<circle" not in large.svg
    assert "6.48 × the image&#x27;s side" in small.svg


def test_what_is_off_the_scale_of_the_ledger_runs_out_of_the_chart() -> None:
    lines = ledger.ledger(rx.analyse(rx.preset("resnet34")))
    figure = differences(lines)
    off = [note for note in figure.layout.annotations if note.text.endswith("→")]
    assert not any("<br>" in note.text for note in figure.layout.annotations)
    end = figure.layout.xaxis.range[1]
    assert [(note.x, note.xanchor) for note in off] == [(end, "right")] * 2  # the arrow stands where the bar runs out
    assert [bar for bar in figure.data[0].x if bar >= end] == [end, end]
    assert differences(lines[:3]).layout.xaxis.title.text == "difference from MACs"


def test_a_chart_waits_for_pandas_that_another_thread_is_loading() -> None:
    code = (
        "import sys, threading\n"
        "import plotly.graph_objects\n"
        "from resnet_explorer.figures.chart import chart\n"
        "threading.Thread(target=__import__, args=('pandas',)).start()\n"
        "while 'pandas' not in sys.modules: pass\n"
        "chart([{'type': 'scatter', 'y': [1.0]}], {'title': 'x'}, {'title': 'y'}, dark=False)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
