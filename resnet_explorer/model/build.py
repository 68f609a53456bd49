"""The real module: a `torch.fx.GraphModule` written from the description's graph.

Its parameters have torchvision's names, and `print(module.code)` shows the straight-line code that runs.
"""

from __future__ import annotations

import gc
import operator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
from torch import fx, nn

from resnet_explorer.model.device import resolve
from resnet_explorer.model.init import initialise
from resnet_explorer.model.inits import EPS, INITS
from resnet_explorer.model.layers import (
    BatchNorm2d,
    Blur2d,
    Conv1d,
    Conv2d,
    Linear,
    PadChannels,
    Scale,
    as_map,
    as_row,
    mixed,
)
from resnet_explorer.spec import IMAGE, ops

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resnet_explorer.spec import Graph, NetSpec

MODULES: dict[type[ops.Op], Callable[[Any, torch.device], nn.Module]] = {
    ops.Conv2d: lambda op, device: Conv2d(
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
    ops.BatchNorm2d: lambda op, device: BatchNorm2d(op.channels, device=device),
    ops.GroupNorm: lambda op, device: nn.GroupNorm(op.groups, op.channels, device=device),
    ops.ReLU: lambda _op, _device: nn.ReLU(),
    ops.LeakyReLU: lambda op, _device: nn.LeakyReLU(op.slope),
    ops.Scale: lambda _op, device: Scale(device),
    ops.Sigmoid: lambda _op, _device: nn.Sigmoid(),
    ops.AvgPool2d: lambda op, _device: nn.AvgPool2d(op.kernel, op.stride, ceil_mode=True, count_include_pad=False),
    ops.Blur2d: lambda op, device: Blur2d(op.stride, device),
    ops.ChannelConv: lambda op, device: Conv1d(1, 1, op.kernel, padding=op.kernel // 2, bias=False, device=device),
    ops.SameAvgPool2d: lambda op, _device: nn.Sequential(
        nn.ZeroPad2d((0, op.kernel - 1) * 2), nn.AvgPool2d(op.kernel, 1)
    ),
    ops.MaxPool2d: lambda op, _device: nn.MaxPool2d(op.kernel, op.stride, op.padding),
    ops.AdaptiveAvgPool2d: lambda op, _device: nn.AdaptiveAvgPool2d(op.size),
    ops.Dropout: lambda op, _device: nn.Dropout(op.probability),
    ops.GlobalAvgPool2d: lambda _op, _device: nn.AdaptiveAvgPool2d(1),
    ops.Flatten: lambda _op, _device: nn.Flatten(),
    ops.Linear: lambda op, device: Linear(op.in_features, op.out_features, device=device),
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


def build(
    spec: NetSpec,
    device: str | torch.device = "cpu",
    seed: int | None = None,
    init: str | None = "he",
    eps: float = EPS,
) -> fx.GraphModule:
    """The network as a module, in train mode: N, C, H, W to N, classes.

    Args:
        spec: the network.
        device: where its tensors live.
        seed: each parameter is drawn by the seed and its own path, so that networks share the weights of the layers
            they share, on every device (but for "fixup_like", which goes by the number of branches); None draws from
            torch's default generator.
        init: "he" (arXiv:1502.01852, fan-out as torchvision), another name of `model.inits`, or None: memory
            allocated, weights not initialised, for a checkpoint that follows.
        eps: of the initialisation "near_identity", how much of He's is added to the identity.

    Raises:
        UnknownName: no such initialisation.
        ExplorerError: the device is not there.
        Missing: torch is not installed.
    """
    target = resolve(device)
    if init is None:
        return assemble(spec.graph, target)
    module = assemble(spec.graph, torch.device("cpu"))
    initialise(module, spec.graph, INITS[init].of(spec.graph, eps), seed)
    return module.to(target)


def assemble(graph: Graph, device: torch.device) -> fx.GraphModule:
    """The module of any graph, its weights not initialised."""
    with _without_collections():
        module = fx.GraphModule(nn.Module(), fx.Graph(), "ResNet")
        code = fx.Graph()
        written = {IMAGE: code.placeholder(IMAGE)}
        places: dict[str, nn.Module] = {"": module}
        for node in graph:
            inputs = tuple(written[path] for path in node.inputs)
            name = node.path.replace(".", "_")
            function = FUNCTIONS.get(type(node.op))
            if function is None:
                _place(places, node.path, MODULES[type(node.op)](node.op, device))
                written[node.path] = code.create_node("call_module", node.path, inputs, name=name)
            else:
                written[node.path] = code.create_node("call_function", function, inputs, name=name)
        code.output(written[graph.nodes[-1].path])
        module.graph = code
        return module


def _place(places: dict[str, nn.Module], path: str, module: nn.Module) -> None:
    """Register a module under its dotted path, with what lies between."""
    parent, _, name = path.rpartition(".")
    if parent not in places:
        places[parent] = nn.Module()
        _place(places, parent, places[parent])
    places[parent].add_module(name, module)


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
