"""The table of all nets, and the published numbers in it against the reference files."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis import catalogue, origins
from resnet_explorer.analysis.published import PROTOCOLS, RESULTS, VARIANTS, result
from resnet_explorer.spec import PRESETS

REFERENCE = Path(__file__).parents[1] / "reference"
ENTRIES = catalogue.catalogue()


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_preset_has_its_row_and_its_counts() -> None:
    assert [entry.preset.name for entry in ENTRIES] == list(PRESETS.names)
    for entry in ENTRIES:
        report = rx.analyse(entry.preset.spec)
        assert (entry.numbers["params"], entry.numbers["macs"]) == (report.params, report.macs)
        assert entry.numbers["layers"] == report.depth
        assert entry.origin.arxiv
        assert 2014 <= entry.origin.year <= 2026


@pytest.mark.parametrize("row", rows("counts.csv"), ids=lambda row: row["model"])
def test_accuracies_of_torchvision(row: dict[str, str]) -> None:
    for protocol, column in (("tv_v1", "acc1_v1"), ("tv_v2", "acc1_v2")):
        found = result(row["model"], protocol)
        assert (found is None) == (not row[column])
        if found:
            assert found.value == float(row[column])


@pytest.mark.parametrize(
    ("name", "v1", "v2"),
    [
        ("resnext101_32x8d", 79.312, 82.834),
        ("resnext101_64x4d", None, 83.246),
        ("wide_resnet101_2", 78.848, 82.510),
        ("vgg11_bn", 70.370, None),
        ("vgg13_bn", 71.586, None),
    ],
)
def test_accuracies_of_its_other_weights(name: str, v1: float | None, v2: float | None) -> None:
    """acc@1 of the weights' metadata; the only weights of 64x4d are named V1 and trained by a newer recipe."""
    found = [result(name, protocol) for protocol in ("tv_v1", "tv_v2")]
    assert [each and each.value for each in found] == [v1, v2]


@pytest.mark.parametrize("row", rows("cifar.csv"), ids=lambda row: row["net"])
def test_errors_on_cifar(row: dict[str, str]) -> None:
    found = result(f"cifar_resnet{row['net']}", "cifar_error")
    assert found
    best, _, mean = row["paper_error_percent"].partition(" (mean ")
    assert found.value == float(mean.split()[0] if mean else best)
    assert best in found.where or not mean


def test_recipes_of_torchvisions_second_weights() -> None:
    """As `recipe` in the metadata of the weights: three for those named V2, one more for 64x4d."""
    recipes: dict[str, list[str]] = {}
    for each in RESULTS:
        if each.protocol == "tv_v2":
            recipes.setdefault(each.where.split("/")[-1], []).append(each.preset)
    assert recipes == {
        "3995#issuecomment-1013906621": ["resnet50"],
        "3995#new-recipe": ["resnet101", "resnet152", "resnext50_32x4d", "wide_resnet101_2"],
        "3995#new-recipe-with-fixres": ["resnext101_32x8d", "wide_resnet50_2"],
        "5935": ["resnext101_64x4d"],
    }


def test_errors_of_the_paper() -> None:
    printed = {(row["table"], row["net"]): float(row["top1_error_percent"]) for row in rows("paper_errors.csv")}
    names = {"resnet34": "ResNet-34 B", "vgg16": "VGG-16"}
    for each in RESULTS:
        if each.protocol == "paper_10crop":
            name = each.preset.removesuffix("_v1")
            kind, depth = name.rstrip("0123456789"), name.lstrip("abcdefghijklmnopqrstuvwxyz")
            net = names.get(name, f"{'ResNet' if kind == 'resnet' else kind}-{depth}")
            assert printed[each.where.split()[1].strip(","), net] == each.value
    assert {each.preset for each in VARIANTS} == {f"resnet{depth}" for depth in (18, 34, 50, 101, 152)}


def test_a_point_has_the_cost_of_the_net_that_was_measured() -> None:
    macs = {p.value: (p.title, p.cost) for p in catalogue.points(ENTRIES, PROTOCOLS["paper_10crop"], "macs")}
    assert macs[22.85] == ("ResNet-50 v1", 3_857_973_248)
    assert macs[27.88] == ("ResNet-18", rx.analyse(rx.preset("resnet18").having(shortcut="A")).macs)
    assert len(macs) == len({each.value for each in RESULTS if each.protocol == "paper_10crop"})


def test_published_numbers_belong_to_nets() -> None:
    assert {each.preset for each in RESULTS} <= set(PRESETS.names)
    assert all(each.protocol in PROTOCOLS and each.where for each in RESULTS)
    assert len({(each.preset, each.protocol) for each in RESULTS}) == len(RESULTS)


