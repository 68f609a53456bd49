"""Somebody's own modules, described: counted to the last unit, with the structure that they have, and left alone."""

import copy
import csv
import importlib.util
import random
import re
import sys
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils import prune
from torch.utils.flop_counter import FlopCounterMode

import resnet_explorer as rx
from resnet_explorer.analysis import Report, formula, shapes, table
from resnet_explorer.analysis.compare import compare
from resnet_explorer.analysis.ledger import ledger, under
from resnet_explorer.analysis.measures import MEASURES
from resnet_explorer.analysis.parameters import PARAMETERS
from resnet_explorer.checkpoints.tensors import expected
from resnet_explorer.diagrams import axis, block, dot
from resnet_explorer.model.imports import copying
from resnet_explorer.model.imports.locate import constructed
from resnet_explorer.spec.imports import ImportedNet, Seen, structured
from resnet_explorer.spec.ops import Add, Conv2d, MaxPool2d

REFERENCE = Path(__file__).parents[1] / "reference"


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tutorial_nets = _beside("tutorial_nets")
NETS = tutorial_nets.NETS
ROWS = {"conv", "bn", "gn", "fc"}


def described(name: str) -> ImportedNet:
    make, shape = NETS[name]
    return rx.from_module(make(), shape, name)


def counted(module: nn.Module, shape: tuple[int, ...]) -> float:
    """Half of FlopCounterMode's count of the module itself; with gradients, without which attention goes unseen."""
    with FlopCounterMode(display=False) as counter:
        module.eval()(torch.zeros(1, *shape))
    return counter.get_total_flops() / 2


