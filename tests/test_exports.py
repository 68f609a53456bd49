"""What is taken away: each format holds what the net is, and the code of PyTorch is that net."""

import ast
import contextlib
import copy
import csv
import dataclasses
import io
import json
import random
import re
import struct
import xml.etree.ElementTree as ET
from collections import OrderedDict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

import resnet_explorer as rx
from resnet_explorer.analysis import origins
from resnet_explorer.cli import main
from resnet_explorer.errors import InvalidOption
from resnet_explorer.exports import EXPORTS, Export, file_of, pytorch
from resnet_explorer.exports.bibtex import REFERENCES
from resnet_explorer.exports.data import schema
from resnet_explorer.exports.pytorch.classes import Operation, _without
from resnet_explorer.exports.pytorch.constructors import CONSTRUCTORS
from resnet_explorer.exports.pytorch.scope import Scope
from resnet_explorer.model.build import MODULES
from resnet_explorer.options import Choice, options_of
from resnet_explorer.spec import PRESETS, NetSpec, ResNetOptions, ops
from resnet_explorer.spec.blocks import BLOCKS
from resnet_explorer.spec.imports import ImportedNet
from tests.undrawn import undrawn

SMALL = {
    block: NetSpec(options=ResNetOptions(block=block, blocks=(2, 2), width=32), image=32, classes=5)
    for block in BLOCKS.names
}
OTHERS = {
    "wide": "block=preact_basic&blocks=2,1&width=32&stem_width=16&stem=cifar&shortcut=A&image=16&classes=5",
    "grouped": "net=resnext50_32x4d&blocks=1,2&width=16&groups=4&attention=se&zero_gamma=1&image=16&classes=5",
    "d": "block=bottleneck&blocks=1,2&width=16&stem=deep&shortcut=D&stride=v1&image=33&classes=5",
    "alone": "blocks=1&width=8&stem=cifar&image=8&classes=8",
    "vgg": "family=vgg&convs=1,2&width=4&features=6&dropout=0.0&image=16&classes=6",
    "vgg_bn": "family=vgg&convs=1,2&width=4&features=6&norm=batch&image=16&classes=6",
}


def variants() -> Iterator[Any]:
    """Each choice of each option, with each kind of block that has it."""
    for block, spec in SMALL.items():
        for each in options_of(ResNetOptions):
            for name in each.kind.names if isinstance(each.kind, Choice) and each.field != "block" else ():
                with contextlib.suppress(InvalidOption):
                    if name != each.default:
                        yield pytest.param(spec.turned(**{each.field: name}), id=f"{block}-{each.query}-{name}")


PAIRS = 40
SIZES = {"width": 24, "stem_width": 16, "groups": 4, "group_width": 8, "slope": 0.2, "cut": "layer2.1"}
"""A value of each option that has no list of them."""


def pair(seed: int) -> NetSpec:
    """A small net of some block with two options changed, of those that go with it."""
    pick = random.Random(seed)  # noqa: S311 - a choice of tests
    spec = NetSpec(options=ResNetOptions(block=pick.choice(BLOCKS.names), blocks=(1, 2, 2), width=16), image=(64, 48))
    spec = dataclasses.replace(spec, classes=5, in_channels=pick.choice((1, 3)))
    values = {
        each.field: getattr(each.kind, "names", ())
        or getattr(each.kind, "values", ())
        or (SIZES.get(each.field, not each.default),)
        for each in options_of(ResNetOptions)
        if each.field not in {"block", "blocks"}
    }
    for field in pick.sample([*values], len(values)):
        if len(_options_changed(spec)) < 2:
            with contextlib.suppress(InvalidOption):
                spec = spec.having(**{field: pick.choice(values[field])})
    return spec


def _options_changed(spec: NetSpec) -> set[str]:
    start = ResNetOptions(block=spec.options.block, blocks=spec.options.blocks, width=16)
    return {
        each.field
        for each in options_of(ResNetOptions)
        if getattr(spec.options, each.field) != getattr(start, each.field)
    }


def code(spec: NetSpec) -> tuple[str, nn.Module]:
    """The file, and the net that it makes, on meta."""
    text = str(EXPORTS["pytorch"].write(rx.analyse(spec)))
    known: dict[str, Any] = {"__name__": "taken_away"}
    exec(compile(text, "taken_away.py", "exec"), known)  # noqa: S102 - our own file
    with torch.device("meta"), undrawn():
        return text, known["VGG" if spec.family == "vgg" else "ResNet"]()


