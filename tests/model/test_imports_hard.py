"""Modules that tools stumble over: a parameter handed to a module, equal blocks without numbers, closures."""

import copy
import re
import threading
from typing import NamedTuple

import pytest
import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

import resnet_explorer as rx
from resnet_explorer.diagrams import axis
from resnet_explorer.diagrams.columns import columns
from resnet_explorer.model.imports import tracer
from resnet_explorer.spec.imports import ImportedNet


class Token(nn.Module):
    """A learned token goes through a module of its own, as in Cait and PiT."""

    def __init__(self) -> None:
        super().__init__()
        self.token, self.norm, self.fc = nn.Parameter(torch.zeros(1, 1, 8)), nn.LayerNorm(8), nn.Linear(8, 8)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(torch.cat((self.norm(self.token.expand(len(x), -1, -1)), x), 1))


def test_a_module_that_is_handed_a_parameter_is_described() -> None:
    module = Token()
    assert rx.analyse(rx.from_module(module, (3, 8))).macs == 4 * 8 * 8
    with FlopCounterMode(display=False) as counter:
        module(torch.zeros(1, 3, 8))
    assert counter.get_total_flops() == 2 * 4 * 8 * 8
    assert all(each.requires_grad for each in module.parameters())


class Again(nn.Module):
    """A convolution around which x goes, three times in one forward."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.b, self.c = (nn.Conv2d(4, 4, 3, padding=1) for _ in range(3))

    def forward(self, x: Tensor) -> Tensor:
        for conv in (self.a, self.b, self.c):
            x = x + conv(x)
        return x


def test_equal_blocks_without_numbers_are_drawn_once() -> None:
    report = rx.analyse(rx.from_module(Again(), (4, 8, 8)))
    folded = {layer.node.stage for layer in report.layers}
    _, spans = columns(report, folded)
    assert [(span.path, span.times) for span in spans] == [("add", 3)]
    drawing = axis(report, folded=folded)
    assert [each["blocks"] for each in drawing.data["cuts"]] == ["add ×3"]


def test_what_a_fused_function_is_given_is_emptied_however_it_is_held() -> None:
    lengths, weights, mask = torch.tensor([3, 2]), [torch.ones(2, 3), torch.ones(4)], torch.tensor([True])
    args = tracer._emptied((weights, {"hx": (torch.ones(5), lengths)}, mask, True, None, "linear"))
    assert [(each.is_meta, each.shape) for each in args[0]] == [(True, (2, 3)), (True, (4,))]
    assert isinstance(args[1]["hx"], tuple)
    assert (args[1]["hx"][0].is_meta, args[1]["hx"][1] is lengths) == (True, True)
    assert args[2].is_meta
    assert args[3:] == (True, None, "linear")


class Merges(nn.Module):
    """Four neighbours become the channels of one place, as in Swin; no attention, and a window of 4 + 4 pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.patch, self.fc = nn.Conv2d(3, 8, 4, 4), nn.Linear(32, 16)

    def forward(self, x: Tensor) -> Tensor:
        x = self.patch(x).permute(0, 2, 3, 1)
        parts = [x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]]
        return self.fc(torch.cat(parts, -1)).mean((1, 2))


class Mixes(nn.Module):
    """Each value of the second layer comes from all places, as in MLP-Mixer."""

    def __init__(self) -> None:
        super().__init__()
        self.patch, self.fc = nn.Conv2d(3, 8, 4, 4), nn.Linear(16, 16)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.patch(x).flatten(2)).mean(-1)


