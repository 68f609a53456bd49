"""Every reading takes nets that lack what a classifier of images has."""

import json
from functools import cache

import pytest

import resnet_explorer as rx
from resnet_explorer import diagrams, notebook
from resnet_explorer.analysis import Report, footprint, formula, roofline, shapes, structure, table
from resnet_explorer.analysis import ledger as counting
from resnet_explorer.analysis.compare import compare
from resnet_explorer.analysis.devices import ROOFLINE_DEVICES
from resnet_explorer.analysis.measures import MEASURES
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.commands.describe import _data, _text
from resnet_explorer.exports import EXPORTS
from resnet_explorer.spec.imports import ImportedNet
from tests.model.odd_nets import ODD


@cache
def net(name: str) -> ImportedNet:
    make, shape = ODD[name]
    return rx.from_module(make(), shape, name)


@cache
def report(name: str) -> Report:
    return rx.analyse(net(name))


def drawn(name: str) -> bool:
    return any(layer.weighted and layer.node.main for layer in report(name).layers)


every = pytest.mark.parametrize("name", ODD)


@every
def test_it_is_counted_and_its_workings_are_told(name: str) -> None:
    found = report(name)
    assert found.params == sum(each.numel() for each in ODD[name][0]().parameters())
    assert all(measure.made(found, 2).working for measure in MEASURES)
    assert all(shapes.of_stage(stage) for stage in found.stages)
    assert all(shapes.of_shape(layer) for layer in found.layers)
    assert all(formula.of_layer(found, layer, metric) for layer in found.layers for metric in METRICS.names)
    assert len(table.stage_rows(found)) == len(found.stages)
    assert len(found.to_frame()) == len(found.layers)
    assert json.dumps(_data(found))
    assert name in _text(found)


@every
def test_it_is_drawn_or_a_sentence_says_why_not(name: str) -> None:
    found = report(name)
    if not drawn(name):
        with pytest.raises(rx.ExplorerError, match="no fully connected layer to draw"):
            diagrams.axis(found)
    else:
        assert diagrams.axis(found, form=diagrams.WITH_NORMS).svg.startswith("<svg")
        assert diagrams.axis(found, folded=[stage.name for stage in found.stages]).alt
    for path in found.blocks:
        assert diagrams.block(found.block(path)).svg
        assert diagrams.abreast([found.block(path)], ["a"], 400)
    assert diagrams.dot(found, name).count("->") == sum(len(node.inputs) for node in found.graph)
    assert notebook.of_report(found)
    assert net(name)._repr_html_()


@every
@pytest.mark.parametrize("other", ["resnet18", "vgg11", "linear", "relu", "plain"])
def test_it_is_compared_both_ways(name: str, other: str) -> None:
    own = net(name)
    beside = net(other) if other in ODD else own.plain if other == "plain" else rx.preset(other)
    for a, b in ((own, beside), (beside, own)):
        found = compare(a, b)
        for metric in ("params", "macs"):
            assert sum(cause.count(metric) for cause in found.causes) == found.difference(metric)
        assert found._repr_html_()
        changes = structure.changes(rx.analyse(a), rx.analyse(b))
        assert sum(len(fold.changes) for fold in structure.folded(changes)) == len(changes)
        assert len(structure.frame(structure.folded(changes))) <= len(changes)


@every
def test_its_costs_are_told(name: str) -> None:
    found = report(name)
    assert counting.ledger(found)[0].total == found.macs
    assert rx.ledger(net(name))._repr_html_()
    assert rx.memory(net(name))._repr_html_()
    assert rx.cost(net(name)).field_px
    device = ROOFLINE_DEVICES["a100"]
    points = roofline.points(found, 1, 4, device.peak("fp32"), device.bandwidth)
    assert roofline.seconds(points) >= 0
    assert footprint.inference(found, 1, footprint.PRECISIONS["fp32"])


@every
def test_it_is_taken_away(name: str) -> None:
    for form in EXPORTS:
        if form.any_net and (drawn(name) or form.name not in {"svg", "html"}):
            assert rx.export(net(name), form.name)
        else:
            with pytest.raises(rx.ExplorerError):
                rx.export(net(name), form.name)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("classifier", "4: 10 outputs"),
        ("sum", "sum: 1, as it ran"),
        ("conv of a signal", "conv: 4 filters; side 14, no stride"),
        ("conv of a volume", "conv: 4 filters; side 4, no stride"),
        ("conv, stride 2", "conv: 8 filters; side, conv: 8 → 3, as it ran"),
        ("transposed", "conv: 8 filters; side, conv: 8 → 16, as it ran"),
        ("oblong image", "conv: 8 filters; side 8 × 10, no stride"),
    ],
)
def test_a_stage_says_the_size_of_what_it_ends_in(name: str, says: str) -> None:
    (stage,) = report(name).stages
    assert shapes.of_stage(stage) == says


@pytest.mark.parametrize("name", ["scale", "doubled", "squared", "relu"])
def test_what_goes_round_nothing_is_its_own_plain_counterpart(name: str) -> None:
    assert net(name).plain is net(name)
