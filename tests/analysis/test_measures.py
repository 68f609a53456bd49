"""A measure is one record: what it reads, how it is written and made; pages and commands hold lists of names."""

import dataclasses
import math

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis import formula
from resnet_explorer.analysis.catalogue import SHOWN
from resnet_explorer.analysis.measures import COMPARED, MEASURES
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.diagrams import MEASURE_TRACKS, facts
from resnet_explorer.registry import Registry
from resnet_explorer.ui.pages.explore.headline import HEADLINES
from resnet_explorer.ui.pages.progression.stations import COUNTED, TABLED

RESNET18 = {
    "params": (11_689_512, "11.7 M"),
    "macs": (1_814_073_344, "1.81 G"),
    "activations": (2_483_712, "2.48 M"),
    "layers": (18, "18"),
    "blocks": (8, "8"),
    "field_px": (435, "435 px"),
}


def test_each_measure_of_a_known_net_as_it_is_written() -> None:
    report = rx.analyse(rx.preset("resnet18"))
    numbers = {name: MEASURES[name].of(report, 1) for name in RESNET18}
    assert {name: (number, MEASURES[name].text(number)) for name, number in numbers.items()} == RESNET18


@pytest.mark.parametrize("name", ["resnet18", "cifar_wrn28_10", "vgg16", "plain34"])
@pytest.mark.parametrize("measure", MEASURES.names)
def test_each_working_gives_the_number_that_is_read(name: str, measure: str) -> None:
    report, each = rx.analyse(rx.preset(name)), MEASURES[measure]
    number = f"{each.of(report, 4):,}"
    assert (each.made(report, 4).value, str(each.made(report, 4))) == (each.of(report, 4), number)
    if measure == "blocks" and not report.blocks:
        assert each.made(report, 4).working == "This net has no blocks: 0"
    else:
        made = each.made(report, 4).working.split(";")[0]
        assert made.removesuffix(" px").removesuffix(" B").endswith(f" = {number}")


@pytest.mark.parametrize("name", ["resnet18", "vgg16", "resnext50_32x4d"])
def test_the_factors_of_a_layer_make_its_count(name: str) -> None:
    report = rx.analyse(rx.preset(name))
    for layer in report.layers:
        for metric in METRICS.names:
            terms, _, number = formula.working(layer, metric).replace(",", "").partition(" = ")
            made = sum(math.prod(map(int, term.split(" · "))) for term in terms.split(" + ") if term)
            assert made == int(number or 0) == layer.count(metric)


def test_training_memory_is_of_the_batch_that_is_asked_for() -> None:
    report, memory = rx.analyse(rx.preset("resnet18")), MEASURES["training_memory"]
    one, two, three = (memory.of(report, batch) for batch in (1, 2, 3))
    assert three - two == two - one > 0
    assert memory.made(report, 2).working != memory.made(report, 3).working


def test_lists_hold_the_measures_themselves() -> None:
    assert [each.name for each in COMPARED] == [
        "params",
        "macs",
        "activations",
        "layers",
        "field_px",
        "training_memory",
    ], "the fields of `compare --json`"
    assert SHOWN == ("params", "macs", "activations", "layers", "field_px")
    for each in (*COMPARED, *HEADLINES, *COUNTED, *TABLED, *(track.measure for track in MEASURE_TRACKS)):
        assert each is MEASURES[each.name]
    assert MEASURE_TRACKS["field"].unit == " px"
    assert not any(MEASURE_TRACKS[name].unit for name in METRICS.names)


def test_what_has_no_brief_says_its_convention() -> None:
    assert MEASURES["blocks"].meaning == "Blocks of all stages."
    assert MEASURES["params"].meaning == METRICS["params"].brief
    assert (MEASURES["layers"].column, MEASURES["macs"].column) == ("layers", "MACs")


def test_hover_tells_of_a_metric_that_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    added = dataclasses.replace(METRICS["activations"], title="values written")
    for module in (facts, formula):
        monkeypatch.setattr(module, "METRICS", Registry("metric", (METRICS["macs"], METRICS["params"], added)))
    first = rx.analyse(rx.preset("resnet18")).layers[0]
    _, rows = facts.operation_fact(first)
    assert rows[-1] == ("values written", "64 · 112 · 112 = 802,816")
