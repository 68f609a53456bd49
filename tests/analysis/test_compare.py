"""Two nets compared: the causes add up to the difference exactly, and the structural difference accounts for it."""

import contextlib
import dataclasses
import itertools

import pytest
from hypothesis import given, settings

import resnet_explorer as rx
from resnet_explorer.analysis import structure
from resnet_explorer.analysis.compare import STEPS, compare
from resnet_explorer.analysis.measures import MEASURES
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.errors import ExplorerError
from resnet_explorer.options import Choice, Option, options_of
from resnet_explorer.spec import FAMILIES, PRESETS, NetSpec
from tests.legal import nets

SOME = ("resnet34", "plain34", "resnet50", "resnext50_32x4d", "cifar_resnet20", "demo_plain18")
PAIRS = sorted({*itertools.permutations(SOME, 2), *((name, "resnet50") for name in PRESETS.names)})


def holds(a: NetSpec, b: NetSpec) -> None:
    found = compare(a, b)
    for metric in METRICS:
        assert sum(cause.count(metric.name) for cause in found.causes) == found.difference(metric.name)
        assert found.difference(metric.name) == rx.analyse(b).count(metric.name) - rx.analyse(a).count(metric.name)
    assert bool(found.causes) == (a.bare != b.bare)
    if found.causes:
        assert found.causes[-1].spec == b.bare
        assert all(cause.change for cause in found.causes)
    changes = structure.changes(found.a, found.b)
    assert sum(change.params for change in changes) == found.difference("params")
    if a.image == b.image:
        same = {layer.path for layer in found.a.layers} - {change.layer.path for change in changes}
        before, after = ({x.path: x for x in report.layers} for report in (found.a, found.b))
        assert all(before[path].node.op == after[path].node.op for path in same)
        assert len(after) == len(before) + sum({"added": 1, "removed": -1}.get(c.kind, 0) for c in changes)
    assert sum(len(fold.changes) for fold in structure.folded(changes)) == len(changes)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_causes_add_up_between_named_nets(a: str, b: str) -> None:
    holds(rx.preset(a), rx.preset(b))


@given(nets(), nets())
@settings(max_examples=150)
def test_causes_add_up_between_any_two(a: NetSpec, b: NetSpec) -> None:
    holds(a, b)


def test_a_choice_that_makes_no_net_alone_goes_with_the_next() -> None:
    base = rx.preset("resnet50")
    found = compare(base.having(groups=4), base.having(width=63))
    assert [cause.name for cause in found.causes] == ["width+block"]


def test_the_order_and_the_names_of_the_causes() -> None:
    found = compare(rx.preset("cifar_plain20"), rx.preset("resnext50_32x4d").having(norm="none", stride="v1"))
    names = [cause.name for cause in found.causes]
    assert names == ["depth", "width", "block", "stride", "stem", "head", "shortcut", "norm", "image"]
    assert names[:-1] == [step.name for step in STEPS if step.name in names]


def test_the_width_of_the_stem_belongs_to_the_stem() -> None:
    found = compare(rx.preset("resnet50"), rx.preset("resnet50c").having(stem_width=128))
    assert [(cause.name, cause.change) for cause in found.causes] == [
        ("stem", "stem imagenet → deep, stem width 64 → 128")
    ]


def changed(a: NetSpec, b: NetSpec) -> list[tuple[str, str]]:
    holds(a, b)
    return [(cause.name, cause.change) for cause in compare(a, b).causes]


def test_the_inner_width_alone_is_a_change_of_width() -> None:
    base = rx.preset("resnet50")
    assert changed(base, rx.preset("wide_resnet50_2")) == [("width", "inner width of the first stage 64 → 128")]
    both = base.having(width=128, group_width=256)
    assert changed(base, both) == [("width", "width 64 → 128, inner width of the first stage 64 → 256")]
    grouped = rx.preset("resnext101_32x8d")
    assert changed(grouped, grouped.having(group_width=4)) == [("width", "width per group 8 → 4")]


def test_groups_and_their_width_belong_to_the_block() -> None:
    base, grouped = rx.preset("resnet50"), rx.preset("resnext50_32x4d")
    assert changed(base, grouped) == [("block", "groups 1 → 32, width per group 64 → 4")]
    assert changed(grouped, rx.preset("wide_resnet50_2")) == [("block", "groups 32 → 1, width per group 4 → 128")]
    words = "block basic → bottleneck, inner width of the first stage 64 → 128"
    assert changed(rx.preset("resnet34"), rx.preset("wide_resnet50_2")) == [("block", words)]


def others(each: Option) -> tuple[object, ...]:
    """Other values of an option, some of which make a net."""
    if isinstance(each.kind, Choice):
        return each.kind.names
    return False, True, 1, 2, 4, 8, 0.25, (1, 1), "layer1.0"


