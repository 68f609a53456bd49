"""Which net has a number of parameters: found exactly, or the nearest with what differs."""

import dataclasses

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis.ledger import under
from resnet_explorer.analysis.lookup import CHANNELS, CLASSES, lookup, number_in
from resnet_explorer.analysis.parameters import PARAMETERS


@pytest.mark.parametrize(
    ("number", "net", "changes", "convention"),
    [
        (11_173_962, "resnet18", {"CIFAR stem", "10 classes"}, "learned"),
        (25_557_032, "resnet50", set(), "learned"),
        (25_636_712, "resnet50", set(), "keras"),
        (23_508_032, "resnet50", set(), "backbone"),
        (11_683_240, "resnet18", {"1 channel"}, "learned"),
        (21_289_802, "resnet34", {"10 classes"}, "learned"),
        (269_722, "cifar_resnet20", set(), "learned"),
        (138_357_544, "vgg16", set(), "learned"),
    ],
)
def test_a_number_names_its_net(number: int, net: str, changes: set[str], convention: str) -> None:
    found = lookup(number)
    assert (net, changes, convention) in [(each.preset, set(each.changes), each.convention) for each in found]
    assert all(each.more == 0 for each in found)


@pytest.mark.parametrize("number", [11_173_962, 11_173_963, 5, 10**12, 128_807_306, 42_000_000])
def test_every_answer_is_what_the_net_has(number: int) -> None:
    for each in lookup(number):
        lines = {line.convention.name: line.total for line in under(rx.analyse(each.spec), PARAMETERS)}
        assert lines[each.convention] == each.total == number + each.more


def test_of_no_net_the_nearest_are_told_with_what_they_have_more() -> None:
    first, *others = lookup(11_173_963)
    assert (first.preset, first.more) == ("resnet18", -1)
    assert [abs(each.more) for each in (first, *others)] == sorted(abs(each.more) for each in (first, *others))


@pytest.mark.parametrize("classes", [1, 2, 10, 100, 1000])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_nets_of_the_usual_numbers_of_classes_and_channels_are_found(classes: int, channels: int) -> None:
    net = dataclasses.replace(rx.preset("resnet50"), classes=classes, in_channels=channels)
    assert net in [each.spec for each in lookup(rx.analyse(net).params)]


def test_no_more_numbers_than_these_are_tried() -> None:
    assert (sorted(CLASSES), sorted(CHANNELS)) == ([1, 2, 10, 100, 1000], [1, 3, 4])


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("11173962", 11_173_962), (" 11,173,962 parameters ", 11_173_962), ("1_000 Parameter", 1000),
        ("25 557 032", 25_557_032),
        ("9" * 40, 10**40 - 1), ("9" * 41, None), ("", None), ("parameters", None), ("-5", None),
        ("٣", None), ("11.173.962", 11_173_962), ("11.17", None), ("11.173", None), ("M", None), ("11.2 Mo", None),
    ],
)  # fmt: skip
def test_a_number_is_read_where_it_is_all_that_is_said(words: str, number: int | None) -> None:
    assert number_in(words) == (None if number is None else (number, 0))


@pytest.mark.parametrize(
    ("words", "number", "within"),
    [
        ("25.6M parameters", 25_600_000, 50_000), ("25.6 million", 25_600_000, 50_000), ("25,6 M", 25_600_000, 50_000),
        ("25.56 Million params", 25_560_000, 5_000), ("270k", 270_000, 500), ("1.5b", 1_500_000_000, 50_000_000),
        ("1,024k", 1_024_000, 500), ("0.27m", 270_000, 5_000), ("11.173962M", 11_173_962, 0),
        ("1.23456k", 1_234, 0),
    ],
)  # fmt: skip
def test_a_rounded_number_is_read_with_what_it_may_stand_for(words: str, number: int, within: int) -> None:
    assert number_in(words) == (number, within)


def test_nets_of_a_rounded_number_are_found_those_with_the_fewest_changes_first() -> None:
    assert {each.preset for each in lookup(25_600_000, within=50_000)} >= {"resnet50", "resnet50_v1"}
    assert all(abs(each.more) <= 50_000 and not each.changes for each in lookup(25_600_000, within=50_000))
    assert rx.search("25.6M parameters") == rx.search("25.6 million")
    assert "resnet50" in rx.search("25.6M")
    assert rx.search("11.173.962") == rx.search("11,173,962")
