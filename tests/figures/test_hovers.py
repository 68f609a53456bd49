"""What charts say of the point under the pointer: its formula with its own numbers, in lines for a narrow screen."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis import (
    analyse,
    arithmetic,
    bottleneck,
    catalogue,
    compare,
    footprint,
    formula,
    ledger,
    roofline,
)
from resnet_explorer.analysis.devices import ROOFLINE_DEVICES
from resnet_explorer.analysis.footprint import OPTIMISER_STATES, PRECISIONS
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.published import DEGRADATION, PROTOCOLS
from resnet_explorer.experiments import EXPERIMENTS
from resnet_explorer.experiments.recorded import recorded
from resnet_explorer.figures import footprint as memory
from resnet_explorer.figures import hover
from resnet_explorer.figures.catalogue import scatter
from resnet_explorer.figures.dots import Dot, Dots
from resnet_explorer.figures.ledger import differences
from resnet_explorer.figures.plot import Line, Plot
from resnet_explorer.figures.published import degradation
from resnet_explorer.figures.roofline import roofline as roof
from resnet_explorer.figures.saving import Curve as Ratios
from resnet_explorer.figures.saving import ratio_by_width
from resnet_explorer.figures.scale import Axis
from resnet_explorer.figures.surface import Surface
from resnet_explorer.figures.waterfall import Bar, waterfall

if TYPE_CHECKING:
    import plotly.graph_objects as go

NET = rx.preset("resnet50")
EMPTY = re.compile(r"\bnan\b|\bNone\b|\binf\b|  |\(\)|[=÷·:] *$|^ *$")
"""What no line of a hover may hold: numbers that are none, and terms without anything in them."""


def told(trace: Any) -> list[str]:
    """The boxes of a trace as running text, once each line is seen to be short and to say something."""
    assert trace.hovertemplate == hover.SHOWN
    for box in trace.customdata:
        lines = re.sub("</?b>", "", box).split("<br>")
        assert len(lines) > 1
        assert max(map(len, lines)) <= hover.WIDTH + 8, "a number and its name stay on one line"
        assert not any(EMPTY.search(line) for line in lines)
    return [re.sub("</?b>", "", box).replace("<br>\u2003", " ").replace("<br>", "\n") for box in trace.customdata]


def all_told(figure: go.Figure) -> list[str]:
    return [box for trace in figure.data if trace.hoverinfo != "skip" for box in told(trace)]


def test_long_sums_break_before_an_operator_and_are_whole() -> None:
    text = " + ".join(f"conv{n}_x {1234567 * n:,}" for n in range(1, 9)) + " = 44,444,412"
    lines = hover.wrapped(text).split("<br>")
    assert len(lines) > 3
    assert all(re.match(r"\u2003[+=] ", line) for line in lines[1:])
    assert "".join(lines).replace("\u2003", " ") == text
    assert hover.box("a < b", "", "c & d") == "<b>a &lt; b</b><br>c &amp; d"


def test_a_ratio_of_the_bottleneck_is_two_sums_and_their_quotient() -> None:
    widths = (64, 256, 2048)
    found = [bottleneck.compare(width, 4, 56) for width in widths]
    workings = tuple(bottleneck.of_ratio(each.wide, each.bottleneck) for each in found)
    line = Ratios("reduction 4", tuple(each.ratio for each in found), workings, chosen=True, inner=False)
    figure = ratio_by_width(widths, [line], 256)
    boxes = all_told(figure)
    assert "conv1 589,824 + conv2 589,824 = 1,179,648" in boxes[1]
    assert "conv1 16,384 + conv2 36,864 + conv3 16,384 = 69,632" in boxes[1]
    assert "1,179,648 ÷ 69,632 = 16.9412" in boxes[1]
    for box, ratio in zip(boxes, figure.data[0].y, strict=True):
        one, other, quotient = re.findall(r"([\d,]+) ÷ ([\d,]+) = ([\d.]+)$", box)[0]
        assert int(one.replace(",", "")) / int(other.replace(",", "")) == pytest.approx(ratio)
        assert float(quotient) == pytest.approx(ratio, abs=1e-4)


@pytest.mark.parametrize("precision", ["fp32", "half"])
def test_a_layer_under_the_roofline_says_how_its_place_comes_about(precision: str) -> None:
    rates, width = ROOFLINE_DEVICES[ROOFLINE_DEVICES.names[0]], PRECISIONS[precision].value
    points = roofline.points(analyse(NET), 256, width, rates.peak(precision), rates.bandwidth)
    boxes = all_told(roof(points, rates.peak(precision), rates.bandwidth))
    shown = [point for point in points if point.flops]
    assert len(boxes) == len(shown)
    for point in shown:
        (box,) = (box for box in boxes if box.startswith(f"{point.path}\n"))
        assert f"FLOPs: 2 · {point.macs:,} MACs · 256 = {2 * point.macs * 256:,}" in box
        assert f"{width} · (256 · {point.moved:,} values + {point.params:,} parameters) = {point.bytes:,}" in box
        assert width * (256 * point.moved + point.params) == point.bytes
        assert f"{point.flops:,} ÷ {point.bytes:,} = {point.intensity:.4g} FLOPs per byte" in box
        assert "rate: min(" in box
        assert re.search(rf"computing: .* = {1e6 * point.compute:,.2f} µs$", box, re.MULTILINE)
        assert re.search(rf"moving: .* = {1e6 * point.memory:,.2f} µs$", box, re.MULTILINE)


@pytest.mark.parametrize("optimiser", OPTIMISER_STATES.names)
def test_a_part_of_the_memory_says_its_product_and_its_share(optimiser: str) -> None:
    report = analyse(NET)
    parts = footprint.training(report, 32, PRECISIONS["mixed"], OPTIMISER_STATES[optimiser])
    figure = memory.bars([("training", parts)])
    for part, box in zip(parts, all_told(figure), strict=True):
        assert part.working in box
        assert arithmetic.share(part.bytes, footprint.total(parts)).working in box


@pytest.mark.parametrize("metric", METRICS.names)
def test_the_causes_of_a_difference_are_subtractions_that_lead_from_a_to_b(metric: str) -> None:
    found = compare.compare(rx.preset("resnet34"), NET)
    start, end = (
        Bar(name, r.count(metric), formula.of_stages(r, metric).working) for name, r in (("A", found.a), ("B", found.b))
    )
    causes = [Bar(cause.title, cause.count(metric), cause.change) for cause in found.causes]
    first, *others, last = all_told(waterfall(start, causes, end, metric))
    assert first.endswith(f"= {found.a.count(metric):,}")
    assert last.endswith(f"= {found.b.count(metric):,}")
    level = found.a.count(metric)
    for cause, box in zip(found.causes, others, strict=True):
        assert cause.change in box
        assert arithmetic.difference(level, level := level + cause.count(metric)).working in box


@pytest.mark.parametrize("net", ["resnet34", "resnet50_v1"])
def test_every_bar_is_found_however_short(net: str) -> None:
    found = compare.compare(NET, rx.preset(net))
    causes = [Bar(cause.title, cause.params, cause.change) for cause in found.causes]
    ends = (Bar(name, report.params, "") for name, report in (("A", found.a), ("B", found.b)))
    for figure in (waterfall(next(ends), causes, next(ends), "parameters"), differences(ledger.ledger(found.b))):
        assert figure.layout.hovermode == "y"
    assert arithmetic.difference(7, 7).working == "7 − 7 = 0"


def test_a_convention_says_its_terms_and_what_is_printed() -> None:
    lines = ledger.ledger(analyse(NET))
    boxes = all_told(differences(lines))
    for line, box in zip(lines, boxes, strict=True):
        assert all(f"{abs(term.number):,}" in box and term.what in box for term in line.terms)
        assert (f"= {line.total:,}" in box) is (len(line.terms) > 1)
        assert line.note in box
        assert (arithmetic.difference(lines[0].total, line.total).working in box) is (line is not lines[0])


@pytest.mark.parametrize("metric", METRICS.names)
@pytest.mark.parametrize("protocol", PROTOCOLS.names)
def test_a_net_says_its_accuracy_with_its_source_and_its_cost_as_a_sum(
    entries: tuple[catalogue.Entry, ...], protocol: str, metric: str
) -> None:
    points = catalogue.points(entries, PROTOCOLS[protocol], metric)
    figure = scatter(points, PROTOCOLS[protocol], METRICS[metric].title)
    boxes = all_told(figure)
    assert len(boxes) == len(points)
    for point in points:
        matching = [box for box in boxes if box.startswith(f"{point.title}\n")]
        assert any(
            f"{PROTOCOLS[protocol].title}: {point.value:g} %" in box
            and f"from {point.source}" in box
            and box.endswith(f"= {point.cost:,}")
            for box in matching
        )


def test_published_errors_say_their_protocol_and_their_table() -> None:
    boxes = all_told(degradation())
    assert len(boxes) == 2 * len(DEGRADATION)
    assert all("10-crop" in box and "arXiv:1512.03385 (Table 2" in box for box in boxes)
    assert "ResNet, 34 layers\npaper, 10-crop top-1 error: 25.03 %" in "\n".join(boxes)


def test_a_line_says_its_parts_or_its_band_and_the_axis_how_it_came_about() -> None:
    parts = ((6.0, 8.0), (2.0, 4.0))
    made = Line(name="made", x=(0, 1), y=(3.0, 2.0), residual=True, working="%{customdata[1]} of it", parts=parts)
    mean = Line(name="mean", x=(0, 1), y=(3.0, 2.0), residual=False, low=(1.0, 1.5), high=(4.0, 2.5))
    bare = Line(name="bare", x=(0, 1), y=(3.0, 2.0), residual=False)
    figure = Plot(lines=(made, mean, bare), x=Axis("x"), y=Axis("y (log)", log=True), how="a mean of two").figure()
    shown = {trace.name: trace for trace in figure.data if trace.hoverinfo != "skip"}
    assert shown["made"].hovertemplate == "%{customdata[1]} of it"
    assert [tuple(row) for row in shown["made"].customdata] == [(6.0, 2.0), (8.0, 4.0)]
    assert [tuple(row) for row in shown["mean"].customdata] == [(1.0, 4.0), (1.5, 2.5)]
    assert "%{customdata[1]" in shown["mean"].hovertemplate
    assert "customdata" not in shown["bare"].hovertemplate
    assert figure.layout.xaxis.unifiedhovertitle.text.endswith("y: a mean of two")


def test_a_dot_says_how_it_came_about_and_the_seeds_where_there_are_some() -> None:
    dots = (Dot("one", 2.0, 2.0, 2.0, residual=True), Dot("three", 3.0, 1.5, 4.0, residual=True))
    one, three = all_told(Dots(dots=dots, x=Axis("loss (log)", log=True), how="mean of 20").figure())
    assert one == "one: 2\nloss: mean of 20"
    assert three == "three: 3\nloss: mean of 20\nseeds from 1.5 to 4"


@pytest.mark.parametrize("solid", [True, False])
def test_a_loss_on_a_plane_says_where_it_was_measured(*, solid: bool) -> None:
    rows = ((1.0, 2.0), (3.0, math.nan))
    trace = Surface(name="a", places=(-1, 1), rows=rows, ends=(1.0, 3.0), solid=solid).figure().data[0]
    assert "measured with the weights" in trace.hovertemplate
    assert "a = %{x:.2f}, b = %{y:.2f}" in trace.hovertemplate
    assert trace.z[1][1] is None
    assert solid or trace.hoverongaps is False


def parted(name: str, chart: str) -> list[Any]:
    """The traces of a recorded experiment's chart whose points have parts."""
    kept = recorded(EXPERIMENTS[name])
    assert kept is not None
    (draw,) = (each.draw for each in EXPERIMENTS[name].charts if each.name == chart)
    drawn = draw(kept.runs)
    assert drawn is not None
    return [trace for trace in drawn.figure().data if trace.customdata is not None]


