"""Every count of the reference tables that the package's nets have, exactly."""

import csv
from pathlib import Path

import pytest

import resnet_explorer as rx

REFERENCE = Path(__file__).parents[1] / "reference"


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows("counts.csv"), ids=lambda row: row["model"])
def test_torchvision_nets(row: dict[str, str]) -> None:
    report = rx.analyse(rx.preset(row["model"]))
    assert report.params == int(row["params"])
    assert report.macs == int(row["macs_conv_fc"])
    assert report.activations == int(row["conv_activations"])


TORCHVISION = "torchvision 0.29: num_params and GFLOPS (multiply-adds, to a thousandth) of its weights"
TIMM = "timm 1.0: counted on its nets, multiply-adds of convolutions and fc"
PRERESNET = "arXiv:1603.05027: 1.7 M, and 10.2 M without BatchNorm; exactly as pytorchcv 0.0.74"
PUBLISHED = [
    ("resnext101_32x8d", 88_791_336, "16.414", TORCHVISION),
    ("resnext101_64x4d", 83_455_272, "15.460", TORCHVISION),
    ("wide_resnet101_2", 126_886_696, "22.753", TORCHVISION),
    ("resnet26", 15_995_176, "2.342", TIMM),
    ("resnet200", 64_673_832, "15.007", TIMM),
    ("seresnet18", 11_779_624, "1.814", TIMM),
    ("seresnet34", 21_960_416, "3.664", TIMM),
    ("seresnet50", 28_088_024, "4.092", TIMM),
    ("seresnet101", 49_326_872, "7.806", TIMM),
    ("seresnet152", 66_821_848, "11.520", TIMM),
    ("seresnext50_32x4d", 27_559_896, "4.233", TIMM),
    ("resnet50c", 25_576_264, "4.329", TIMM),
    ("resnet101c", 44_568_392, "8.041", TIMM),
    ("resnet152c", 60_212_040, "11.753", TIMM),
    ("resnet18d", 11_708_744, "2.054", TIMM),
    ("resnet26d", 16_014_408, "2.582", TIMM),
    ("resnet34d", 21_816_904, "3.903", TIMM),
    ("resnet50d", 25_576_264, "4.329", TIMM),
    ("resnet101d", 44_568_392, "8.041", TIMM),
    ("resnet152d", 60_212_040, "11.753", TIMM),
    ("resnet200d", 64_693_064, "15.247", TIMM),
    ("resnet50_gn", 25_557_032, "4.089", TIMM),
    ("ecaresnet50d", 25_576_350, "4.329", TIMM),
    ("resnetblur50", 25_557_032, "5.133", TIMM),
    ("cifar_preresnet164", 1_703_258, "", PRERESNET),
    ("cifar_preresnet1001", 10_327_706, "", PRERESNET),
    ("cifar_wrn28_10", 36_479_194, "", "arXiv:1605.07146, Table 4: 36.5 M"),
    ("cifar_resnet1202", 19_421_274, "", "Table 6 of arXiv:1512.03385: 19.4 M"),
]


@pytest.mark.parametrize(("name", "params", "gmacs", "source"), PUBLISHED, ids=[row[0] for row in PUBLISHED])
def test_other_published_counts(name: str, params: int, gmacs: str, source: str) -> None:
    report = rx.analyse(rx.preset(name))
    assert report.params == params, source
    assert not gmacs or f"{report.macs / 1e9:.3f}" == gmacs, source


def test_a_paper_prints_1001_layers_without_batchnorm() -> None:
    """10.2 M in arXiv:1603.05027, where arXiv:1512.03385 counts BatchNorm's parameters for 1202 layers: 19.4 M."""
    printed = {"cifar_preresnet1001": ("bn", "10.2"), "cifar_resnet1202": ("", "19.4")}
    for name, (left_out, millions) in printed.items():
        counted = sum(layer.params for layer in rx.analyse(rx.preset(name)).layers if layer.op != left_out)
        assert f"{counted / 1e6:.1f}" == millions


def test_preactivation_costs_no_weights() -> None:
    """The same convolutions; only BatchNorm's places differ, and projections have none."""
    before, after = rx.analyse(rx.preset("preresnet200")), rx.analyse(rx.preset("resnet200"))
    assert before.macs == after.macs
    assert after.params - before.params == 2 * (256 + 512 + 1024 + 2048) + 2 * (64 + 2048) - 2 * 2048 - 128
    assert rx.analyse(rx.preset("cifar_preresnet110").having(shortcut="B")).params == 1_730_522


@pytest.mark.parametrize("row", rows("cifar.csv"), ids=lambda row: row["net"])
def test_cifar_nets(row: dict[str, str]) -> None:
    residual = rx.preset(f"cifar_resnet{row['net']}")
    plain = rx.preset(f"cifar_plain{row['net']}")
    assert rx.analyse(residual).params == rx.analyse(plain).params == int(row["params_A_or_plain"])
    assert rx.analyse(residual).macs == rx.analyse(plain).macs == int(row["macs_A"])
    assert rx.analyse(residual.having(shortcut="B")).params == int(row["params_B"])


@pytest.mark.parametrize("option", ["A", "B", "C", "plain"])
@pytest.mark.parametrize("row", rows("shortcut_options.csv"), ids=lambda row: row["net"])
def test_shortcut_options(row: dict[str, str], option: str) -> None:
    depth, *version = row["net"].split()
    spec = rx.preset(f"resnet{depth}")
    if version:
        spec = spec.having(stride=version[0])
    spec = spec.having(residual=False) if option == "plain" else spec.having(shortcut=option)
    column = "A_or_plain" if option in {"A", "plain"} else option
    report = rx.analyse(spec)
    assert report.params == int(row[f"params_{column}"])
    assert report.macs == int(row[f"macs_{column}"])


@pytest.mark.parametrize("row", rows("stages.csv"), ids=lambda row: row["model"])
def test_stages(row: dict[str, str]) -> None:
    stages = rx.analyse(rx.preset(row["model"])).stages
    assert [stage.name for stage in stages] == ["stem", "conv2_x", "conv3_x", "conv4_x", "conv5_x", "head"]
    for stage in stages:
        assert (stage.params, stage.macs) == (int(row[f"{stage.name}_params"]), int(row[f"{stage.name}_macs"]))


@pytest.mark.parametrize(
    ("name", "changes", "field"),
    [
        ("resnet18", {}, 435), ("resnet34", {}, 899), ("resnet50", {"stride": "v1"}, 483), ("resnet50", {}, 427),
        ("resnet101", {"stride": "v1"}, 1027), ("resnet101", {}, 971), ("resnet152", {"stride": "v1"}, 1507),
        ("resnet152", {}, 1451), ("cifar_resnet20", {}, 81), ("cifar_resnet56", {}, 249), ("cifar_resnet110", {}, 501),
        ("vgg11", {}, 150), ("vgg13", {}, 156), ("vgg16", {}, 212), ("vgg19_bn", {}, 268),
    ],
)  # fmt: skip
def test_receptive_fields_along_the_longest_path(name: str, changes: dict[str, str], field: int) -> None:
    assert rx.analyse(rx.preset(name).having(**changes)).field_px == field
