"""Blocks timed against each other, in turns, so that whatever else the machine does meets them alike."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import torch

from resnet_explorer.model import assemble, measured
from resnet_explorer.model.device import described, explained, resolve, synchronise
from resnet_explorer.model.init import initialise
from resnet_explorer.model.inits import he
from resnet_explorer.spec import ops
from resnet_explorer.spec.single import single_block
from resnet_explorer.tasks.time_block import MOST_REPEATS, TIMING_SECONDS, BlockTime, Times

if TYPE_CHECKING:
    from torch import Tensor, nn

    from resnet_explorer.spec import Graph
    from resnet_explorer.tasks.task import Report, Stopped
    from resnet_explorer.tasks.time_block import BlockConfig


class Contender(NamedTuple):
    """A block that is timed, with its input and its times so far, in seconds."""

    name: str
    module: nn.Module
    x: Tensor
    weights: int
    saved_bytes: int
    forward: list[float]
    both: list[float]


def time_blocks(config: BlockConfig, report: Report, stopped: Stopped) -> tuple[BlockTime, ...]:
    """Time the bottleneck, two 3x3 at its outer width and two 3x3 at its inner width, in that order.

    After a warm-up, repeats are taken in turns until three seconds have passed: 1 at least, 50 at most. The times so
    far are reported after each repeat; who stops it gets those.

    Raises:
        ExplorerError: the device is not there or has too little memory, or BatchNorm has nothing to normalise over.
    """
    device = resolve(config.device)
    inner = max(1, config.channels // config.reduction)
    norm = "batch" if config.norm else "none"
    graphs = {
        f"bottleneck {config.channels}–{inner}–{inner}–{config.channels}": single_block(
            "bottleneck", config.channels, inner, norm=norm
        ),
        f"two 3×3 at {config.channels} channels": single_block("basic", config.channels, norm=norm),
        f"two 3×3 at {inner} channels": single_block("basic", inner, norm=norm),
    }
    with explained(config.device):
        deadline = time.perf_counter() + TIMING_SECONDS
        contenders = [_contender(name, graph, config, device) for name, graph in graphs.items()]
        for _ in range(MOST_REPEATS):
            for contender in contenders:
                _turn(contender, device)
            times = tuple(_times(contender, device) for contender in contenders)
            report(times)
            if stopped() or time.perf_counter() > deadline:
                break
    return times


def _contender(name: str, graph: Graph, config: BlockConfig, device: torch.device) -> Contender:
    """A block with He's weights and a feature map of noise, run forward once, which also warms it up."""
    convs = [node.op for node in graph if isinstance(node.op, ops.Conv2d)]
    module = assemble(graph, torch.device("cpu"))
    initialise(module, graph, he.fill, seed=0)
    shape = config.batch, convs[0].in_channels, config.pixels, config.pixels
    x = torch.randn(shape, generator=torch.Generator().manual_seed(0)).to(device).requires_grad_()
    module = module.to(device)
    saved = measured.saved_bytes(module, x)
    return Contender(name, module, x, sum(op.params for op in convs), saved, [], [])


def _turn(contender: Contender, device: torch.device) -> None:
    """One forward pass, then one with backward."""
    with torch.no_grad():
        synchronise(device)
        began = time.perf_counter()
        contender.module(contender.x)
        synchronise(device)
        contender.forward.append(time.perf_counter() - began)
    began = time.perf_counter()
    _backward(contender)
    synchronise(device)
    contender.both.append(time.perf_counter() - began)


def _backward(contender: Contender) -> None:
    """The gradient of the output's sum, to weights and input, as inside a network."""
    contender.x.grad = None
    contender.module.zero_grad()
    contender.module(contender.x).sum().backward()


def _times(contender: Contender, device: torch.device) -> BlockTime:
    return BlockTime(
        name=contender.name,
        forward=Times(tuple(contender.forward)),
        both=Times(tuple(contender.both)),
        saved_bytes=contender.saved_bytes,
        weights=contender.weights,
        device=described(device),
    )
