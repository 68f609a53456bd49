"""The ledger: every convention to the last unit, fvcore's against fvcore on the real module."""

import csv
import dataclasses
from pathlib import Path

import pytest
import torch
from fvcore.nn import FlopCountAnalysis

import resnet_explorer as rx
from resnet_explorer.analysis.ledger import CONVENTIONS, ledger
from resnet_explorer.analysis.printed import PRINTED
from resnet_explorer.spec import PRESETS, NetSpec

REFERENCE = Path(__file__).parents[1] / "reference"
with (REFERENCE / "counts.csv").open(encoding="utf-8", newline="") as file:
    COUNTED = [row for row in csv.DictReader(file) if row["fvcore_eval_total"]]
with (REFERENCE / "counters.csv").open() as file:
    TOOLS = {row.pop("preset"): {tool: int(number) for tool, number in row.items()} for row in csv.DictReader(file)}


def totals(spec: NetSpec) -> dict[str, int]:
    return {line.convention.name: line.total for line in ledger(rx.analyse(spec))}


def test_resnet_50_under_every_convention() -> None:
    """Those of thop, torchinfo, ptflops and calflops were obtained by running them (see `analysis.counters`)."""
    assert totals(rx.preset("resnet50")) == {
        "macs": 4_089_184_256,
        "paper": 3_857_973_248,
        "ptflops": 4_089_185_256,
        "torchinfo": 4_089_238_376,
        "fvcore_eval": 4_111_512_576,
        "ptflops_default": 4_132_436_968,
        "thop": 4_133_742_592,
        "fvcore_train": 4_144_854_528,
        "flops": 8_178_368_512,
        "calflops": 8_211_108_352,
    }


@pytest.mark.parametrize("name", PRESETS.names)
def test_tools_give_what_the_ledger_says_of_them(name: str) -> None:
    """Written by scripts/count_with_tools.py, which runs each tool on the real modules."""
    row = TOOLS[name]
    found = totals(rx.preset(name))
    assert {tool: found[tool] for tool in row} == row
    assert len(row) == 6


def test_biases_of_convolutions_without_batchnorm() -> None:
    found = totals(rx.preset("resnet18").having(norm="none"))
    assert found["ptflops"] - found["macs"] == found["torchinfo"] - found["macs"] == 2_484_712
    assert found["thop"] - found["macs"] == 25_600


@pytest.mark.parametrize(
    ("name", "thop", "shortcuts"),
    [("resnet50d", 4_376_945_664, 256 * 28**2 + 512 * 14**2 + 1024 * 7**2), ("resnet50c", None, 0)],
)
def test_thop_counts_the_averages_on_shortcuts(name: str, thop: int | None, shortcuts: int) -> None:
    """The total was obtained by running thop 0.1.1 on timm's own net."""
    line = next(line for line in ledger(rx.analyse(rx.preset(name))) if line.convention.name == "thop")
    assert sum(term.number for term in line.terms if "on shortcuts" in term.what) == shortcuts
    assert thop in {line.total, None}


def test_squeezes_are_named_with_what_timms_own_net_gives() -> None:
    """What the tools give of the seresnet50 of timm 1.0, whose squeezes are means: obtained by running them on it."""
    lines = {line.convention.name: line for line in ledger(rx.analyse(rx.preset("seresnet50")))}
    places = 3 * 256 * 56**2 + 4 * 512 * 28**2 + 6 * 1024 * 14**2 + 3 * 2048 * 7**2
    means = 3 * 256 + 4 * 512 + 6 * 1024 + 3 * 2048
    for name, squeezes, theirs in (
        ("fvcore_eval", places, "4,114,027,520"),
        ("ptflops_default", 2 * places, "4,134,969,848"),
        ("thop", places + means, "4,136,257,536"),
        ("calflops", places, "8,216,155,232"),
    ):
        line = lines[name]
        assert [term.number for term in line.terms if "squeezes" in term.what] == [squeezes]
        assert theirs in line.note
        assert f"{line.total - squeezes:,}" == theirs
    noted = {"fvcore_eval", "fvcore_train", "ptflops_default", "thop", "calflops"}
    assert {name for name, line in lines.items() if line.note} == noted