FIRST_IS_OTHERWISE = (
    "stem=deep&stem_width=16&downsample=blur&output_stride=8&blocks=2,1,1,2&width=8&image=32&cut=layer2.0",
    "block=bottleneck&shortcut=A&downsample=blur&group_width=4&blocks=2,1,1&width=8&image=32",
)
"""Nets whose first block widens like those that begin a stage, and has no blur as they have."""


@pytest.mark.parametrize("query", FIRST_IS_OTHERWISE)
def test_the_first_block_has_no_blur_though_it_widens(query: str) -> None:
    text, theirs = code(rx.from_query(query))
    same_outputs(rx.from_query(query), theirs)
    assert not [path for path, each in theirs.layer1.named_modules() if type(each).__name__ == "Blur2d"]
    assert max(map(len, text.splitlines())) <= 120


def same_outputs(spec: NetSpec, theirs: nn.Module) -> None:
    ours, theirs = rx.build(spec, seed=0), theirs.to_empty(device="cpu")
    theirs.load_state_dict(ours.state_dict(), strict=True)
    images = torch.randn(2, *spec.input_shape, generator=torch.Generator().manual_seed(0))
    assert torch.equal(theirs.eval()(images), ours.eval()(images))


def test_every_operation_is_written_as_it_is_built() -> None:
    assert CONSTRUCTORS.keys() == MODULES.keys()


@pytest.mark.parametrize("name", PRESETS.names)
def test_the_code_of_a_preset_is_that_net(name: str) -> None:
    spec = rx.preset(name)
    text, theirs = code(spec)
    assert "resnet_explorer" not in text
    described = [(f"{node.path}.{name}", shape) for node in spec.graph for name, shape in node.op.weights]
    assert [(name, tuple(each.shape)) for name, each in theirs.named_parameters()] == described
    if len(spec.graph) < 100:
        with FlopCounterMode(display=False) as counter:
            theirs.eval()(torch.empty(1, *spec.input_shape, device="meta"))
        assert counter.get_total_flops() // 2 == rx.analyse(spec).macs


@pytest.mark.parametrize("spec", [*variants()])
def test_the_code_of_every_option_gives_the_same_outputs(spec: NetSpec) -> None:
    _, theirs = code(spec)
    same_outputs(spec, theirs)


@pytest.mark.parametrize("seed", range(PAIRS))
def test_the_code_of_any_two_options_gives_the_same_keys_outputs_and_multiply_adds(seed: int) -> None:
    spec = pair(seed)
    _, theirs = code(spec)
    with FlopCounterMode(display=False) as counter:
        theirs.eval()(torch.empty(1, *spec.input_shape, device="meta"))
    assert counter.get_total_flops() // 2 == rx.analyse(spec).macs
    same_outputs(spec, theirs)


ODD = {
    "a blur without a stride": "block=bottleneck&blocks=1,2,2,1&downsample=blur&output_stride=8&attention=eca",
    "a cut beside": "blocks=2,2,2,2&cut=layer1.0,layer3.1&downsample=blur&output_stride=16",
    "small": "blocks=1,1,2&stem=cifar&in_channels=1&branch_scale=zero&attention=eca&norm=none&image=28",
}
"""Nets of several options whose blocks differ in more than one way; each was once another net, or hard to read."""


@pytest.mark.parametrize("name", ODD)
def test_the_code_of_odd_nets_is_that_net_and_calls_things_by_what_they_are(name: str) -> None:
    spec = rx.from_query(f"width=16&{ODD[name]}")
    text, theirs = code(spec)
    with FlopCounterMode(display=False) as counter:
        theirs.eval()(torch.empty(1, *spec.input_shape, device="meta"))
    assert counter.get_total_flops() // 2 == rx.analyse(spec).macs
    assert not re.search(r"(kernel_size|groups)=(padding|previous_dilation)", text)
    same_outputs(spec, theirs)


def test_what_no_size_decides_is_told_to_the_class() -> None:
    scope = Scope({"in_channels": [8, 8, 8], "planes": [8, 8, 8], "stride": [1, 1, 1]}, [True, False, False])
    assert scope.condition([False, True, False], [0, 1, 2], [8, 8, 8], asked="has_aa") == "has_aa"
    assert scope.parameters["has_aa"] == (False, True, False)


