"""The layer axis says what the report says, for every net."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
import time
import xml.etree.ElementTree as ET
from collections import Counter
from typing import TYPE_CHECKING

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.diagrams import MEASURE_TRACKS, WITH_NORMS, axis, layout, standalone
from resnet_explorer.diagrams.columns import MOST, columns, foldable, folding
from resnet_explorer.errors import UnknownName

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report

NAMESPACE = "{http://www.w3.org/2000/svg}"
NUMBERS = re.compile(r"-?\d+\.?\d*")


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own text


def having_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [each for each in root.iter() if name in each.get("class", "").split()]


def alone(stages: dict[str, int]) -> dict[str, tuple[int, ...]]:
    """So many columns in each stage, without lines behind them."""
    return {name: (0,) * count for name, count in stages.items()}


@pytest.fixture(params=rx.presets())
def report(request: pytest.FixtureRequest) -> rx.Report:
    return rx.analyse(rx.preset(request.param))


def test_one_column_a_weighted_layer(report: rx.Report) -> None:
    drawing = axis(report, folded=())
    bars = [each for each in parsed(drawing.svg).iter(f"{NAMESPACE}rect") if each.get("data-i")]
    assert len(bars) == len(drawing.data["items"]) == report.depth
    assert [int(each.get("data-i", "")) for each in bars] == list(range(report.depth))


def test_tracks_of_metrics_add_up(report: rx.Report) -> None:
    drawn = {row["name"]: row["values"] for row in axis(report, folded=()).data["tracks"]}
    assert tuple(drawn) == MEASURE_TRACKS.names == (*METRICS.names, "field")
    for metric in METRICS.names:
        assert sum(drawn[metric]) == getattr(report, metric)
    assert max(drawn["field"]) == report.field_px


def test_arcs_are_the_shortcuts(report: rx.Report) -> None:
    arcs = [each for each in having_class(parsed(axis(report, folded=()).svg), "arc") if each.get("data-block")]
    kinds = Counter(each.get("class", "").split()[1] for each in arcs)
    on_shortcuts = Counter(layer.op for layer in report.layers if layer.node.shortcut)
    assert [each.get("data-block") for each in arcs] == (
        [] if report.spec == report.spec.plain else list(report.blocks)
    )
    assert (kinds["projection"], kinds["padding"]) == (on_shortcuts["conv"], on_shortcuts["pad"])


def test_numbers_are_numbers_and_files_stand_alone(report: rx.Report) -> None:
    drawing = axis(report)
    for text in (drawing.svg, standalone(drawing), standalone(drawing, dark=True)):
        root = parsed(text)
        assert root.get("role") == "img"
        assert (root[0].text, root[1].text) == (drawing.title, drawing.alt)
        assert not re.search(r"\b(nan|inf)\b", text)
    assert "var(" not in standalone(drawing)
    assert "http" not in standalone(drawing).replace("http://www.w3.org/2000/svg", "")


def test_stage_labels_do_not_touch(report: rx.Report) -> None:
    labels = [each for each in having_class(parsed(axis(report).svg), "stage") if not each.get("visibility")]
    places = [(float(NUMBERS.findall(each.get("transform", ""))[0]), float(each.get("data-w", ""))) for each in labels]
    for (x, width), (after, next_width) in itertools.pairwise(places):
        assert after - x >= (width + next_width) / 2 - 0.2


@pytest.mark.parametrize("convs", [(2, 2, 4, 4, 4), (1, 1, 16, 16, 16)])
def test_each_stage_of_a_net_without_blocks_is_named(convs: tuple[int, ...]) -> None:
    report = rx.analyse(rx.preset("vgg19").having(convs=convs))
    assert not [each for each in having_class(parsed(axis(report).svg), "stage") if each.get("visibility")]
    test_stage_labels_do_not_touch(report)


def test_facts_are_exact_and_shared() -> None:
    report = rx.analyse(rx.preset("resnet34"))
    data = axis(report).data
    path, index, field, block, times, before = data["items"][1]
    heading, rows = data["facts"][index]
    assert (path, field, block, times) == ("layer1.0.conv1", report.block("layer1.0")[0].field_px, "layer1.0", 1)
    assert before == 11, "behind the max pool"
    assert heading == "3×3 convolution, 64 → 64"
    assert dict(rows)["weights"] == "9 · 64 · 64 = 36,864"
    assert dict(rows)["MACs"] == "36,864 · 56 · 56 = 115,605,504"
    assert len(data["facts"]) < len(data["items"])
    joined = dict(data["facts"][data["items"][8][1]][1])
    assert joined["projection, weights"] == "64 · 128 = 8,192"


def test_alt_says_what_is_drawn() -> None:
    alt = axis(rx.analyse(rx.preset("resnet34"))).alt
    assert alt.startswith("ResNet-34: 34 weighted layers from an image of 3 × 224 × 224 to 1,000 classes.")
    assert "13 identities and 3 projections" in alt
    assert "No shortcuts." in axis(rx.analyse(rx.preset("plain34"))).alt


@pytest.mark.parametrize(("name", "depth"), [("cifar_resnet1202", 1202), ("cifar_preresnet1001", 1001)])
def test_deep_nets_are_counted_and_folded_within_a_second(name: str, depth: int) -> None:
    begin = time.process_time()
    report = rx.analyse(rx.preset(name))
    drawing = axis(report)
    assert time.process_time() - begin < 1
    times = [item[4] for item in drawing.data["items"]]
    assert len(times) <= MOST
    assert sum(times) == report.depth == depth
    for row in drawing.data["tracks"][: len(METRICS)]:
        assert sum(n * value for n, value in zip(times, row["values"], strict=True)) == getattr(report, row["name"])
    assert f"×{depth // 6 if depth == 1202 else 110}" in drawing.svg


def test_folding_stops_when_it_fits() -> None:
    report = rx.analyse(rx.preset("resnet152").having(blocks=(3, 8, 60, 3)))
    assert folding(report) == ("conv4_x",)
    assert {span.times for span in columns(report, folding(report))[1]} == {1, 59}
    assert len(columns(report)[0]) == report.depth


@pytest.mark.parametrize("name", ["resnet152", "cifar_resnet1202", "cifar_preresnet1001", "resnet34"])
def test_stages_are_folded_and_unfolded_one_by_one(name: str) -> None:
    report = rx.analyse(rx.preset(name))
    stages = foldable(report)
    every = axis(report, folded=stages)
    assert len(every.data["items"]) < 40
    for stage in stages:
        drawing = axis(report, folded=[each for each in stages if each != stage])
        labels = having_class(parsed(drawing.svg), "stage")
        assert {each.get("data-folds") for each in labels if each.get("data-folds")} == set(stages)
        assert {each.get("data-folds") for each in labels if each.get("data-folded") is not None} == set(stages) - {
            stage
        }
        assert sum(item[4] for item in drawing.data["items"]) == report.depth
        first = next(each for each in labels if each.get("data-folds") == stage)
        layer = next(layer for layer in report.weighted if layer.node.stage == stage and layer.node.main)
        assert drawing.data["items"][int(first.get("data-first", ""))][0] == layer.path


@pytest.mark.parametrize(("name", "stages"), [("resnet152", ("conv4_x",)), ("cifar_resnet1202", None), ("plain50", ())])
def test_each_further_block_is_a_line_of_its_own(name: str, stages: tuple[str, ...] | None) -> None:
    report = rx.analyse(rx.preset(name))
    drawing = axis(report, ("macs",), folded=stages)
    more = [span.times - 1 for span in columns(report, folding(report) if stages is None else stages)[1]]
    drawn = having_class(parsed(drawing.svg), "lines")
    arcs = having_class(parsed(drawing.svg), "fine")
    in_net = [each.get("data-line") for each in drawn if each.get("data-line")]
    assert [block for block in in_net if block not in report.blocks] == []
    assert len(set(in_net)) == sum(more)
    assert [each.get("d", "").count("q") for each in arcs] == [times for times in more if times]
    assert sum(each.get("d", "").count("h") // 2 for each in drawn) == sum(more)
    assert sum(more) + len(more) == len(report.blocks)


def test_a_deeper_stage_is_wider_by_its_lines() -> None:
    wide = {}
    for blocks in (3, 8, 36):
        drawing = axis(rx.analyse(rx.preset("resnet152").having(blocks=(3, 8, blocks, 3))), folded=("conv4_x",))
        ((left, width, end),) = (each for each in drawing.data["places"] if len(each) > 2)
        wide[blocks] = (end - left) / width
    assert wide == pytest.approx({3: 1 + 2 / 3, 8: 1 + 6 * 2 / 3, 36: 1 + 34 * 2 / 3}, abs=0.01)


def test_a_line_of_a_track_is_as_high_as_the_mean_of_its_block() -> None:
    report = rx.analyse(rx.preset("resnet152"))
    drawing = axis(report, ("macs",), folded=("conv4_x",))
    (line,) = [each for each in having_class(parsed(drawing.svg), "lines") if "bar" in each.get("class", "")]
    mean = sum(layer.macs for layer in report.block("layer3.1")) / 3
    height = float(re.search(r"v-([\d.]+)h", line.get("d", ""))[1])
    assert height == pytest.approx(50 * mean / drawing.data["tracks"][0]["scale"], abs=0.06)


def test_two_nets_that_are_shown_together_have_lines_of_one_width() -> None:
    a, b = (rx.analyse(rx.preset(name)) for name in ("cifar_resnet110", "cifar_resnet1202"))
    folded = foldable(b)
    pair = [axis(x, (), folded=folded, beside=y, beside_folded=folded) for x, y in ((a, b), (b, a))]
    assert pair[0].data["slots"] == pair[1].data["slots"]
    few, many = ([each for each in x.data["places"] if len(each) > 2] for x in pair)
    assert all((one[2] - one[0]) <= (two[2] - two[0]) + 0.02 for one, two in zip(few, many, strict=True))


def test_nothing_is_folded_that_does_not_repeat() -> None:
    assert foldable(rx.analyse(rx.preset("vgg19"))) == ()
    assert folding(rx.analyse(rx.preset("resnet152"))) == ()


def test_bars_of_a_deep_net_do_not_touch_when_it_is_unfolded() -> None:
    drawing = axis(rx.analyse(rx.preset("cifar_resnet1202")), folded=())
    bars = [each for each in parsed(drawing.svg).iter(f"{NAMESPACE}rect") if each.get("data-i")]
    edges = [(float(each.get("x", "")), float(each.get("width", ""))) for each in bars]
    assert all(x + width < after for (x, width), (after, _) in itertools.pairwise(edges))


def test_stages_show_their_shapes_and_tracks_their_sums() -> None:
    drawing = axis(rx.analyse(rx.preset("resnet50")))
    shapes = ["".join(each.itertext()) for each in having_class(parsed(drawing.svg), "stage")]
    assert "conv4_x6 blocks1,024 × 14 × 14" in shapes
    params = next(row for row in drawing.data["tracks"] if row["name"] == "params")
    assert params["heading"] == "parameters; most, 3,153,920, at layer4.0.conv3"
    assert params["working"].endswith("+ head 2,049,000 = 25,557,032")


def test_norms_get_their_row() -> None:
    report = rx.analyse(rx.preset("demo_resnet34"))
    without, having = axis(report, ("macs",)), axis(report, ("macs",), form=WITH_NORMS)
    assert without.data["norms"] is None
    assert having.data["norms"]["height"] < having.height - without.height
    assert axis(report, (), form=WITH_NORMS).data["tracks"] == []


def test_an_unknown_track_is_refused() -> None:
    with pytest.raises(UnknownName, match="unknown track 'cost'; expected one of: macs"):
        axis(rx.analyse(rx.preset("resnet18")), ("cost",))


@pytest.mark.parametrize("image", [1, 7, 32, 4096])
def test_any_image_size_is_drawn(image: int) -> None:
    spec = dataclasses.replace(rx.preset("resnet50"), image=image, classes=1)
    drawing = axis(rx.analyse(spec))
    assert "to 1 class." in drawing.alt
    parsed(drawing.svg)


def test_spread_moves_no_more_than_needed() -> None:
    assert layout.spread([10, 50], [20, 20], 0, 100) == [10, 50]
    placed = layout.spread([50, 52, 99], [20, 20, 20], 0, 100)
    assert all(b - a >= 20 for a, b in itertools.pairwise(placed))
    assert placed[-1] == 90
    assert math.isclose(layout.spread([0.0], [30], -6, 100)[0], 9)
    assert layout.spread([80, 90, 99], [20, 20, 20], 0, 100) == [50, 70, 90]
    assert layout.spread([1, 5, 9], [20, 10, 30], 0, 100) == [10, 25, 45]


def highest(drawing: rx.diagrams.Drawing, track: str) -> float:
    """Pixels of the highest bar of a track."""
    top = next(row["top"] for row in drawing.data["tracks"] if row["name"] == track)
    paths = [each.get("d", "") for each in having_class(parsed(drawing.svg), "bar")]
    bars = [re.findall(r"M-?[\d.]+ (-?[\d.]+)h[\d.]+v-([\d.]+)", d) for d in paths]
    return max(float(up) for found in bars for foot, up in found if top < float(foot) <= top + 51)


def test_two_nets_that_are_shown_together_have_one_scale() -> None:
    vgg, resnet = (rx.analyse(rx.preset(name)) for name in ("vgg19", "resnet50"))
    low = axis(resnet, ("macs", "field"), beside=vgg)
    high = axis(vgg, ("macs", "field"), beside=resnet)
    most = {net: max(each.macs for each in net.layers) for net in (vgg, resnet)}
    assert highest(high, "macs") == 50
    assert highest(low, "macs") < 50 * 1.5 * most[resnet] / most[vgg]
    for drawing in (low, high):
        assert drawing.svg.count("both drawn to 1.85 G") == 2
        assert drawing.svg.count("both drawn to 427 px") == 2
    assert highest(axis(resnet, ("macs",)), "macs") > 2 * highest(low, "macs")
    assert "both" not in axis(resnet).svg


@pytest.mark.parametrize(
    ("one", "other"), [("vgg19", "resnet34"), ("resnet18", "resnet152"), ("cifar_resnet20", "resnet50")]
)
def test_each_stage_of_two_nets_that_are_shown_together_has_one_place(one: str, other: str) -> None:
    a, b = (rx.analyse(rx.preset(name)) for name in (one, other))
    grids = [
        layout.grid(*(alone(Counter(layer.node.stage for layer in each.weighted if layer.node.main)) for each in pair))
        for pair in ((a, b), (b, a))
    ]
    assert grids[0].slots == grids[1].slots
    assert grids[0].slot == grids[1].slot
    starts = [{}, {}]
    for report, grid, found in zip((a, b), grids, starts, strict=True):
        columns = [layer.node.stage for layer in report.weighted if layer.node.main]
        assert len(columns) == len(grid.columns)
        for i, stage in enumerate(columns):
            found.setdefault(stage, grid.left(i))
            assert grid.width(i) >= grid.slot * 0.999
            assert i == 0 or grid.left(i) >= grid.right(i - 1) - 1e-9
        assert grid.right(len(columns) - 1) == pytest.approx(layout.PLOT)
    for stage in starts[0].keys() & starts[1].keys():
        assert starts[0][stage] == pytest.approx(starts[1][stage])
    places = [axis(x, (), folded=(), beside=y).data["places"] for x, y in ((a, b), (b, a))]
    assert any(places)
    assert axis(a, ()).data["places"] is None


@pytest.mark.parametrize("stages", [None, (), ("conv4_x",)])
@pytest.mark.parametrize("other", ["resnet101", "cifar_resnet1202", "resnet200"])
def test_folded_stages_have_one_place_too(stages: tuple[str, ...] | None, other: str) -> None:
    a, b = (rx.analyse(rx.preset(name)) for name in ("resnet50", other))
    one, two = (axis(x, ("field",), folded=stages, beside=y, beside_folded=stages) for x, y in ((a, b), (b, a)))
    assert one.data["slots"] == two.data["slots"]
    assert one.data["tracks"][0]["scale"] == two.data["tracks"][0]["scale"] >= max(two.data["tracks"][0]["values"])


@pytest.mark.parametrize("name", rx.presets())
def test_no_column_is_lost_beside_another_net(name: str) -> None:
    report, vgg = (rx.analyse(rx.preset(each)) for each in (name, "vgg19"))
    drawn = axis(report, (), beside=vgg)
    places = drawn.data["places"] or []
    assert len(places) in {0, len(drawn.data["items"])}
    ends = [max(sum(each[:2]), each[-1]) for each in places]
    assert all(end <= after + 0.02 for end, (after, *_) in zip(ends, places[1:], strict=False))


def test_bars_of_two_nets_have_one_size() -> None:
    def widths(report: Report, beside: Report) -> list[float]:
        drawn = having_class(parsed(axis(report, (), folded=(), beside=beside).svg), "k3")
        return [float(each.get("width", 0)) for each in drawn if each.get("data-i")]

    small, large = (rx.analyse(rx.preset(name)) for name in ("plain18", "plain34"))
    assert set(widths(small, large)) == set(widths(large, small))


@pytest.mark.parametrize(("name", "folded"), [("resnet152", ("conv4_x", "conv5_x")), ("cifar_resnet1202", None)])
def test_the_field_of_folded_blocks_is_that_of_each_layer_and_rises_over_the_lines(
    name: str, folded: tuple[str, ...] | None
) -> None:
    report = rx.analyse(rx.preset(name))
    fields = {layer.path: layer.field_px for layer in report.layers}
    drawing = axis(report, ("field",), folded=folded)
    track, lined = drawing.data["tracks"][0], [i for i, place in enumerate(drawing.data["places"]) if len(place) > 2]
    named = [fields[item[0]] for item in drawing.data["items"]]
    assert lined
    assert track["values"] == named == [item[2] for item in drawing.data["items"]]
    d = having_class(parsed(drawing.svg), "line")[0].get("d", "")
    drawn = [float(y) for y in re.findall(r"V(-?[\d.]+)", d)], [float(y) for y in re.findall(r"L[\d.]+ (-?[\d.]+)", d)]
    ends = [each.last.field_px for each in columns(report, folding(report) if folded is None else folded)[0]]
    foot = track["top"] + 50
    assert drawn[0] == pytest.approx([foot - 50 * field / report.field_px for field in named], abs=0.06)
    assert drawn[1] == pytest.approx([foot - 50 * ends[i] / report.field_px for i in lined], abs=0.06)
    most, where = re.search(r"most, ([\d,]+) px, at (\S+)", track["heading"]).groups()
    assert fields[where] == int(most.replace(",", "")) == report.field_px


def test_what_a_card_adds_to_the_field_is_added_to_that_of_the_layers_input() -> None:
    report = rx.analyse(rx.preset("resnet152"))
    fields = {layer.path: layer.field_px for layer in report.layers}
    read = {layer.path: fields.get(layer.node.inputs[0], 1) for layer in report.layers}
    for path, *_, before in axis(report, (), folded=foldable(report)).data["items"]:
        assert before == read[path]


def test_where_costs_are_read_it_is_said_that_a_line_is_a_mean() -> None:
    report = rx.analyse(rx.preset("resnet152"))
    whole, folded = (axis(report, ("macs", "field"), folded=stages) for stages in ((), ("conv4_x",)))
    for said in (folded.svg, folded.alt):
        assert said.count("mean") >= 1
    assert "mean" not in whole.svg


def test_borders_of_stages_leave_their_labels_free() -> None:
    drawing = axis(rx.analyse(rx.preset("resnet50")))
    borders = having_class(parsed(drawing.svg), "rule")[0].get("d", "")
    runs = [(float(top), float(foot)) for top, foot in re.findall(r"M[\d.]+ ([\d.]+)V([\d.]+)", borders)]
    baselines = [float(each.get("y", "")) for stage in having_class(parsed(drawing.svg), "stage") for each in stage[1:]]
    assert len(runs) == 10
    assert not [y for y in baselines for top, foot in runs if top - 4 < y < foot + 9]


def test_stages_that_two_nets_name_otherwise_stand_together_by_their_order() -> None:
    named = {"stem": 1, "conv2_x": 9, "conv3_x": 12, "head": 1}
    others = {"stem": 1, "layer1": 4, "layer2": 4, "head": 1}
    one, other = (layout.grid(alone(a), alone(b)) for a, b in ((named, others), (others, named)))
    assert [one.left(i) for i in (1, 10, 22)] == pytest.approx([other.left(i) for i in (1, 5, 9)])


@pytest.mark.parametrize("last", ["features, 2 px", "features, 7 px", "head", "²"])
def test_every_column_has_a_place_whatever_the_stages_are_called(last: str) -> None:
    named = {"stem": 2, "features, 14 px": 3, "features, 7 px, twice": 4, last: 5}
    assert [x for x, _ in layout.grid(alone(named)).columns] == pytest.approx([1000 / 14 * i for i in range(14)])


@pytest.mark.parametrize("track", MEASURE_TRACKS.names)
def test_what_stands_over_a_row_of_two_nets_fits_half_a_window(track: str) -> None:
    one, other = (rx.analyse(rx.preset(name)) for name in ("resnet50", "resnet152"))
    once = tuple(stage.name for stage in one.stages if stage.blocks)
    svg = axis(one, (track,), folded=once, beside=other, beside_folded=once).svg
    over = [re.sub("<[^>]*>", "", text) for text in re.findall(r'class="m">([^<]*)</text></g>', svg)]
    assert any("both drawn to" in line for line in over)
    assert max(map(len, over)) <= 45