class Halves(nn.Module):
    """Every second value of a map, as the shortcut of option A takes it."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(8, 8, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.second(self.first(x)[:, :, ::2, ::2]).mean((2, 3))


def test_what_windows_do_not_tell_is_said_of_the_receptive_field() -> None:
    said = "The receptive field is that of convolutions and pools; {} may see past it."
    assert said.format("reshaping, slicing and joining") in rx.from_module(Merges(), (3, 16, 16)).notes
    assert said.format("reshaping") in rx.from_module(Mixes(), (3, 16, 16)).notes
    halves = rx.from_module(Halves(), (3, 16, 16))
    assert not halves.notes
    assert rx.cost(halves).field_px == (7, 7)


@pytest.mark.parametrize("inner", [nn.PReLU(), nn.Conv2d(1, 1, 1, bias=False), nn.Linear(1, 1), nn.ReLU()])
def test_what_is_one_is_called_so(inner: nn.Module) -> None:
    shape = (1, 1, 1)
    inner.register_parameter("idle", nn.Parameter(torch.zeros(1)))
    net = rx.from_module(nn.Sequential(inner), shape)
    report = rx.analyse(net)
    cells = map(str, report.to_frame().to_numpy().flat)
    shown = [repr(net), *net.notes, repr(report), *map(repr, report.stages), *cells]
    shown += [axis(report).alt] if report.weighted else []
    assert not re.search(r"(?<![\d,.×])1 (?!of its )[a-zA-Z]+s\b", " | ".join(shown))
    assert "1 of its parameters was not used by this input; it is counted" in " ".join(net.notes)


class Looped(nn.Module):
    """Layers of one list, of which every second has a shortcut; what follows the last one has no weights."""

    def __init__(self) -> None:
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv2d(3, 3, 3, padding=1) for _ in range(6))

    def forward(self, x: Tensor) -> Tensor:
        for place, conv in enumerate(self.convs):
            x = x + conv(x) if place % 2 else conv(x)
        return x.relu() * 2


class Gated(nn.Module):
    """A highway layer as people write it; its gate is a module of its own inside, its convolutions are not."""

    def __init__(self) -> None:
        super().__init__()
        self.h, self.gate = nn.Conv2d(3, 3, 3, padding=1), nn.Sequential(nn.Conv2d(3, 3, 1), nn.Sigmoid())

    def forward(self, x: Tensor) -> Tensor:
        t = self.gate(x)
        return t * self.h(x) + (1 - t) * x


def test_each_shortcut_in_a_loop_is_a_block_and_the_last_one_is_drawn() -> None:
    report = rx.analyse(rx.from_module(Looped(), (3, 8, 8)))
    assert len(report.blocks) == 3
    assert all(len([layer for layer in report.layers if layer.node.block == path]) == 2 for path in report.blocks)
    assert "3 blocks at 8 × 8. Shortcuts over blocks: 3 identities." in axis(report).alt


def test_a_way_without_weights_is_not_called_padding() -> None:
    report = rx.analyse(rx.from_module(Gated(), (3, 8, 8)))
    assert "Shortcuts over blocks: 1 without weights." in axis(report).alt
    assert [*report.blocks] == ["add"]
    drawn, _ = columns(report)
    for metric in ("params", "macs"):  # the gate runs before the first layer that has a column
        assert sum(sum(column.parts(metric)) for column in drawn) == report.count(metric)


class Squeezed(nn.Module):
    """A branch of a convolution, and of a module that weighs it: the block is not that module."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)
        self.weigh = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(4, 4, 1), nn.Sigmoid())

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv(x)
        return x + y * self.weigh(y)


def test_a_block_is_not_named_after_a_part_of_it() -> None:
    assert rx.analyse(rx.from_module(Squeezed(), (4, 8, 8))).blocks == ("add",)


class Ends(nn.Module):
    """A net whose last operation is an addition, its projection called behind the branch."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second, self.way = (
            nn.Conv2d(3, 8, 3, 2, 1),
            nn.Conv2d(8, 8, 3, padding=1),
            nn.Conv2d(3, 8, 1, 2),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.second(self.first(x).relu()) + self.way(x)


def test_the_plain_counterpart_of_a_net_that_ends_in_an_addition_is_its_branch() -> None:
    plain = rx.from_module(Ends(), (3, 8, 8)).plain
    assert [node.path for node in plain.graph] == ["first", "relu", "second"]
    assert len(plain.second) == 3
    nothing = rx.from_module(nn.Sequential(Looped(), Ends()), (3, 8, 8)).plain
    assert nothing.plain is nothing


class Up(nn.Module):
    """A small U-Net: layers that no module holds stand between those that one holds, and behind them."""

    def __init__(self) -> None:
        super().__init__()
        self.down, self.deep, self.last = (nn.Sequential(nn.Conv2d(n, 8, 3, padding=1)) for n in (3, 8, 16))
        self.up, self.out = nn.ConvTranspose2d(8, 8, 2, 2), nn.Conv2d(8, 2, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.down(x)
        return self.out(self.last(torch.cat((x, self.up(self.deep(nn.functional.max_pool2d(x, 2)))), 1)))


def test_what_others_follow_is_no_head() -> None:
    names = [stage.name for stage in rx.analyse(rx.from_module(Up(), (3, 16, 16))).stages]
    assert "head" not in names
    assert len(set(names)) == len(names)


class Closes(nn.Module):
    """A block whose shortcut is a function that closes over the module, or over what it holds."""

    def __init__(self, *, real: bool, way: str) -> None:
        super().__init__()
        self.c, self.pc, self.pb, self.real = nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8), real
        conv, norm = self.pc, self.pb

        def inner(x: Tensor) -> Tensor:
            return norm(conv(x))

        def weights(x: Tensor) -> Tensor:
            x = nn.functional.conv2d(x, conv.weight, conv.bias)
            return nn.functional.batch_norm(
                x, norm.running_mean, norm.running_var, norm.weight, norm.bias, training=True
            )

        ways = {
            "self": lambda x: self.pb(self.pc(x)),
            "inner": inner,
            "default": lambda x, held=(conv, norm): held[1](held[0](x)),
            "forward": lambda x: norm.forward(conv.forward(x)),
            "weights": weights,
        }
        self.shortcut = ways[way]

    def forward(self, x: Tensor) -> Tensor:
        y = (self.c(x) + self.shortcut(x)).relu()
        return y + torch.zeros(8, 8, 8) if self.real else y


def left_alone(module: nn.Module, shape: tuple[int, ...]) -> ImportedNet:
    """The module described, and seen to be as it was."""
    called: list[nn.Module] = []
    for part in module.modules():
        part.register_forward_hook(lambda module, _inputs, _output: called.append(module))
    module(torch.randn(2, *shape)).sum().backward()
    called.clear()
    held = {name: each.clone() for name, each in module.state_dict().items()}
    flags = [(each.requires_grad, each.grad) for each in module.parameters()]
    states = [(part.training, dict(part._forward_hooks), dict(part._forward_pre_hooks)) for part in module.modules()]
    call = nn.Module.__call__
    try:
        return rx.from_module(module, shape)
    finally:
        assert nn.Module.__call__ is call
        assert not called
        assert all(torch.equal(held[name], each) for name, each in module.state_dict().items())
        assert all(
            each.requires_grad is asked and each.grad is grad
            for each, (asked, grad) in zip(module.parameters(), flags, strict=True)
        )
        assert states == [(p.training, dict(p._forward_hooks), dict(p._forward_pre_hooks)) for p in module.modules()]


@pytest.mark.parametrize("real", [False, True])
@pytest.mark.parametrize("way", ["self", "inner", "default", "forward", "weights"])
def test_functions_that_close_over_a_module_run_its_copy(way: str, real: bool) -> None:  # noqa: FBT001
    net = left_alone(Closes(real=real, way=way), (3, 8, 8))
    nodes = {node.path: node.op.params for node in net.graph}
    assert sum(nodes.values()) == 224 + 32 + 16
    assert not any("not used" in note for note in net.notes)
    if way in {"self", "inner", "default"}:
        assert (nodes["pc"], nodes["pb"]) == (32, 16)
        assert [node.path for node in net.graph if node.shortcut] == ["pc", "pb"]


def test_a_forward_that_closes_over_its_module_runs_its_copy() -> None:
    module = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))
    module.forward = lambda x: module[1](module[0](x))  # type: ignore[method-assign]
    assert [node.path for node in left_alone(module, (3, 8, 8)).graph] == ["0", "1"]


class Minds(nn.Module):
    """What its functions do depends on its mode, and is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.fc, self.kept = nn.Linear(3, 4), []
        if self.training is None:
            later = 0  # never, so that its cell is empty
        self.drop = lambda x, *, p=0.5: nn.functional.dropout(x, p, self.training)
        self.keep = lambda x: self.kept.append(x) or x + self.kept[-1].mean() + (1 if self.kept else later)

    def forward(self, x: Tensor) -> Tensor:
        return self.keep(self.drop(self.fc(x))) if not self.training else x


