"""Memory, receptive field and roofline: against the real module, against each other, and where they must not cross."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import resnet_explorer as rx
from resnet_explorer.analysis import analyse, footprint, formula, roofline
from resnet_explorer.analysis.devices import ROOFLINE_DEVICES
from resnet_explorer.analysis.footprint import OPTIMISER_STATES, PRECISIONS
from resnet_explorer.analysis.measures import MEASURES
from resnet_explorer.analysis.receptive_field import range_px
from resnet_explorer.model import assemble, measured

SOME = ("resnet18", "plain34", "resnet50", "vgg16", "cifar_resnet20", "seresnet50")


@pytest.mark.parametrize("name", rx.presets())
def test_in_float32_with_momentum_it_is_what_explore_shows(name: str) -> None:
    report = analyse(rx.preset(name))
    parts = footprint.training(report, 7, PRECISIONS["fp32"], OPTIMISER_STATES["momentum"])
    assert footprint.total(parts) == report.training_memory(7).total
    assert [part.bytes for part in parts] == list(report.training_memory(7))


@pytest.mark.parametrize("precision", PRECISIONS.names)
@pytest.mark.parametrize("name", SOME)
def test_more_is_kept_the_more_the_optimiser_keeps(name: str, precision: str) -> None:
    report = analyse(rx.preset(name))
    sgd, momentum, adam = (
        footprint.total(footprint.training(report, 1, PRECISIONS[precision], each)) for each in OPTIMISER_STATES
    )
    assert momentum - sgd == adam - momentum == PRECISIONS[precision].state * report.params
    assert footprint.total(footprint.inference(report, 1, PRECISIONS[precision])) < sgd


def test_half_precision_halves_all_but_the_places_of_maxima() -> None:
    report = analyse(rx.preset("resnet50"))
    full, half = (
        footprint.training(report, 1, PRECISIONS[name], OPTIMISER_STATES["adam"]) for name in ("fp32", "half")
    )
    assert [2 * part.bytes for part in half[:3]] == [part.bytes for part in full[:3]]
    assert 2 * half[3].bytes - full[3].bytes == 8 * 64 * 56 * 56


@pytest.mark.parametrize("name", SOME)
def test_the_most_maps_held_at_once(name: str) -> None:
    report = analyse(rx.preset(name))
    most, where = footprint.peak(report)
    largest = max(layer.output_shape[0] * layer.output_shape[-1] ** 2 for layer in report.layers if layer.op == "conv")
    assert largest < most <= 4 * largest
    assert where in {layer.path for layer in report.layers}


@pytest.mark.parametrize("name", SOME)
def test_what_is_saved_is_what_the_real_module_saves(name: str) -> None:
    spec = rx.NetSpec(family=rx.preset(name).family, options=rx.preset(name).options, image=64)
    module = assemble(spec.graph, torch.device("cpu"))
    report = analyse(spec)
    by_hand = footprint.training(report, 2, PRECISIONS["fp32"], OPTIMISER_STATES["sgd"])[-1].bytes
    seen = measured.saved_bytes(module, torch.zeros(2, 3, 64, 64))
    assert by_hand == pytest.approx(seen, rel=0.05)


@pytest.mark.parametrize(
    ("name", "ends"),
    [("resnet18", (11, 435)), ("resnet34", (11, 899)), ("plain34", (899, 899)), ("vgg16", (212, 212))],
)
def test_the_range_of_the_receptive_field(name: str, ends: tuple[int, int]) -> None:
    report = analyse(rx.preset(name))
    assert range_px(report.spec.graph) == ends
    assert ends[1] == report.field_px


@given(
    name=st.sampled_from(SOME), batch=st.integers(1, 512), device=st.sampled_from(ROOFLINE_DEVICES.names),
    precision=st.sampled_from(PRECISIONS.names),
)  # fmt: skip
def test_no_layer_is_faster_than_either_roof(name: str, batch: int, device: str, precision: str) -> None:
    report, rates = analyse(rx.preset(name)), ROOFLINE_DEVICES[device]
    peak = rates.peak(precision)
    found = roofline.points(report, batch, PRECISIONS[precision].value, peak, rates.bandwidth)
    assert sum(point.flops for point in found) == 2 * report.macs * batch
    assert roofline.seconds(found) >= 2 * report.macs * batch / peak
    for point in found:
        assert point.flops <= point.seconds * peak * (1 + 1e-12)
        assert point.bytes <= point.seconds * rates.bandwidth * (1 + 1e-12)
        assert point.memory_bound == (point.intensity < peak / rates.bandwidth)


def test_the_first_convolution_by_hand() -> None:
    point = roofline.points(analyse(rx.preset("resnet50")), 2, 4, 1e12, 1e9)[0]
    assert point.flops == 2 * 2 * 9408 * 112 * 112
    assert point.bytes == 4 * (2 * (3 * 224 * 224 + 64 * 112 * 112) + 9408)


@pytest.mark.parametrize("name", rx.presets())
def test_every_formula_ends_in_its_number(name: str) -> None:
    report = analyse(rx.preset(name))
    for measure, number in {"params": report.params, "macs": report.macs, "layers": report.depth}.items():
        assert MEASURES[measure].made(report, 1).working.split(";")[0].endswith(f" = {number:,}")
    assert f"= {report.field_px:,} px" in formula.of_field(report).working
    for stage in report.stages:
        assert formula.of_layers(stage.layers, "params").working.endswith(f"{stage.params:,}")
        assert formula.of_layers(stage.layers, "macs").working.endswith(f"{stage.macs:,}")


def test_the_formula_of_a_stage() -> None:
    stage = analyse(rx.preset("resnet18")).stages[1]
    assert (
        formula.of_layers(stage.layers, "params").working == "4 × (9 · 64 · 64 = 36,864) + 4 × (2 · 64 = 128) = 147,968"
    )
