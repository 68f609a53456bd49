"""What is said of the times of two nets: where one sentence ends and another begins."""

from __future__ import annotations

import re

import pytest

from resnet_explorer.spec import PRESETS
from resnet_explorer.tasks.time_block import Times
from resnet_explorer.tasks.time_nets import NetsConfig, Timing
from resnet_explorer.ui.pages.cost import latency
from resnet_explorer.ui.view import cached

CONFIG = NetsConfig(net=PRESETS["resnet50"].spec, other=PRESETS["resnet18"].spec)
A, B = cached.report(CONFIG.net), cached.report(CONFIG.other)
MACS, ACTIVATIONS = B.macs / A.macs, B.activations / A.activations


def timing(*nets: tuple[float, ...]) -> Timing:
    first, second = (Times(each) for each in nets)
    return Timing(nets=(first, second), flops=1e11, bandwidth=2e10, device="CPU (test)")


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ((1, 2, 3, 4, 5), (4, 5, 6, 7, 8), False),  # 2 to 4, 5 to 7
        ((1, 2, 3, 4, 5), (3, 4, 5, 6, 7), True),  # 2 to 4, 4 to 6: one number in both
        ((3, 4, 5, 6, 7), (1, 2, 3, 4, 5), True),
        ((4, 5, 6, 7, 8), (1, 2, 3, 4, 5), False),
        ((1, 2, 3, 4, 5), (3, 3, 3, 3, 3), True),
    ],
)
def test_quartiles_that_touch_tell_no_nets_apart(
    first: tuple[float, ...], second: tuple[float, ...], *, alike: bool
) -> None:
    assert ("does not tell them apart" in latency._why(timing(first, second), CONFIG, (1.0, 1.0))) is alike


@pytest.mark.parametrize(
    ("took", "floor", "words"),
    [
        (MACS * 1.09, 0.3, "MACs predict the ratio to within 10 %"),
        (MACS / 1.09, 0.3, "MACs predict the ratio to within 10 %"),
        (MACS * 1.11, 9.0, "MACs come nearest of the three, and are still off by"),
        (MACS * 0.89, 9.0, "MACs come nearest of the three, and are still off by"),
        (ACTIVATIONS, 9.0, "; activations come nearer**"),
        (0.8, 0.8, "; the roofline comes nearer**"),
    ],
)
def test_what_comes_nearest_to_the_measured_ratio_is_named(took: float, floor: float, words: str) -> None:
    assert words in latency._why(timing((1.0,) * 5, (took,) * 5), CONFIG, (1.0, floor))


def test_nets_of_as_many_macs_that_take_as_long_are_said_to() -> None:
    config = NetsConfig(net=PRESETS["cifar_resnet20"].spec, other=PRESETS["cifar_plain20"].spec)
    said = re.sub(r"<[^>]*>", "", latency._why(timing((1.0,) * 5, (1.001,) * 5), config, (1.0, 1.0)))
    assert "has **about** the MACs of" in said
    assert "took **about** as long" in said


@pytest.mark.parametrize(
    ("floor", "beaten"), [((1.0, 2.0), False), ((1.01, 2.0), True), ((1.0, 2.01), True), ((9.0, 9.0), True)]
)
def test_a_median_below_its_roofline_is_explained_where_there_is_one(
    floor: tuple[float, float], *, beaten: bool
) -> None:
    assert bool(latency._beaten(timing((1.0,) * 5, (2.0,) * 5), floor)) is beaten