def test_every_step_of_a_recorded_race_has_the_norms_of_its_ratio() -> None:
    traces = parted("degradation", "ratios")
    assert len(traces) == 4
    for trace in traces:
        assert [first / last for first, last in trace.customdata] == pytest.approx(list(trace.y), rel=1e-5)


def test_the_sweep_over_depth_has_a_quotient_at_each_depth() -> None:
    chart = EXPERIMENTS["depth_sweep"].charts[0].name
    for trace in parted("depth_sweep", chart):
        for (working,), ratio in zip(trace.customdata, trace.y, strict=True):
            assert re.fullmatch(r"\S+ ÷ \S+", working)
            if "·" not in working:
                first, last = (float(each.replace(",", "")) for each in working.split(" ÷ "))
                assert first / last == pytest.approx(ratio, rel=0.02)


def test_the_share_of_a_length_is_made_of_its_paths_or_of_the_whole_gradient() -> None:
    shares, sizes = (parted("paths", chart.name) for chart in EXPERIMENTS["paths"].charts)
    assert [each.name for each in shares] == ["all paths", "at the start (thin)", "trained (thick)"]
    assert [each.name for each in sizes] == ["at the start (thin)", "trained (thick)"]
    for trace in (*shares, *sizes):
        assert [part / whole for part, whole in trace.customdata] == pytest.approx(list(trace.y))
    for trace in shares:
        assert sum(trace.y) == pytest.approx(1)
    for share, size in zip(shares[1:], sizes, strict=True):
        assert all(one >= abs(other) - 1e-9 for one, other in zip(size.y, share.y, strict=True))