class _Maxima(nn.Module):
    """Maxima as functions, with their numbers in order."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.max_pool2d(torch.max_pool2d(torch.max_pool2d(x, 5, 1, 2), 3, 2, 1), 3, 2, 0)


def test_a_maximum_is_of_the_catalogue_where_its_padding_is_half_its_window() -> None:
    net = rx.from_module(nn.Sequential(nn.Conv2d(3, 4, 1), _Maxima()), (3, 17, 17))
    first, second, third = [node.op for node in net.graph][1:]
    assert (first, second) == (MaxPool2d(5, 1), MaxPool2d(3, 2))
    assert not isinstance(third, MaxPool2d)


@pytest.mark.parametrize("name", NETS)
def test_parameters_and_multiply_adds_are_those_of_torch(name: str) -> None:
    make, shape = NETS[name]
    module = make()
    net = rx.from_module(module, shape, name)
    report = rx.analyse(net)
    assert report.params == sum(each.numel() for each in module.parameters())
    assert report.macs == sum(net.second) == counted(module, shape)
    assert not any("another number" in note for note in net.notes)


@pytest.mark.parametrize("name", NETS)
def test_every_reading_takes_it(name: str) -> None:
    net = described(name)
    report = rx.analyse(net)
    assert axis(report).svg.startswith("<svg")
    assert all(block(report.block(path)).svg for path in report.blocks)
    assert dot(report, name).count("->") == sum(len(node.inputs) for node in net.graph)
    assert all(measure.made(report, 2).working for measure in MEASURES)
    assert all(shapes.of_shape(layer) and formula.of_layer(report, layer, "macs") for layer in report.layers)
    assert len(table.stage_rows(report)) == len({node.stage for node in net.graph})
    assert ledger(report)[0].total == report.macs
    assert len(report.to_frame()) == len(net.graph)
    found = compare(net, rx.preset("resnet18"))
    for metric in ("params", "macs"):
        assert sum(cause.count(metric) for cause in found.causes) == found.difference(metric)


@pytest.mark.parametrize(
    "name",
    [
        "resnet18",
        "block=bottleneck&blocks=1,2,1,1&shortcut=D&stem=deep&norm=group",
        "block=bottleneck&blocks=1,2,1,1&groups=32&group_width=4&attention=se&activation=leaky",
        "block=preact_bottleneck&blocks=1,2,1,1",
        "cifar_resnet20",
        "vgg11_bn",
        "cifar_highway20",
        "block=basic&blocks=1,1,1,1&branch_scale=zero&norm=none&image=64",
    ],
)
def test_a_net_of_the_catalogue_is_found_again(name: str) -> None:
    spec = rx.from_query(name)
    net = rx.from_module(rx.build(spec, device="meta", init=None), spec.input_shape)
    ours, theirs = rx.analyse(spec), rx.analyse(net)

    def rows(report: Report) -> dict[str, object]:
        return {
            layer.path: (layer.counts, layer.output_shape, layer.field_px, *layer.node[4:])
            for layer in report.layers
            if layer.op in ROWS
        }

    assert rows(theirs) == rows(ours)
    assert theirs.blocks == ours.blocks
    assert theirs.training_memory(2) == ours.training_memory(2)
    assert net.notes == ()
    assert rx.analyse(net.plain).counts == rx.analyse(spec.plain).counts


def test_the_tools_of_the_ledger_are_told_where_torchs_own_modules_do_the_work_and_only_there() -> None:
    spec = rx.preset("vgg11_bn")
    family, arguments = _beside("reference").NETS["vgg11_bn"]
    net = rx.from_module(family(**arguments), spec.input_shape)
    told = {line.convention.name: line.total for line in ledger(rx.analyse(net))}
    ours = {line.convention.name: line.total for line in ledger(rx.analyse(spec))}
    ours.pop("paper", None)
    assert told == ours
    assert {line.convention.name for line in ledger(rx.analyse(described("lambdas")))} == {"macs", "flops"}


@pytest.mark.parametrize("options", ["attention=eca", "downsample=blur&attention=se", "downsample=blur&norm=none"])
def test_gates_over_channels_and_mirrored_borders_see_and_keep_what_the_description_says(options: str) -> None:
    spec = rx.from_query(f"blocks=1,2,1&width=16&image=32&{options}")
    ours, theirs = (rx.analyse(each) for each in (spec, rx.from_module(rx.build(spec), spec.input_shape)))
    assert (theirs.field_px, theirs.training_memory(3)) == (ours.field_px, ours.training_memory(3))


KEEPING = {
    **{name: getattr(nn, name)() for name in ("ReLU", "LeakyReLU", "ELU", "CELU", "SELU", "SiLU", "Hardswish")},
    **{f"{name} in place": getattr(nn, name)(inplace=True) for name in ("ReLU", "LeakyReLU", "ELU", "SELU", "SiLU")},
    "reflection": nn.ReflectionPad2d(1),
    "replication": nn.ReplicationPad2d(1),
    "zeros": nn.ZeroPad2d(1),
}


class Through(nn.Module):
    """A convolution, something, and a convolution of a part of it, and of what stands in another order twice."""

    def __init__(self, way: nn.Module) -> None:
        super().__init__()
        self.begin, self.way = nn.Conv2d(3, 8, 3, padding=1), way
        self.part, self.turned = nn.Conv2d(4, 5, 1), nn.Conv2d(8, 5, 1)

    def forward(self, x: Tensor) -> Tensor:
        y = self.way(self.begin(x))
        first, _ = y.chunk(2, 1)
        return self.part(first) + self.turned(y.transpose(2, 3).unsqueeze(0)[0])


@pytest.mark.parametrize("name", KEEPING)
def test_what_training_keeps_is_what_autograd_packs(name: str) -> None:
    module = Through(KEEPING[name])
    sizes: dict[int, int] = {}
    held = [*module.parameters()]
    own = {each.untyped_storage().data_ptr() for each in held}

    def pack(tensor: Tensor) -> Tensor:
        held.append(tensor)  # type: ignore[arg-type] # so that no other tensor gets its place
        sizes[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        module(torch.randn(1, 3, 8, 8))
    kept = sum(size for place, size in sizes.items() if place not in own)
    assert rx.analyse(rx.from_module(module, (3, 8, 8))).training_memory(1).saved == kept


@pytest.mark.parametrize(
    ("shape", "way", "kinds"),
    [
        ((64, 8, 8), lambda x: x.mean((2, 3)), ["avgpool"]),
        ((64, 8, 8), lambda x: x.mean([-1, -2], keepdim=True), ["avgpool"]),
        ((64, 8, 8), lambda x: x.mean(1), ["mean over an axis"]),  # over channels, of which there are 8 x 8
        ((64, 8, 8), lambda x: x.mean(dim=None), ["mean over an axis"]),
        ((8, 8, 64), lambda x: x.mean(dim=(1, 2)), ["avgpool"]),
        ((8, 64), lambda x: x.mean(1), ["avgpool"]),
        ((8, 64), lambda x: x.mean(1, keepdim=True), ["mean over an axis"]),
        ((8, 64), lambda x: x.mean(2, keepdim=True), ["avgpool"]),
        ((8, 4, 4), lambda x: x[:, :, None][..., 0, :, :], ["reshape", "reshape"]),
        ((8, 4, 4), lambda x: x[:, :4], ["slice"]),
        ((8, 4, 4), lambda x: x[:, torch.arange(8)], ["slice"]),
    ],
)
def test_a_mean_pools_where_it_leaves_the_channels(shape: tuple[int, ...], way: Any, kinds: list[str]) -> None:
    class Way(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return way(x)  # type: ignore[no-any-return]

    assert [node.op.kind for node in rx.from_module(Way(), shape).graph] == kinds


def test_shortcuts_gates_and_blocks() -> None:
    nodes = {node.path: node for node in described("lambdas").graph}
    assert nodes["2.add"].inputs == ("2.bn2", "2.pad")
    assert {path for path, node in nodes.items() if node.shortcut} == {"2.slice", "2.pad"}
    assert nodes["2.relu@2"].block == "2"
    squeezed = {node.path: node for node in described("squeezed").graph}
    assert {path for path, node in squeezed.items() if node.gate} == {"avgpool", "down", "silu", "up", "sigmoid"}
    assert squeezed["mul"].inputs == ("tall", "sigmoid")
    flat = described("flat").graph
    assert [node.block for node in flat if node.op.kind == "conv"] == [None, "add", "add@2"]
    assert {node.path: node.inputs for node in flat}["add"] == ("relu@2", "relu")


def test_a_mixing_of_two_keeps_its_gate_as_its_third_input() -> None:
    class Mixed(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.stem, self.way, self.gate = (nn.Conv2d(3, 3, 1) for _ in range(3))

        def forward(self, x: Tensor) -> Tensor:
            x = self.stem(x)
            return torch.lerp(x, self.way(x), self.gate(x).sigmoid())

    nodes = {node.op.kind: node for node in rx.from_module(Mixed(), (3, 8, 8)).graph}
    assert nodes["mix"].inputs == ("way", "stem", "sigmoid")  # the branch first, the gate last


def test_a_module_called_again_has_paths_of_its_own_and_counts_once() -> None:
    report = rx.analyse(described("shared"))
    again = {layer.path: layer for layer in report.layers if layer.path.startswith("block@2.")}
    assert again["block@2.conv1"].params == 0
    assert again["block@2.conv1"].macs == 8 * 8 * 9 * 8 * 8
    assert report.blocks == ("block", "block@2", "block@3")
    assert next(layer.params for layer in report.layers if layer.path == "twin") == 8


def test_the_receptive_field_of_kernels_that_are_not_square_and_of_enlarging() -> None:
    fields = {layer.path: layer.field_px for layer in rx.analyse(described("squeezed")).layers}
    assert (fields["stem"], fields["tall"], fields["back"]) == (7, 7, 8)
    signals = {layer.path: layer.field_px for layer in rx.analyse(described("signals")).layers}
    assert (signals["stem"], signals["body.0"], signals["pool"]) == (7, 7 + 2 * 2 * 2, 17)


def test_what_is_said_of_a_run() -> None:
    notes = " ".join(described("chooses").notes)
    assert "the way that this input took" in notes
    assert "112 of its parameters were not used" in notes
    strange = described("strange")
    assert "cumsum (1), sinc (1), bilinear (1)" in " ".join(strange.notes)
    assert {"cumsum", "sinc", "bilinear"} <= {node.op.kind for node in strange.graph}
    assert any("attention may see past it" in note for note in described("transformer").notes)
    assert any(
        note.endswith("not counted, though with weights: attention (1).") for note in described("transformer").notes
    )
    several = described("several").graph.nodes[-1]
    assert (several.op.kind, several.inputs) == ("output", ("interpolation", "aux"))


def test_the_module_itself_is_left_alone() -> None:
    module, shared = tutorial_nets.lambdas().train(), tutorial_nets.Shared()
    module[5].weight.requires_grad_(requires_grad=False)
    module(torch.randn(2, 3, 8, 8)).sum().backward()
    before = copy.deepcopy(module.state_dict())
    gradients = {name: each.grad for name, each in module.named_parameters()}
    copies = {name: each.grad if each.grad is None else each.grad.clone() for name, each in module.named_parameters()}
    state = torch.random.get_rng_state()
    for net in (module, shared):
        rx.from_module(net, (3, 8, 8))
    with pytest.raises(rx.ExplorerError):
        rx.from_module(module, (4, 8, 8))
    assert all(part.training and not part._forward_hooks and not part._forward_pre_hooks for part in module.modules())
    assert all(torch.equal(before[name], value) for name, value in module.state_dict().items())
    for name, each in module.named_parameters():
        assert each.grad is gradients[name]
        assert each.grad is None or torch.equal(each.grad, copies[name])
    assert not module[5].weight.requires_grad
    assert torch.equal(state, torch.random.get_rng_state())
    assert torch.is_grad_enabled()


class Draws(nn.Module):
    """Draws numbers by each generator there is, on tensors without data or only on others."""

    def __init__(self, *, real: bool) -> None:
        super().__init__()
        self.conv, self.real = nn.Conv2d(3, 4, 3), real

    def forward(self, x: Tensor) -> Tensor:
        drawn = torch.rand(1) + random.random() + np.random.rand()  # noqa: NPY002, S311
        return self.conv(x) * (drawn if self.real else drawn[0])


def generators() -> tuple[object, ...]:
    return torch.random.get_rng_state().tolist(), random.getstate(), repr(np.random.get_state())  # noqa: NPY002


@pytest.mark.parametrize("real", [False, True])
def test_what_a_module_draws_leaves_no_trace(real: bool) -> None:  # noqa: FBT001
    module = Draws(real=real)
    before = generators()
    assert any("ran on real ones" in note for note in rx.from_module(module, (3, 8, 8)).notes) is real
    with pytest.raises(rx.ExplorerError):
        rx.from_module(module, (4, 8, 8))
    assert generators() == before


class Keeps(nn.Module):
    """Keeps what it gave, as those do who look at features; `real`: runs on no tensors without data."""

    def __init__(self, *, real: bool) -> None:
        super().__init__()
        self.conv, self.real = nn.Conv2d(3, 4, 3), real
        self.kept: list[Tensor] = []

    def forward(self, x: Tensor) -> Tensor:
        self.kept.append(self.conv(x))
        return self.kept[-1] + torch.ones(4, 6, 6) if self.real else self.kept[-1]


@pytest.mark.parametrize("real", [False, True])
def test_a_module_that_keeps_what_it_gave_is_described_and_keeps_it(real: bool) -> None:  # noqa: FBT001
    module = Keeps(real=real)
    module(torch.zeros(1, 3, 8, 8))
    kept = module.last = module.kept[0]
    assert rx.from_module(module, (3, 8, 8)).graph.nodes[0].path == "conv"
    assert module.kept == [kept]
    for copied in (copying.on_meta(module).module, copying.with_data(module).module):
        assert copied.last is copied.kept[0] is not kept


def test_of_a_net_without_a_classifier_nothing_is_left_out() -> None:
    head = (nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2))
    whole, bare = (rx.from_module(nn.Sequential(nn.Conv2d(3, 4, 1), *more), (3, 8, 8)) for more in (head, ()))
    counts = [
        {each.convention.name: each.total for each in under(rx.analyse(net), PARAMETERS)} for net in (whole, bare)
    ]
    assert [(each["learned"], each["backbone"]) for each in counts] == [(26, 16), (16, 16)]


@dataclass(slots=True)
class Given:
    features: Tensor


class Gives(nn.Module):
    def forward(self, x: Tensor) -> Given:
        return Given(x + 1)


def test_what_a_module_gives_may_lie_in_a_dataclass_with_slots() -> None:
    assert len(rx.from_module(Gives(), (3, 8, 8)).graph) == 1


def test_statistics_of_a_batchnorm_without_weights_are_known() -> None:
    net = rx.from_module(nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4, affine=False)), (3, 8, 8))
    module = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4, affine=False))
    assert expected(net.graph) == {name: tuple(each.shape) for name, each in module.state_dict().items()}


class Asks(nn.Module):
    def forward(self, x: Tensor, y: Tensor) -> Tensor:
        return x + y


class Nested(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.nested.nested_tensor([x[0] + 1])


class Constant(nn.Module):
    def forward(self, _x: Tensor) -> Tensor:
        return torch.zeros(3)


@pytest.mark.parametrize(
    ("module", "shape", "says"),
    [
        (nn.Conv2d(3, 8, 3), (4, 8, 8), "shown one input of 4 × 8 × 8, it says"),
        (Asks(), (3, 8, 8), "missing 1 required positional argument"),
        (nn.Sequential(nn.Identity()), (3,), "it gives its input as it got it"),
        (Nested(), (3, 4), "shown one input of 3 × 4, it says: .*NestedTensor"),
        (Constant(), (3, 8, 8), "nothing that it gives was seen to be made of the input"),
        (nn.LazyLinear(4), (3,), "lazy parameters"),
        (nn.LazyBatchNorm2d(affine=False), (3, 8, 8), "lazy parameters"),
        (nn.Sequential(OrderedDict({"a\nb": nn.ReLU()})), (3,), r"'a\\nb' is no name that can be shown"),
        (nn.Conv2d, (3, 8, 8), "is no torch.nn.Module"),
        (nn.ReLU(), (), "allowed: whole numbers above 0"),
        (nn.ReLU(), (3, 0), "allowed: whole numbers above 0"),
        (nn.ReLU(), 224, "input_shape is 224; allowed: whole numbers above 0"),
        (nn.Embedding(5, 4), (7,), "it says"),
    ],
)
def test_what_cannot_be_described_is_said_in_a_sentence(module: nn.Module, shape: tuple[int, ...], says: str) -> None:
    with pytest.raises(rx.ExplorerError, match=says) as told:
        rx.from_module(module, shape)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("torch.nn", "names no constructor"),
        ("nowhere.at_all:Net", "cannot be imported"),
        ("torch.nn:Rellu", "unknown constructor"),
        ("torch.nn:Conv2d", "made nothing"),
        ("math:e", "unknown constructor"),
        ("builtins:dict", "made dict, not"),
    ],
)
def test_a_constructor_that_makes_nothing_is_said_in_a_sentence(name: str, says: str) -> None:
    with pytest.raises(rx.ExplorerError, match=says):
        constructed(name)
    assert isinstance(constructed("torch.nn:ReLU"), nn.ReLU)


def test_a_skip_over_several_blocks_is_none_itself() -> None:
    def seen() -> Iterator[Seen]:
        yield Seen("stem", Conv2d(3, 4, 1), ("image",), "", (4, 8, 8))
        x = "stem"
        for at in "ab":
            yield Seen(f"{at}.conv", Conv2d(4, 4, 3), (x,), at, (4, 8, 8))
            yield Seen(f"{at}.add", Add(), (x, f"{at}.conv"), at, (4, 8, 8))
            x = f"{at}.add"
        yield Seen("add", Add(), ("stem", x), "", (4, 8, 8))

    graph = structured([*seen()])
    assert dict.fromkeys(node.block for node in graph if node.block) == {"a": None, "b": None}
    assert {node.path: node.inputs for node in graph}["add"] == ("b.add", "stem")


with (REFERENCE / "imported.csv").open(encoding="utf-8") as file:
    GOLDEN = [*csv.DictReader(line for line in file if not line.startswith("#"))]


@pytest.mark.parametrize("row", [row for row in GOLDEN if row["preset"]], ids=lambda row: row["net"])
def test_the_golden_counts_are_those_of_the_catalogue(row: dict[str, str]) -> None:
    report = rx.analyse(rx.preset(row["preset"]))
    assert (report.params, report.macs) == (int(row["params"]), int(row["macs"]))


def test_the_golden_counts_are_many() -> None:
    assert len(GOLDEN) >= 30
    assert len({row["net"] for row in GOLDEN}) == len(GOLDEN)


def test_hooks_of_its_owner_are_not_called_and_those_that_make_weights_are() -> None:
    called: list[nn.Module] = []
    net = nn.Sequential(prune.identity(nn.Conv2d(3, 8, 3), "weight"), nn.ReLU())
    net[1].register_forward_hook(lambda module, _inputs, _output: called.append(module))
    net.register_forward_pre_hook(lambda module, _inputs: called.append(module))
    found = rx.from_module(net, (3, 8, 8))
    assert not called
    assert found.notes[0].startswith("It has hooks of its owner (2)")
    assert rx.analyse(found).macs == 8 * 27 * 36
    net(torch.zeros(1, 3, 8, 8))
    assert len(called) == 2


@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16, torch.float64])
def test_a_module_of_another_precision_is_shown_that(kind: torch.dtype) -> None:
    found = rx.from_module(nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU()).to(kind), (3, 8, 8))
    assert rx.analyse(found).params == 224


class Leaves(nn.Module):
    def forward(self, _x: Tensor) -> Tensor:
        sys.exit("gone")


def test_what_ends_the_process_or_cannot_be_watched_is_refused_in_a_sentence() -> None:
    with pytest.raises(rx.ExplorerError, match=r"Leaves cannot be described: .* it says: gone"):
        rx.from_module(Leaves(), (3, 8, 8))
    with pytest.raises(rx.ExplorerError, match="is TorchScript"):
        rx.from_module(torch.jit.script(nn.ReLU()), (3, 8, 8))


class Line(nn.Module):
    """A block of kernels that are not square."""

    def __init__(self) -> None:
        super().__init__()
        self.along, self.back = nn.Conv1d(8, 8, 5, padding=2), nn.ConvTranspose1d(8, 8, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.back(torch.relu(self.along(x)))


class Oblong(nn.Module):
    """The same in two dimensions."""

    def __init__(self) -> None:
        super().__init__()
        self.along, self.back = nn.Conv2d(8, 8, (1, 7), padding=(0, 3)), nn.Conv2d(8, 8, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.back(torch.relu(self.along(x)))


@pytest.mark.parametrize(("module", "shape", "says"), [(Line, (8, 16), "5 (1-D)"), (Oblong, (8, 16, 16), "1×7")])
def test_a_kernel_is_called_by_its_sides(module: type[nn.Module], shape: tuple[int, ...], says: str) -> None:
    net = rx.from_module(nn.Sequential(OrderedDict(block=module())), shape)
    report = rx.analyse(net)
    (path,) = report.blocks
    drawing = block(report.block(path))
    assert f"{says}, 8" in drawing.svg
    assert not re.search(r"5×5|7×7", drawing.svg)
    assert f"{says} convolution, 8 → 8" in str(drawing.data["facts"])
    assert f"{says}, 8" in table.makeup(report.stages[0])
    assert says.replace("×", r"$\times$") in str(rx.export(net, "latex"))
