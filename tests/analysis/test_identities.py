"""What must hold of every analysis, whatever the net."""

import dataclasses
import re

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis import bottleneck, conventions, formula, table
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.errors import InvalidOption


@pytest.fixture(params=rx.presets())
def report(request: pytest.FixtureRequest) -> rx.Report:
    return rx.analyse(rx.preset(request.param))


@pytest.mark.parametrize("metric", METRICS.names)
def test_layers_add_up_to_stages_and_stages_to_the_total(report: rx.Report, metric: str) -> None:
    total = report.count(metric)
    assert sum(layer.count(metric) for layer in report.layers) == total > 0
    assert sum(stage.count(metric) for stage in report.stages) == total
    for stage in report.stages:
        assert sum(layer.count(metric) for layer in stage.layers) == stage.count(metric)


def test_depth_is_in_the_name(report: rx.Report) -> None:
    said = re.search(r"-(\d+)", report.spec.title)
    assert said is not None
    projections = len(report.stages[1:-1]) - 1 if "WRN" in report.spec.title else 0  # it counts those, and fc not
    stem = sum(layer.weighted for layer in report.stages[0].layers) if report.stages[0].name == "stem" else 1
    assert int(said[1]) == report.depth + projections - (stem - 1)  # the deep stem counts as one


def test_shares_add_up_to_exactly_one_hundred(report: rx.Report) -> None:
    rows = table.stage_rows(report)
    assert round(sum(row.params_share for row in rows), 9) == 100
    assert round(sum(row.macs_share for row in rows), 9) == 100


def test_frame_holds_every_layer_and_adds_up(report: rx.Report) -> None:
    frame = report.to_frame()
    assert list(frame["path"]) == [layer.path for layer in report.layers]
    assert int(frame["params"].sum()) == report.params
    assert int(frame["macs"].sum()) == report.macs


def test_receptive_field_never_shrinks_on_the_way(report: rx.Report) -> None:
    main = [layer.field_px for layer in report.layers if not layer.node.shortcut]
    assert main == sorted(main)


def test_flops_are_twice_the_macs(report: rx.Report) -> None:
    assert report.flops == 2 * report.macs


@pytest.mark.parametrize("batch", [1, 64])
def test_training_memory_is_its_terms(report: rx.Report, batch: int) -> None:
    memory = report.training_memory(batch)
    assert memory.weights == memory.gradients == memory.momentum == 4 * report.params
    assert memory.total == 12 * report.params + memory.saved
    assert memory.saved == batch * report.training_memory(1).saved


@pytest.mark.parametrize("image", [1, 7, 33, 97, 225])
def test_any_image_size_gives_whole_maps(image: int) -> None:
    spec = dataclasses.replace(rx.preset("resnet50"), image=image)
    report = rx.analyse(spec)
    assert all(size >= 1 for layer in report.layers for size in layer.output_shape)
    assert report.params == rx.analyse(rx.preset("resnet50")).params


def test_the_famous_arithmetic() -> None:
    compared = bottleneck.compare(256, 4, 56)
    assert [term.params for term in compared.bottleneck.terms] == [16_384, 36_864, 16_384]
    assert compared.bottleneck.params == 69_632
    assert compared.wide.params == 1_179_648
    assert compared.narrow.params == 73_728
    assert f"{compared.ratio:.2f}" == "16.94"
    assert f"{compared.fair_ratio:.2f}" == "1.06"
    assert (compared.bottleneck.macs, compared.wide.macs, compared.narrow.macs) == (
        218_365_952, 3_699_376_128, 231_211_008,
    )  # fmt: skip


def test_the_arithmetic_with_batch_norm_and_projection() -> None:
    with_norm = bottleneck.compare(256, 4, 56, norm=True)
    assert (with_norm.bottleneck.params, with_norm.wide.params, with_norm.narrow.params) == (70_400, 1_180_672, 73_984)
    projected = bottleneck.compare(256, 4, 56, projection=True)
    assert (projected.bottleneck.params, projected.bottleneck.macs) == (135_168, 423_886_848)
    assert bottleneck.compare(256, 4, 56, norm=True, projection=True).bottleneck.params == 136_448


def test_channels_that_no_bottleneck_has_are_refused() -> None:
    with pytest.raises(InvalidOption, match="channels is 66; allowed: a multiple of 4"):
        bottleneck.compare(66, 4, 56)


def test_working_ends_in_the_count(report: rx.Report) -> None:
    for layer in report.layers:
        if layer.params:
            assert formula.working(layer, "params").endswith(f"= {layer.params:,}")
        if layer.macs:
            assert formula.working(layer, "macs").endswith(f"= {layer.macs:,}")


@pytest.mark.parametrize("name", ["vgg16", "vgg19"])
def test_vggs_parameters_are_in_its_fully_connected_layers(name: str) -> None:
    assert rx.analyse(rx.preset(name)).stages[-1].params == 102_764_544 + 16_781_312 + 4_097_000 == 123_642_856


def test_where_stride_2_really_is() -> None:
    paper, torchvision = rx.preset("resnet50").having(stride="v1"), rx.preset("resnet50")
    firsts = [f"layer{n}.0" for n in (2, 3, 4)]
    assert list(table.strides(rx.analyse(paper))) == ["conv1", "maxpool", *(f"{p}.conv1" for p in firsts)]
    assert list(table.strides(rx.analyse(torchvision))) == ["conv1", "maxpool", *(f"{p}.conv2" for p in firsts)]


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (999, "999"), (1000, "1.00 k"), (11_689_512, "11.7 M"), (999_999, "1.00 M"), (4_089_184_256, "4.09 G")],
)
def test_short_numbers(number: int, text: str) -> None:
    assert conventions.short(number) == text


def test_one_time_is_said_as_about() -> None:
    assert {conventions.times(said) for said in ("1", "1.0", "1.00")} == {"about"}
    for said in ("10", "1.01", "0.99", "1,000", "1·10⁶", "11", "0"):
        assert conventions.times(said) == f"{said} times"