@pytest.mark.parametrize(
    ("family", "each"), [(family, each) for family in FAMILIES.names for each in options_of(FAMILIES[family].options)]
)
def test_no_cause_shows_the_name_of_a_field(family: str, each: Option) -> None:
    made = {"block": "bottleneck", "blocks": (1, 1, 2), "activation": "leaky"} if family == "resnet" else {}
    base = NetSpec(family=family, options=FAMILIES[family].options(**made), image=32)
    found = []
    for value in others(each):
        with contextlib.suppress(ExplorerError):
            found += compare(base, base.having(**{each.field: value})).causes
    assert found
    assert not any("_" in cause.title + cause.change for cause in found)


@pytest.mark.parametrize("family", FAMILIES.names)
def test_sizes_are_causes_in_every_family(family: str) -> None:
    base = NetSpec(family=family, options=FAMILIES[family].options())
    found = compare(base, dataclasses.replace(base, classes=7, image=(64, 96), in_channels=1))
    assert [cause.name for cause in found.causes] == ["head", "input", "image"]


def test_shortcuts_of_resnet_34() -> None:
    found = compare(rx.preset("plain34"), rx.preset("resnet34"))
    assert [(cause.name, cause.params, cause.macs) for cause in found.causes] == [("shortcut", 173_824, 19_267_584)]
    assert found.difference("layers") == 0
    kinds = [change.kind for change in structure.changes(found.a, found.b)]
    assert (kinds.count("added"), kinds.count("changed"), kinds.count("removed")) == (22, 16, 0)


def test_new_options_are_causes_of_their_own_and_say_nothing_of_what_was_not_there() -> None:
    base = rx.preset("resnet34")
    other = base.having(activation="leaky", slope=0.2, branch_scale="depth", zero_gamma=True)
    found = compare(base, other)
    assert [(cause.name, cause.change, cause.params) for cause in found.causes] == [
        ("activation", "activation relu → leaky, slope – → 0.2", 0),
        ("branch_scale", "branch scale none → depth", 16),
        ("init", "zero gamma 0 → 1", 0),
    ]
    there = compare(other, base.plain)
    assert [(cause.change, cause.params) for cause in there.causes] == [
        ("residual 1 → 0", -173_824 - 16),
        ("activation leaky → relu, slope 0.2 → –", 0),
    ]
    assert compare(other.plain, base.having(activation="leaky", slope=0.2).plain).causes == ()


def test_deeper_is_more_of_the_same() -> None:
    found = compare(rx.preset("resnet50"), rx.preset("resnet101"))
    changes = structure.changes(found.a, found.b)
    assert {change.kind for change in changes} == {"added"}
    assert {change.layer.node.block for change in changes} == {f"layer3.{n}" for n in range(6, 23)}
    rows = structure.folded(changes)
    assert [len(row.changes) for row in rows] == [17] * 10


def test_what_changed_is_said() -> None:
    found = compare(rx.preset("resnet50"), rx.preset("resnext50_32x4d"))
    words = {change.layer.path: change.words for change in structure.changes(found.a, found.b)}
    assert words["layer1.0.conv2"] == "in channels 64 → 128, out channels 64 → 128, groups 1 → 32"


@pytest.mark.parametrize("measure", MEASURES.names)
def test_the_difference_turns_with_the_nets(measure: str) -> None:
    there = compare(rx.preset("resnet34"), rx.preset("resnet50"))
    back = compare(rx.preset("resnet50"), rx.preset("resnet34"))
    assert there.difference(measure) == -back.difference(measure)


def test_a_family_that_wants_a_larger_image_brings_it_along() -> None:
    compared = compare(rx.preset("demo_plain18"), rx.preset("vgg16"))
    assert compared.b.params == 138_357_544
    for metric in ("params", "macs"):
        assert sum(cause.count(metric) for cause in compared.causes) == compared.difference(metric)


@pytest.mark.parametrize("name", ["cifar_highway20", "seresnet18", "ecaresnet50d"])
def test_convolutions_of_gates_are_not_on_the_main_path(name: str) -> None:
    causes = {cause.name: cause for cause in rx.compare(rx.preset("vgg11"), rx.preset(name)).causes}
    report = rx.analyse(rx.preset(name))
    main = sum(each.node.main for each in report.layers if each.op == "conv")
    assert causes["body"].change.startswith(f"8 in VGG-11 → {main} in ")
    assert main == report.depth - 1, "all but the classifier"
    gates = sum(layer.params for layer in report.layers if layer.node.gate)
    assert causes["gate"].params == gates > 0


def test_nets_of_two_families_differ_by_kinds_of_layers() -> None:
    found = compare(rx.preset("vgg16"), rx.preset("resnet34"))
    params = {cause.name: cause.params for cause in found.causes}
    assert params["fc"] == 513_000 - 123_642_856  # facts of both: fc layers
    assert params["norm"] == 2 * sum(layer.output_shape[0] for layer in found.b.layers if layer.op == "bn") - (
        2 * (128 + 256 + 512)  # those of the projections
    )
    assert params["shortcut"] == 173_824
    assert sum(params.values()) == found.difference("params")
    assert found.causes[0].change == "3 in VGG-16 → 1 in ResNet-34"
