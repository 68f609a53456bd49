"""The way from VGG to ResNet: its numbers are those that the papers and facts state."""

import itertools

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis.progression import STATIONS, before, results
from resnet_explorer.spec import named

REPORTS = {station.name: rx.analyse(station.spec) for station in STATIONS}


def test_each_step_changes_the_net() -> None:
    for one, other in itertools.pairwise(STATIONS):
        assert one.spec != other.spec
    assert all(station.changed.endswith(".") and station.why.endswith(".") and station.source for station in STATIONS)


@pytest.mark.parametrize("station", STATIONS, ids=lambda station: station.name)
def test_a_station_that_is_a_named_net_carries_its_name(station: object) -> None:
    preset = named(station.spec)
    assert preset is None or preset.title.split()[0] == station.title.split()[0].rstrip(",")


def test_the_famous_numbers_of_the_way() -> None:
    assert f"{100 * REPORTS['plain34'].macs / REPORTS['vgg19'].macs:.1f}" == "18.6"
    assert REPORTS["shortcuts"].params == REPORTS["plain34"].params == 21_623_848
    assert REPORTS["projections"].params - REPORTS["shortcuts"].params == 173_824
    assert REPORTS["bottleneck"].params == REPORTS["stride"].params
    assert REPORTS["bottleneck"].macs == 3_857_973_248


def test_published_numbers_keep_to_the_form_they_are_of() -> None:
    found = {station.name: {each.protocol: each.value for each in results(station)} for station in STATIONS}
    assert found == {
        "vgg19": {"tv_v1": 72.376},
        "plain34": {"paper_10crop": 28.54},
        "shortcuts": {"paper_10crop": 25.03},
        "projections": {"tv_v1": 73.314, "paper_10crop": 24.52},
        "bottleneck": {"paper_10crop": 22.85},
        "stride": {"tv_v1": 76.13, "tv_v2": 80.858},
        "groups": {"tv_v1": 77.618, "tv_v2": 81.198},
        "preactivation": {},
    }


def test_pre_activation_is_a_change_of_resnet50_that_was_measured_on_other_nets() -> None:
    station = STATIONS["preactivation"]
    old = before(station)
    assert old == STATIONS["stride"]
    assert REPORTS["preactivation"].macs == REPORTS["stride"].macs
    assert REPORTS["stride"].params - REPORTS["preactivation"].params == 7_680  # BatchNorms of other widths
    assert {each.title: (each.before, each.after) for each in station.elsewhere} == {
        "ResNet-152": (21.3, 21.1),
        "ResNet-200": (21.8, 20.7),
        "ResNet-110": (6.61, 6.37),
        "ResNet-164": (5.93, 5.46),
        "ResNet-1001": (7.61, 4.92),
    }
    assert all("arXiv:1603.05027" in each.where for each in station.elsewhere)
    assert before(STATIONS["vgg19"]) is None
