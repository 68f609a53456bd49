"""The command line: the JSON that programs rely on, tables for people, errors in one line."""

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from resnet_explorer import cli
from resnet_explorer.analysis import analyse
from resnet_explorer.cli import main
from resnet_explorer.commands import nets
from resnet_explorer.spec import PRESETS, from_query
from resnet_explorer.spec.query import fields
from resnet_explorer.terminal import table, to_json

TINY = "blocks=1,1&width=4&stem=cifar&image=8&classes=10"


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> Any:
        assert main([*arguments, "--json"]) == 0
        return json.loads(capsys.readouterr().out, parse_constant=pytest.fail)

    return run


@pytest.fixture
def text(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> str:
        assert main(arguments) == 0
        return capsys.readouterr().out

    return run


def test_list_names_every_preset(answer: Any, text: Any) -> None:
    assert [each["name"] for each in answer("list")] == list(PRESETS.names)
    listed = text("list")
    assert all(name in listed for name in PRESETS.names)


@pytest.mark.parametrize("name", PRESETS.names)
def test_summary_adds_up(answer: Any, name: str) -> None:
    found = answer("summary", name)
    report = analyse(PRESETS[name].spec)
    assert list(found) == ["name", "query", "params", "macs", "stages", "layers"]
    assert found["name"] == name
    assert from_query(found["query"]) == PRESETS[name].spec
    for what in ("params", "macs"):
        assert found[what] == getattr(report, what)
        assert sum(row[what] for row in found["stages"]) == sum(row[what] for row in found["layers"]) == found[what]
    assert all(list(row) == ["name", "output_shape", "params", "macs"] for row in found["stages"])
    assert all(list(row) == ["path", "op", "output_shape", "params", "macs"] for row in found["layers"])
    assert found["stages"][-1]["output_shape"] == [PRESETS[name].spec.classes]


def test_costs_add_up_and_say_what_is_allowed(answer: Any, text: Any, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer("cost", "resnet50", "--batch", "32")
    assert sum(found["training"].values()) == analyse(PRESETS["resnet50"].spec).training_memory(32).total
    assert list(found["inference"]) == ["weights", "maps"]
    assert found["field_px"] == [11, 427]
    assert found["seconds"] > 0
    assert "at least" in text("cost", "resnet50", "--roofline", "t4")
    assert main(["cost", "resnet50", "--batch", "0"]) != 0
    assert "batch is 0; allowed" in capsys.readouterr().err


def test_summary_of_a_query_with_other_sizes(answer: Any) -> None:
    found = answer("summary", TINY, "--image", "9", "--classes", "7")
    assert found["name"] == "ResNet-6, basic blocks 1-1, width 4, CIFAR stem"
    assert found["layers"][0] == {
        "path": "conv1",
        "op": "conv",
        "output_shape": [4, 9, 9],
        "params": 108,
        "macs": 8748,
    }
    assert found["layers"][-1]["output_shape"] == [7]


def test_summary_for_people(text: Any) -> None:
    shown = text("summary", "resnet50")
    assert "50 weighted layers" in shown
    assert "25,557,032" in shown
    assert "4,089,184,256" in shown


def test_catalogue(answer: Any, text: Any) -> None:
    found = {each["name"]: each for each in answer("catalogue")}
    assert list(found) == list(PRESETS.names)
    accuracies = {each["protocol"]: each["value"] for each in found["resnet50"]["published"]}
    assert accuracies == {"tv_v1": 76.13, "tv_v2": 80.858}
    assert [each["value"] for each in found["resnet50_v1"]["published"]] == [22.85]
    assert all(each["source"] and each["unit"] for entry in found.values() for each in entry["published"])
    assert [each["name"] for each in answer("catalogue", "resnext-50", "2016")] == ["resnext50_32x4d"]
    assert "76.13" in text("catalogue")
    assert "no net" in text("catalogue", "zzz")


def test_ledger(answer: Any, text: Any) -> None:
    found = answer("ledger", "resnet50")
    totals = {each["name"]: each["total"] for each in found["conventions"]}
    assert totals["macs"] == 4_089_184_256
    assert totals["fvcore_eval"] == 4_111_512_576
    assert all(sum(term["number"] for term in each["terms"]) == each["total"] for each in found["conventions"])
    assert "4,144,854,528" in text("ledger", "resnet50")


def test_compare(answer: Any, text: Any) -> None:
    found = answer("compare", "resnet34", "resnet152")
    assert list(found) == ["a", "b", "difference", "causes"]
    assert (found["a"], found["b"]) == ("resnet34", "resnet152")
    assert [cause["name"] for cause in found["causes"]] == ["depth", "block"]
    for what in ("params", "macs"):
        difference = getattr(analyse(PRESETS["resnet152"].spec), what) - getattr(
            analyse(PRESETS["resnet34"].spec), what
        )
        assert found["difference"][what] == difference == sum(cause[what] for cause in found["causes"])
    assert all(list(cause) == ["name", "params", "macs"] for cause in found["causes"])
    shown = text("compare", "plain34", "resnet34")
    assert "+173,824" in shown
    assert "0 removed, 16 changed, 22 added" in shown


def test_a_net_is_like_itself(answer: Any, text: Any) -> None:
    found = answer("compare", "resnet18", "net=resnet18")
    assert set(found["difference"].values()) == {0}
    assert found["causes"] == []
    assert "0 removed, 0 changed, 0 added" in text("compare", "resnet18", "resnet18")


def test_gradients(answer: Any, text: Any) -> None:
    found = answer("gradients", "demo_resnet18", "demo_plain18", "--batch", "8", "--seed", "3")
    assert [each["name"] for each in found] == ["demo_resnet18", "demo_plain18"]
    for each in found:
        assert list(each) == ["name", "loss", "layers", "first_last_ratio"]
        norms = {row["path"]: row["weight_grad_norm"] for row in each["layers"]}
        assert each["first_last_ratio"] == pytest.approx(norms["conv1"] / norms["layer4.1.conv2"])
        assert list(norms)[-1] == "fc"
    assert "gradient norm" in text("gradients", "demo_plain18", "--batch", "8")


def test_gradients_without_batchnorm_keep_the_name_asked_for(answer: Any) -> None:
    (found,) = answer("gradients", "demo_plain18", "--no-batch-norm", "--init", "pytorch", "--batch", "4")
    assert found["name"] == "demo_plain18"
    assert found["first_last_ratio"] < 1e-3


def test_an_imagenet_stem_sees_64_pixels_unless_asked_otherwise() -> None:
    parse = cli._parser().parse_args
    images = {
        query: nets.network(query, parse(["gradients", query, *more]), digits=True).image
        for query, more in {
            "resnet18": (),
            "plain34": ("--image", "96"),
            "net=resnet34&image=80": (),
            "cifar_plain20": (),
            "demo_plain18": (),
        }.items()
    }
    assert list(images.values()) == [64, 96, 80, 32, 8]


def test_zero_gamma_has_null_for_its_infinite_ratio(answer: Any) -> None:
    (found,) = answer("gradients", f"{TINY}&zero_gamma=1", "--batch", "4")
    assert found["first_last_ratio"] is None


def test_train(answer: Any, text: Any) -> None:
    found = answer("train", TINY, f"{TINY}&residual=0", "--steps", "22", "--batch", "8", "--seed", "2")
    assert [each["name"] for each in found] == [
        "ResNet-6, basic blocks 1-1, width 4, CIFAR stem",
        "plain-6, basic blocks 1-1, width 4, CIFAR stem",
    ]
    for each in found:
        ratios = ["first_last_ratio", "first_update_ratio", "last_update_ratio"]
        assert list(each) == ["name", "seed", "loss", "final_loss", *ratios, "status"]
        assert each["seed"] == 2
        assert each["status"] == "done"
        assert len(each["loss"]) == len(each["first_last_ratio"]) == 22
        assert each["final_loss"] == pytest.approx(sum(each["loss"][-20:]) / 20)
    assert "done" in text("train", TINY, "--steps", "2", "--batch", "4")


def test_divergence_is_null_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    net = "blocks=9,9,9&width=8&stem=cifar&image=8&classes=10&norm=none"
    assert main(["train", net, "--batch", "16", "--json"]) == 0
    out, err = capsys.readouterr()
    (found,) = json.loads(out, parse_constant=pytest.fail)
    assert found["status"] == "diverged"
    assert found["loss"][-1] is None
    assert found["final_loss"] is None
    assert "no longer a finite number" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["summary", "resnet35"], f"unknown net 'resnet35'; expected one of {len(PRESETS)} names, such as: resnet34, "),
        (["summary", "ResNet-500"], f"'ResNet-500'; expected one of {len(PRESETS)} names, such as: resnet50, "),
        (["summary", "bloc=basic"], "unknown field 'bloc'"),
        (["summary", "resnet18", "--image", "0"], "image is 0; allowed: a whole number from 1 to 4,096"),
        (
            ["summary", "resnet18", "--image", "big"],
            "image is 'big'; allowed: a whole number from 1 to 4,096, or height x width",
        ),
        (["train", "resnet18", "--batch", "1"], "batch is 1; allowed"),
        (["train", "resnet18", "--lr", "nan"], "lr is 'nan'; allowed"),
        (["train", TINY, "--classes", "3"], "classes is 3; allowed: at least 10"),
        (["gradients", "resnet18", "--init", "zen"], "init is 'zen'; allowed: one of he, pytorch, xavier"),
        (["gradients"], "the following arguments are required: NET"),
        (["nonsense"], "invalid choice: 'nonsense'"),
        ([], "the following arguments are required: COMMAND"),
        (["list", "two\nlines"], "unrecognized arguments: two lines"),
    ],
)
def test_an_error_is_one_line_and_status_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status: Any = main(arguments)
    except SystemExit as ended:
        status = ended.code
    out, err = capsys.readouterr()
    assert status == 2
    assert not out
    assert message in err
    assert err.startswith("resnet-explorer: error: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["gradients", "demo_resnet18", "net=resnet152&image=2048", "--batch", "64"], "With image"),
        (["train", "resnet18", "net=resnet152&image=2048", "--batch", "64"], "With image"),
    ],
)
def test_what_takes_too_much_is_refused_before_it_begins(
    command: list[str], sentence: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[object] = []
    for task in ("gradients", "train"):
        monkeypatch.setattr(f"resnet_explorer.commands.{task}.TASKS", {task: SimpleNamespace(carry_out=ran.append)})
    assert main(command) == 2
    out, err = capsys.readouterr()
    assert (out, ran) == ("", [])
    assert re.match(r"resnet-explorer: error: resnet\d+: this (would take|needs) about .*; the limit is .*\.", err)
    assert sentence in err
    assert "RESNET_EXPLORER_MAX_BYTES" in err
    assert err.count("\n") == 1


def test_a_limit_that_is_no_number_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESNET_EXPLORER_MAX_SECONDS", "soon")
    assert main(["gradients", TINY]) == 2
    assert capsys.readouterr().err == (
        "resnet-explorer: error: RESNET_EXPLORER_MAX_SECONDS is 'soon'; allowed: a number above 0\n"
    )


@pytest.mark.parametrize("arguments", [["--help"], ["summary", "--help"], ["gradients", "--help"], ["train", "--help"]])
def test_help_lists_the_fields_of_a_net(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert all(f"  {name}: {allowed}" in out for name, allowed in fields("resnet").items())


def test_a_terminal_sees_progress(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert main(["train", TINY, "--steps", "3", "--batch", "4"]) == 0
    assert "3/3 loss" in capsys.readouterr().err


def test_nothing_but_finite_numbers_reaches_json() -> None:
    assert to_json({"a": (1.5, float("nan")), "b": [float("inf"), 2, None, "x"]}) == (
        '{"a": [1.5, null], "b": [null, 2, null, "x"]}'
    )


def test_columns_are_flush() -> None:
    assert (
        table(("a", "number"), [("long", "1"), ("x", "22")]) == "a     number\n----  ------\nlong       1\nx         22"
    )


OWN = """
import sys
from torch import nn

def talks():
    print("made")

    class Talks(nn.Conv2d):
        def forward(self, x):
            print("runs")
            return super().forward(x)

    return Talks(3, 8, 3)

def leaves():
    sys.exit(0)
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of the present folder."""
    (tmp_path / "own_nets_of_a_test.py").write_text(OWN, encoding="utf-8")
    (tmp_path / "own_end_of_a_test.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.usefixtures("own")
def test_what_a_described_module_prints_is_no_part_of_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "own_nets_of_a_test:talks", "--input", "3,8,8", "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["params"] == 224
    assert "made" in printed.err
    assert "runs" in printed.err


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("own_nets_of_a_test:leaves", "made nothing, called without further arguments: it ends the process, with 0"),
        ("own_end_of_a_test:leaves", "cannot be imported: it ends the process, with None"),
    ],
)
def test_a_module_that_ends_the_process_is_refused(name: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", name]) == 2
    assert says in capsys.readouterr().err