def test_functions_that_close_over_a_module_see_its_copy() -> None:
    module = Minds()
    kept, functions = module.kept, (module.drop, module.keep)
    net = rx.from_module(module, (3,))
    assert net.graph.nodes[0].path == "fc"
    assert module.kept is kept
    assert not kept
    assert (module.drop, module.keep) == functions


BESIDE = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))


class Beside(nn.Module):
    """Calls a module that it does not hold, one that it holds in a plain list, and one that is made anew."""

    def __init__(self) -> None:
        super().__init__()
        self.plainly = [nn.BatchNorm2d(8)]

    def forward(self, x: Tensor) -> Tensor:
        return nn.ReLU()(self.plainly[0](BESIDE(x)))


def test_a_module_that_is_called_and_not_held_is_left_alone_too() -> None:
    module, called = Beside(), []
    for each in (BESIDE, *module.plainly):
        each.register_forward_hook(lambda module, _inputs, _output: called.append(module))
    net = rx.from_module(module, (3, 8, 8))
    assert [node.op.kind for node in net.graph] == ["conv", "bn", "bn", "relu"]
    assert not called
    assert BESIDE[1].num_batches_tracked == module.plainly[0].num_batches_tracked == 0


def test_modules_of_other_threads_are_called_as_ever() -> None:
    other, given = nn.Linear(2, 2), []

    class Waits(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            thread = threading.Thread(target=lambda: given.append(other(torch.ones(2))))
            thread.start()
            thread.join()
            return x + 1

    other.register_forward_hook(lambda *_: given.append(None))
    rx.from_module(Waits(), (3,))
    assert given[0] is None
    assert torch.equal(given[1], other(torch.ones(2)))


class Itself(nn.Conv2d):
    def __deepcopy__(self, _memo: object) -> nn.Module:
        return self


class Shallow(nn.Conv2d):
    def __deepcopy__(self, _memo: object) -> nn.Module:
        return copy.copy(self)


@pytest.mark.parametrize("kind", [Itself, Shallow])
@pytest.mark.parametrize("held", [False, True])
def test_a_module_whose_copy_is_not_apart_is_refused_and_left_alone(kind: type[nn.Conv2d], held: bool) -> None:  # noqa: FBT001
    module = nn.Sequential(nn.ReLU(), kind(3, 8, 3)) if held else kind(3, 8, 3)
    with pytest.raises(rx.ExplorerError, match="its copy shares modules or tensors with it"):
        left_alone(module, (3, 8, 8))


class Named(NamedTuple):
    one: torch.Tensor
    other: torch.Tensor


def test_a_named_tuple_of_tensors_stays_one() -> None:
    both = Named(torch.ones(1), torch.zeros(1))
    assert tracer.mapped((both, [both.one]), torch.neg) == (Named(-both.one, -both.other), [-both.one])
