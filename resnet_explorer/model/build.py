"""The real module: stages, blocks and layers as torch has them, written from the description's graph.

Its parameters have torchvision's names; `print(module.code)` shows the forward pass of the net, of a block its own.
"""

from __future__ import annotations

import gc
import operator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from resnet_explorer.errors import InvalidOption
from resnet_explorer.model.device import resolve
from resnet_explorer.model.init import initialise
from resnet_explorer.model.inits import EPS, INITS
from resnet_explorer.model.layers import Blur2d, PadChannels, Scale, allocated, as_map, as_row, mixed
from resnet_explorer.model.written import written
from resnet_explorer.options import Real
from resnet_explorer.spec import FAMILIES, catalogued, ops
from resnet_explorer.spec.forward import Group, forward, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from resnet_explorer.spec import Graph, NetSpec

SHARE = Real(0.0, 1.0)
MODULES: dict[type[ops.Op], Callable[[Any, torch.device], nn.Module]] = {
    ops.Conv2d: lambda op, device: allocated(
        nn.Conv2d,
        op.in_channels,
        op.out_channels,
        op.kernel,
        op.stride,
        op.padding,
        op.dilation,
        groups=op.groups,
        bias=op.bias,
        device=device,
    ),
    ops.BatchNorm2d: lambda op, device: allocated(nn.BatchNorm2d, op.channels, device=device),
    ops.GroupNorm: lambda op, device: nn.GroupNorm(op.groups, op.channels, device=device),
    ops.ReLU: lambda _op, _device: nn.ReLU(),
    ops.LeakyReLU: lambda op, _device: nn.LeakyReLU(op.slope),
    ops.Scale: lambda op, device: Scale(op.begins, device),
    ops.Sigmoid: lambda _op, _device: nn.Sigmoid(),
    ops.AvgPool2d: lambda op, _device: nn.AvgPool2d(op.kernel, op.stride, ceil_mode=True, count_include_pad=False),
    ops.Blur2d: lambda op, _device: Blur2d(op.stride),
    ops.ChannelConv: lambda op, device: allocated(
        nn.Conv1d, 1, 1, op.kernel, padding=op.kernel // 2, bias=False, device=device
    ),
    ops.SameAvgPool2d: lambda op, _device: nn.Sequential(
        nn.ZeroPad2d((0, op.kernel - 1) * 2), nn.AvgPool2d(op.kernel, 1)
    ),
    ops.MaxPool2d: lambda op, _device: nn.MaxPool2d(op.kernel, op.stride, op.padding),
    ops.AdaptiveAvgPool2d: lambda op, _device: nn.AdaptiveAvgPool2d(op.size),
    ops.Dropout: lambda op, _device: nn.Dropout(op.probability),
    ops.GlobalAvgPool2d: lambda _op, _device: nn.AdaptiveAvgPool2d(1),
    ops.Flatten: lambda _op, _device: nn.Flatten(),
    ops.Linear: lambda op, device: allocated(nn.Linear, op.in_features, op.out_features, device=device),
    ops.PadChannels: lambda op, _device: PadChannels(op.channels, op.stride),
}
"""The module of each operation."""

FUNCTIONS: dict[type[ops.Op], Callable[..., Any]] = {
    ops.Add: operator.add,
    ops.Mul: operator.mul,
    ops.AsRow: as_row,
    ops.AsMap: as_map,
    ops.Mix: mixed,
}
"""Operations that are written as a function of their inputs instead."""

NAMES = {"": "Net", "block": "Block"}
"""What the modules of a graph are called of which nothing more is known."""


def build(
    spec: NetSpec | str,
    device: str | torch.device = "cpu",
    seed: int | None = None,
    init: str | None = "he",
    eps: float = EPS,
) -> nn.Module:
    """The network as a module, in train mode: N, C, H, W to N, classes.

    Args:
        spec: a description, the name of a preset, or a query such as "net=resnet50&image=64".
        device: where its tensors live.
        seed: each parameter is drawn by the seed and its own path, so that networks share the weights of the layers
            they share, on every device (but for "fixup_like", which goes by the number of branches); None draws from
            torch's default generator.
        init: "he" (arXiv:1502.01852, fan-out as torchvision), another name of `model.inits`, or None: memory
            allocated, weights not initialised, for a checkpoint that follows.
        eps: of the initialisation "near_identity", how much of He's is added to the identity.

    Raises:
        UnknownName: no such initialisation.
        InvalidOption: a seed that is no whole number, or eps beyond 0 to 1.
        ExplorerError: the text describes no network, or the device is not there.
        Missing: torch is not installed.
    """
    spec, seed, eps = catalogued(spec), _whole(seed), _share(eps)
    target, names = resolve(device), FAMILIES[spec.family].modules(spec.options)
    if init is None:
        return assemble(spec.graph, target, names)
    module = assemble(spec.graph, torch.device("cpu"), names)
    initialise(module, spec.graph, INITS[init].of(spec.graph, eps), seed)
    return module.to(target)


def _whole(seed: object) -> int | None:
    """A seed as the number that it is, numpy's among them."""
    if seed is None:
        return None
    try:
        if not isinstance(seed, bool):
            return operator.index(seed)  # type: ignore[arg-type]
    except TypeError:
        pass
    raise InvalidOption("seed", seed, "a whole number, or None")


def _share(eps: object) -> float:
    if isinstance(eps, bool) or not isinstance(eps, int | float) or not SHARE.holds(float(eps)):
        raise InvalidOption("eps", eps, SHARE.allowed)
    return float(eps)


def assemble(graph: Graph, device: torch.device, names: Mapping[str, str] = NAMES) -> nn.Module:
    """The module of any graph, its weights not initialised.

    `names` are those of the classes: of the net (""), of a block ("block"), and of other modules by their own name.
    """
    with _without_collections():
        return _made(grouped(graph), device, names)


def _made(group: Group, device: torch.device, names: Mapping[str, str]) -> nn.Module:
    """A group as `nn.Sequential` if it is a chain, else as a module with a forward pass of its own."""
    module = nn.Sequential() if group.chain else written(_class_name(group, names), forward(group))()
    for item in group.items:
        if isinstance(item, Group):
            _place(module, group.named(item), _made(item, device, names))
        elif type(item.op) not in FUNCTIONS:
            _place(module, group.named(item), MODULES[type(item.op)](item.op, device))
    return module


def _class_name(group: Group, names: Mapping[str, str]) -> str:
    own = group.path.rpartition(".")[2]
    return names.get("block" if group.block else own, own.title())


def _place(parent: nn.Module, path: str, module: nn.Module) -> None:
    """Register a module below another, with what lies between."""
    *between, name = path.split(".")
    for each in between:
        if each not in dict(parent.named_children()):
            parent.add_module(each, nn.Module())
        parent = parent.get_submodule(each)
    parent.add_module(name, module)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Pause the garbage collector: one walk over torch's heap takes longer than building ResNet-152."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()