@pytest.mark.parametrize("metric", ["params", "macs", "activations"])
@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.name)
def test_the_frontier_is_what_nothing_beats(protocol: object, metric: str) -> None:
    points = catalogue.points(ENTRIES, protocol, metric)
    assert [point.cost for point in points] == sorted(point.cost for point in points)
    sign = -1 if protocol.error else 1
    for point in points:
        beaten = [
            other for other in points
            if other.cost <= point.cost and sign * other.value >= sign * point.value and other is not point
        ]  # fmt: skip
        assert point.best == (not beaten)
    best = [sign * point.value for point in points if point.best]
    assert best == sorted(best)


def test_depth_is_the_path_that_joins_a_family() -> None:
    def path(name: str) -> object:
        return catalogue.path(rx.preset(name))

    assert len({path(f"resnet{depth}") for depth in (18, 34, 50, 101, 152)}) == 1
    assert path("resnext50_32x4d") != path("resnet50") != path("wide_resnet50_2")
    assert path("plain34") != path("resnet34")
    assert path("cifar_resnet20") == path("cifar_resnet110") != path("resnet34")


def test_papers() -> None:
    found = {entry.preset.name: (entry.origin.year, entry.origin.arxiv) for entry in ENTRIES}
    assert found["resnet50"] == found["plain34"] == (2015, "1512.03385")
    assert found["resnext50_32x4d"] == (2016, "1611.05431")
    assert found["wide_resnet50_2"] == found["cifar_wrn28_10"] == (2016, "1605.07146")
    assert found["preresnet200"] == found["cifar_preresnet1001"] == (2016, "1603.05027")
    assert found["vgg16_bn"] == (2014, "1409.1556")


@pytest.mark.parametrize(
    ("name", "papers"),
    [
        ("resnet50", ["1512.03385"]),
        ("seresnet50", ["1512.03385", "1709.01507"]),
        ("cifar_highway20", ["1505.00387"]),
        ("preresnet200", ["1603.05027"]),
        ("resnet50d", ["1512.03385", "1812.01187"]),
        ("seresnext50_32x4d", ["1512.03385", "1709.01507", "1611.05431"]),
        ("wide_resnet50_2", ["1512.03385", "1605.07146"]),
    ],
)
def test_papers_of_a_block(name: str, papers: list[str]) -> None:
    assert [paper.arxiv for paper in origins.of_block(rx.preset(name))] == papers


def test_a_block_that_no_named_net_has_is_of_its_paper_too() -> None:
    spec = rx.from_query("net=resnet18&block=relu_before_add")
    assert [paper.arxiv for paper in origins.of_block(spec)] == ["1603.05027"]
    assert origins.origin(spec).arxiv == "1603.05027"


def test_words_filter() -> None:
    assert [entry.preset.name for entry in catalogue.matching(ENTRIES, "resnext-50 2016")] == ["resnext50_32x4d"]
    assert catalogue.matching(ENTRIES, "") == ENTRIES
    assert catalogue.matching(ENTRIES, "zzz") == ()


def test_costs_are_those_of_the_image_that_the_protocol_shows() -> None:
    points = {each.title: each.cost for each in catalogue.points(ENTRIES, PROTOCOLS["paper_320"], "macs")}
    spec = rx.preset("preresnet200")
    assert points["PreResNet-200"] == rx.analyse(replace(spec, image=320)).macs > rx.analyse(spec).macs


def test_every_accuracy_names_the_paper_in_which_it_stands() -> None:
    results = [found for entry in ENTRIES for found in entry.results.values()]
    assert {found.place for found in results if found.preset.startswith("cifar_pre")} == {
        "He et al. 2016, Table 3 of arXiv:1603.05027, median of five"
    }
    for found in results:
        assert found.place.count("arXiv") <= 1
        assert not found.link.startswith("https://arxiv.org") or found.link.rpartition("/")[2] in found.place


def test_the_frame_keeps_protocols_apart() -> None:
    frame = catalogue.frame(ENTRIES).set_index("name")
    row = frame.loc["resnet50"]
    assert (row["tv_v1"], row["tv_v2"]) == (76.13, 80.858)
    assert frame["paper_10crop"].isna()["resnet50"]
    assert frame.loc["resnet50_v1"]["paper_10crop"] == 22.85
    assert "Table 3" in frame.loc["resnet50_v1"]["published"]
    assert frame["tv_v2"].isna()["resnet18"]