def test_lines_without_squeezes_say_nothing_of_them() -> None:
    for line in ledger(rx.analyse(rx.preset("resnet50d"))):
        assert line.note == ""
        assert not any("squeeze" in term.what for term in line.terms)


@pytest.mark.parametrize("row", COUNTED, ids=lambda row: row["model"])
def test_fvcores_totals_of_the_reference(row: dict[str, str]) -> None:
    assert totals(rx.preset(row["model"]))["fvcore_eval"] == int(row["fvcore_eval_total"])


def quick() -> list[str]:
    """One net of each kind of description: equal ones but for their depth are the same to a counter."""
    found: dict[object, str] = {}
    for preset in PRESETS:
        options = preset.spec.options
        kept = [
            getattr(options, field.name)
            for field in dataclasses.fields(options)
            if field.name not in {"blocks", "convs"}
        ]
        found.setdefault((preset.spec.family, *kept), preset.name)
    return list(found.values())


@pytest.mark.parametrize("train", [False, True], ids=["eval", "train"])
@pytest.mark.parametrize("name", quick())
def test_fvcore_counts_what_the_ledger_says(name: str, train: bool) -> None:  # noqa: FBT001
    spec = dataclasses.replace(PRESETS[name].spec, image=min(64, PRESETS[name].spec.image))
    analysis = FlopCountAnalysis(rx.build(spec, init=None).train(train), torch.zeros(2, *spec.input_shape))
    analysis.unsupported_ops_warnings(enabled=False).uncalled_modules_warnings(enabled=False)
    assert analysis.total() == 2 * totals(spec)["fvcore_train" if train else "fvcore_eval"]


def test_scales_of_branches_and_leaky_relus_count_as_the_tools_count_them() -> None:
    """Those of torchinfo, ptflops, calflops were obtained by running them; thop counts a leaky ReLU as nothing."""
    spec = rx.from_query(
        "blocks=2,2&width=8&stem=cifar&image=16&classes=4&activation=leaky&slope=0.2&branch_scale=zero"
    )
    analysis = FlopCountAnalysis(rx.build(spec, seed=0).eval(), torch.zeros(1, 3, 16, 16))
    analysis.unsupported_ops_warnings(enabled=False).uncalled_modules_warnings(enabled=False)
    assert totals(spec) == {
        "macs": 1_169_472,
        "ptflops": 1_169_476,
        "torchinfo": 1_169_720,
        "fvcore_eval": analysis.total(),
        "thop": 1_231_952,
        "fvcore_train": 1_247_296,
        "flops": 2_338_944,
        "calflops": 2_385_024,
        "ptflops_default": 1_216_580,
    }


@pytest.mark.parametrize("name", PRESETS.names)
def test_every_line_is_the_sum_of_its_terms(name: str) -> None:
    report = rx.analyse(rx.preset(name))
    lines = ledger(report)
    assert lines[0].total == report.macs
    assert ("paper" in {line.convention.name for line in lines}) == (name in PRINTED)
    for line in lines:
        assert line.terms[0].number == report.macs
        assert all(term.number and term.what for term in line.terms)
        assert line.convention.name in CONVENTIONS


@pytest.mark.parametrize("name", list(PRINTED))
def test_what_the_paper_prints_is_what_it_counts(name: str) -> None:
    """3.858 was cut off, all others are rounded."""
    total = totals(rx.preset(name))["paper"] / 1e9
    assert float(PRINTED[name].text) in {round(total, 1), int(10 * total) / 10}
    line = next(line for line in ledger(rx.analyse(rx.preset(name))) if line.convention.name == "paper")
    assert ("cut off" in line.note) == (name in {"resnet50", "resnet50_v1"})
    paper = PRINTED[name].source.rpartition(" ")[2]
    assert f"He et al. 2015, {paper}" in line.convention.who


def test_another_image_size_is_printed_in_no_paper() -> None:
    assert "paper" not in totals(dataclasses.replace(rx.preset("resnet50"), image=192))
