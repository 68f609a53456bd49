"""What a link with thousands of blocks costs: equal blocks are looked at once where the answer allows it."""

import dataclasses
import itertools

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis import report as counting
from resnet_explorer.diagrams import axis, columns
from resnet_explorer.spec.families import resnet

LARGEST = "block=bottleneck&blocks=500,500,500,500&attention=se&shortcut=C&downsample=blur&norm=group&stem=deep"


def test_the_least_image_of_thousands_of_blocks_is_that_of_two_a_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    whole = resnet._graph
    monkeypatch.setattr(
        resnet, "_graph", lambda options, *rest: asked.append(sum(options.blocks)) or whole(options, *rest)
    )
    resnet._least_image.cache_clear()
    assert resnet._least_image(rx.from_query(LARGEST).options) == resnet._least_image.__wrapped__(
        rx.from_query(LARGEST.replace("500", "3")).options
    )
    assert max(asked) == 8


@pytest.mark.parametrize(
    "query",
    [
        "&".join(each)
        for each in itertools.product(
            ("block=basic", "block=preact_bottleneck", "block=bottleneck&stride=v1"),
            ("norm=group", "downsample=blur&norm=batch", "norm=group&downsample=blur&last_stride=1"),
            ("stem=cifar", "output_stride=16"),
        )
        if not ("last_stride" in each[1] and "output_stride" in each[2])
    ],
)
def test_the_least_image_is_the_same_with_more_blocks(query: str) -> None:
    options = rx.from_query(f"{query}&blocks=3,4,4,3&image=224&residual=1").options
    graph = resnet._graph(options, 1, 3)
    sides = (1, *(1 + (1 << halved) for halved in range(10)))
    assert resnet._least_image(options) == next(side for side in sides if not resnet._alone(graph, side))


def test_the_axis_and_its_workings_look_at_all_blocks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    report = rx.analyse("cifar_resnet110")
    looked: list[int] = []
    pieces = columns._pieces
    monkeypatch.setattr(columns, "_pieces", lambda layers: looked.append(len(layers)) or pieces(layers))
    axis(report)
    assert looked == [len(report.layers)]


def test_a_report_needs_no_second_description_for_its_workings() -> None:
    report = rx.analyse("resnet18")
    assert isinstance(report, counting.Report)
    assert report.graph == report.spec.graph
    lone = dataclasses.replace(report, spec=type("Spec", (), {"input_shape": report.spec.input_shape})())
    assert lone.training_memory(2) == report.training_memory(2)