def test_the_pairs_have_every_option() -> None:
    changed = {field for seed in range(PAIRS) for field in _options_changed(pair(seed))}
    told_with_another = {"slope"}  # which only a leaky ReLU has
    assert changed >= {each.field for each in options_of(ResNetOptions)} - {"block", "blocks"} - told_with_another


@pytest.mark.parametrize("query", [*OTHERS.values(), "cifar_highway20", "demo_plain18"])
def test_the_code_of_other_nets_gives_the_same_outputs(query: str) -> None:
    spec = rx.from_query(query)
    text, theirs = code(spec)
    same_outputs(spec, theirs)
    assert max(map(len, text.splitlines())) <= 120


def test_a_module_is_of_a_class_where_it_only_lacks_what_hands_on() -> None:
    conv, norm = Operation("conv", ops.Conv2d, ("",)), Operation("bn", ops.BatchNorm2d, ("conv",))
    assert _without([conv, norm], [conv])
    assert _without([conv, norm], [norm._replace(reads=("",))])
    assert not _without([conv, norm], [conv, norm._replace(path="norm")])
    assert not _without([conv, norm], [conv, norm._replace(kind=ops.GroupNorm)])
    assert not _without([conv, norm], [conv, norm._replace(reads=("",))])


def test_the_code_reads_as_if_a_person_had_written_it() -> None:
    text, _ = code(rx.preset("resnet50"))
    classes = [node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    assert classes == ["Bottleneck", "ResNet"]
    assert "    def __init__(self, in_channels, planes, stride=1):" in text
    assert "        if stride != 1 or in_channels != 4 * planes:" in text
    assert "            *(Bottleneck(1024, 256) for _ in range(5)),\n" in text
    assert "        self.fc = nn.Linear(2048, num_classes)" in text
    assert len(text.splitlines()) < 90


def test_the_code_starts_as_it_is_described() -> None:
    spec = SMALL["highway"].having(norm="none")
    known: dict[str, Any] = {"__name__": "taken_away"}
    exec(str(EXPORTS["pytorch"].write(rx.analyse(spec))), known)  # noqa: S102 - our own file
    net = known["ResNet"]()
    assert net.layer1[0].gate.conv.bias.eq(-2).all()
    assert net.layer1[0].conv1.bias.eq(0).all()
    exec(str(EXPORTS["pytorch"].write(rx.analyse(SMALL["basic"].having(zero_gamma=True)))), known)  # noqa: S102
    net = known["ResNet"](num_classes=3)
    assert net.fc.out_features == 3
    assert net.layer2[1].bn2.weight.eq(0).all()
    assert net.layer2[1].bn1.weight.eq(1).all()
    assert net.layer2[1].conv1.weight.std().item() == pytest.approx((2 / (64 * 9)) ** 0.5, rel=0.05)


NETS = ("resnet50", "cifar_highway20", "vgg11_bn", "net=resnext50_32x4d&attention=se&zero_gamma=1&image=65")


def written(name: str, net: str) -> str:
    return str(EXPORTS[name].write(rx.analyse(net)))


@pytest.mark.parametrize("net", NETS)
def test_csv_holds_every_layer_and_adds_up(net: str) -> None:
    report = rx.analyse(net)
    rows = [*csv.DictReader(io.StringIO(written("csv", net)))]
    assert [row["path"] for row in rows] == [layer.path for layer in report.layers]
    assert sum(int(row["macs"]) for row in rows) == report.macs
    assert sum(int(row["saved_bytes"]) for row in rows) == report.training_memory(1).saved
    assert rows[0]["input_shape"] == "×".join(map(str, report.spec.input_shape))


@pytest.mark.parametrize("net", NETS)
def test_markdown_and_latex_hold_each_stage_and_the_sums(net: str) -> None:
    report = rx.analyse(net)
    markdown, latex = written("markdown", net), written("latex", net)
    rows = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + len(report.stages) + 1
    assert {line.count("|") for line in rows} == {8}
    assert f"**{report.params:,}**" in rows[-1]
    assert latex.count("{") == latex.count("}")
    assert latex.count(r"\begin") == latex.count(r"\end")
    for stage in report.stages:
        assert f"| {stage.name} |" in markdown
        assert stage.name.replace("_", r"\_") + " & " in latex


def test_latex_has_the_form_of_the_papers_table_1() -> None:
    (row,) = [line for line in written("latex", "resnet50").splitlines() if line.startswith(r"conv4\_x")]
    cell = r"\text{1$\times$1, 256} \\ \text{3$\times$3, 256} \\ \text{1$\times$1, 1024}"
    expected = rf"conv4\_x & 14$\times$14 & $\begin{{bmatrix}} {cell} \end{{bmatrix}} \times 6$ \\ \hline"
    assert row == expected


def fits(value: Any, rule: dict[str, Any]) -> bool:
    """Whether a value follows a schema of the few words that ours uses."""
    kinds = {
        "object": dict, "array": list, "string": str, "integer": int, "number": int | float, "boolean": bool,
        "null": type(None),
    }  # fmt: skip
    if "const" in rule:
        return bool(value == rule["const"])
    asked = rule["type"] if isinstance(rule["type"], list) else [rule["type"]]
    kind = next(
        (each for each in asked if isinstance(value, kinds[each]) and (type(value) is not bool or each == "boolean")),
        None,
    )
    if kind == "object":
        return set(value) == set(rule["required"]) and all(fits(value[key], rule["properties"][key]) for key in value)
    if kind == "array":
        return len(value) >= rule.get("minItems", 0) and all(fits(each, rule["items"]) for each in value)
    return kind is not None and (kind not in {"integer", "number"} or value >= rule.get("minimum", value))


@pytest.mark.parametrize("net", NETS)
def test_json_follows_its_schema_and_reads_back(net: str) -> None:
    data = json.loads(written("json", net))
    assert fits(data, schema())
    assert not fits({**data, "depth": "many"}, schema())
    report = rx.analyse(net)
    assert rx.from_query(data["query"]) == report.spec
    assert (data["params"], data["macs"], data["depth"]) == (report.params, report.macs, report.depth)
    assert [layer["path"] for layer in data["layers"]] == [layer.path for layer in report.layers]


def imported() -> ImportedNet:
    """A module with what no description knows: a dilated convolution, a fully connected layer of maps."""
    return rx.from_module(nn.Sequential(nn.Conv2d(3, 8, (1, 3), dilation=2), nn.Linear(28, 5)), (3, 32, 32), "own_one")


@pytest.mark.parametrize("form", EXPORTS, ids=lambda form: form.name)
def test_an_imported_net_is_taken_away_or_refused_in_a_sentence(form: Export) -> None:
    report = rx.analyse(imported())
    if not form.any_net:
        with pytest.raises(
            rx.ExplorerError, match=f"own_one is an imported net, which {form.name} cannot hold"
        ) as told:
            file_of(form, report)
        offered = str(told.value).split("take ")[1].replace(" or ", ", ").split(", ")
        assert offered == [each.name for each in EXPORTS if each.any_net]
        return
    text = str(file_of(form, report)).replace("\\_", "_").replace("{,}", ",")
    assert "own_one" in text or form.name == "csv"
    assert f"{report.macs:,}" in text or form.name in {"csv", "svg", "dot"}
    assert all(each in text for each in ("1$\\times$3, 8", "5-d fc")) or form.name != "latex"


class Tags(HTMLParser):
    """What a page opens and closes, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [str(value) for key, value in attrs if key in {"src", "srcset"} or tag == "link"]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("net", NETS)
def test_the_page_stands_alone_and_says_all(net: str) -> None:
    page, report = Tags(), rx.analyse(net)
    page.feed(written("html", net))
    assert (page.open, page.fetched) == ([], [])
    assert f"{report.params:,}" in page.text
    assert all(layer.path in page.text for layer in report.layers)
    assert all(paper.arxiv in page.text for paper in origins.papers(report.spec))
    assert rx.to_query(report.spec) in page.text


def test_pictures_are_of_the_net() -> None:
    assert ET.fromstring(written("svg", "resnet18")).tag.endswith("svg")  # noqa: S314 - our own
    assert written("dot", "resnet18").startswith('digraph "ResNet-18" {')


def test_every_paper_that_nets_are_from_can_be_cited() -> None:
    marked = [paper for _, _, paper in origins.MARKS]
    known = [origins.RESNET, *origins.FAMILY_ORIGINS.values(), *marked, origins.RESNEXT, origins.WIDE]
    assert {paper.arxiv for paper in known} == REFERENCES.keys()
    text = written("bibtex", "net=seresnext50_32x4d&stem=deep")
    assert [line.strip() for line in text.splitlines() if "eprint" in line] == [
        f"eprint = {{{number}}}," for number in ("1512.03385", "1709.01507", "1812.01187", "1611.05431")
    ]
    assert text.count("@misc{") == 4


def test_the_weights_are_those_of_the_seed_and_name_their_net() -> None:
    spec = rx.from_query("net=cifar_resnet20&width=4&image=8&classes=3")
    made = EXPORTS["safetensors"].write(rx.analyse(spec))
    assert isinstance(made, bytes)
    (length,) = struct.unpack("<Q", made[:8])
    header = json.loads(made[8 : 8 + length])
    assert length % 8 == 0
    assert header.pop("__metadata__")["query"] == rx.to_query(spec)
    expected = rx.build(spec, seed=0).state_dict()
    assert [*header] == [*expected]
    for name, place in header.items():
        begin, end = place["data_offsets"]
        kind = {"F32": torch.float32, "I64": torch.int64}[place["dtype"]]
        found = torch.frombuffer(bytearray(made[8 + length + begin : 8 + length + end]), dtype=kind)
        assert torch.equal(found.reshape(place["shape"]), expected[name])
    assert end == len(made) - 8 - length


def test_the_command_writes_to_a_file_or_to_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "net.py"
    assert main(["export", "ResNet-18", "--image", "64", "-o", str(file)]) == 0
    text = file.read_text(encoding="utf-8")
    assert text == written("pytorch", "net=resnet18&image=64")
    assert capsys.readouterr().out == f"{file}: {len(text.encode()):,} bytes\n"
    assert main(["export", "resnet18", "--format", "bibtex"]) == 0
    assert capsys.readouterr().out == written("bibtex", "resnet18")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "word"], "unknown format 'word'; expected one of: pytorch, csv, markdown"),
        (
            ["-o", "net.doc"],
            "in which format? 'net.doc' ends like none of them; --format takes one of, or a FILE ends as",
        ),
        ([], "in which format? none is named; --format takes one of, or a FILE ends as: pytorch (.py), csv (.csv)"),
        (["--format", "safetensors"], "-o is None; allowed: a file, since safetensors is not text"),
        (["--format", "csv", "-o", "/no/such/folder/net.csv"], "'/no/such/folder/net.csv' cannot be written: No such"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "demo_plain18", *arguments]) == 2
    assert said in capsys.readouterr().err


STRANGE = r"=a|b^c~d\e<f>*g*`h`{i}$"


def test_names_of_an_imported_net_mean_nothing_to_any_format() -> None:
    part = nn.Sequential(nn.Conv2d(3, 3, 1), nn.ReLU(), nn.Conv2d(3, 3, 1), nn.ReLU())
    net = nn.Sequential(OrderedDict({STRANGE: part, "x|y": nn.Sequential(nn.MaxPool2d(2), *copy.deepcopy(part))}))
    report = rx.analyse(rx.from_module(net, (3, 8, 8), STRANGE))
    text = {form.name: str(file_of(form, report)) for form in EXPORTS if form.any_net}
    rows = [*csv.reader(io.StringIO(text["csv"]))]
    assert {row[0][:2] for row in rows[1:5]} == {"'="}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    table = [line for line in text["markdown"].splitlines() if line.startswith("|")]
    assert r"\|" in table[2]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {8}
    assert r"=a\|b^c~d\\e\<f>\*g\*h" in text["markdown"].replace(r"\`", "")
    shown = text["latex"].split("\n", 1)[1]
    assert not set("^~<>") & set(shown)
    assert r"a\textbar{}b\textasciicircum{}c\textasciitilde{}d\textbackslash{}" in shown
    ET.fromstring(text["svg"].encode())  # noqa: S314


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("torch.cat", ["import torch", "from torch import nn"]),
        (
            "x: Tensor = torch.cat",
            ["from __future__ import annotations", "import torch", "from torch import Tensor, nn"],
        ),
    ],
)
def test_what_the_code_needs_is_imported_in_the_usual_order(code: str, lines: list[str]) -> None:
    assert [line for line in pytorch._imports(code).splitlines() if line] == lines
