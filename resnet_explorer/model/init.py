"""Initialisation: each parameter from a generator of its own, seeded by its path."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from resnet_explorer.registry import Registry
from resnet_explorer.spec import ops

if TYPE_CHECKING:
    from resnet_explorer.spec import Graph

Fill = Callable[[ops.Op, str, Tensor, torch.Generator | None], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Init:
    """A way to initialise: `fill(op, name, tensor, generator)` fills one parameter of an operation in place."""

    name: str
    title: str
    fill: Fill


def initialise(module: nn.Module, graph: Graph, fill: Fill, seed: int | None) -> None:
    """Fill every parameter of a module on the CPU that was assembled from the graph."""
    tensors = dict(module.named_parameters())
    with torch.no_grad():
        for node in graph:
            for name, _ in node.op.weights:
                path = f"{node.path}.{name}"
                fill(node.op, name, tensors[path], None if seed is None else generator(seed, path))


def generator(seed: int, path: str) -> torch.Generator:
    """A CPU generator that depends on the seed and on the path alone."""
    digest = hashlib.blake2b(f"{seed}:{path}".encode(), digest_size=8).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest, "big"))


def _he(op: ops.Op, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
    """Convolutions N(0, 2 / (out_channels · k²)), their biases zero; fc as PyTorch and torchvision do."""
    if not isinstance(op, ops.Conv2d):
        _pytorch(op, name, tensor, draws)
    elif name == "bias":
        tensor.zero_()
    else:
        tensor.normal_(0.0, math.sqrt(2 / (op.out_channels * op.kernel**2)), generator=draws)


def _pytorch(op: ops.Op, name: str, tensor: Tensor, draws: torch.Generator | None) -> None:
    """PyTorch's layers: weights and biases uniform within ±1 / √fan_in; BatchNorm γ = 1 (0 where asked for), β = 0."""
    match op:
        case ops.BatchNorm2d():
            tensor.fill_(float(name == "weight" and not op.zero_gamma))
        case ops.Conv2d():
            _uniform(tensor, op.in_channels // op.groups * op.kernel**2, draws)
        case ops.Linear():
            _uniform(tensor, op.in_features, draws)
        case _:
            raise NotImplementedError(f"no default initialisation of {op.kind}.{name}")


def _uniform(tensor: Tensor, fan_in: int, draws: torch.Generator | None) -> None:
    bound = 1 / math.sqrt(fan_in)
    tensor.uniform_(-bound, bound, generator=draws)


HE = Init(name="he", title="He, fan-out (arXiv:1502.01852)", fill=_he)
PYTORCH = Init(name="pytorch", title="PyTorch's default", fill=_pytorch)

INITS = Registry("initialisation", (HE, PYTORCH))
