"""Nets timed against each other, in turns; and the two rates of the machine they ran on."""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING

import torch

from resnet_explorer.model import build
from resnet_explorer.model.device import described, explained, resolve, synchronise
from resnet_explorer.tasks.time_block import Times
from resnet_explorer.tasks.time_nets import MOST_REPEATS, TIMING_SECONDS, Timing

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.spec.ops import Shape
    from resnet_explorer.tasks.task import Report, Stopped
    from resnet_explorer.tasks.time_nets import NetsConfig

SIDE = 1024
"""Rows and columns of the matrices that are multiplied for the peak rate."""
COPIED = 16_000_000
"""Numbers that are copied for the bandwidth: 64 MB, more than most caches hold."""
RATE_REPEATS = 5


def latencies(config: NetsConfig, report: Report, stopped: Stopped) -> Timing:
    """Time a forward pass of both nets in evaluation mode, in float32, without gradients.

    After a warm-up, repeats are taken in turns until six seconds have passed: 1 at least, 50 at most. The timing so
    far is reported after each; who stops it gets that.

    Raises:
        ExplorerError: the device is not there or has too little memory.
    """
    device = resolve(config.device)
    nets = (config.net, config.other)
    with explained(config.device), torch.no_grad():
        flops, copied = _rates(device)
        modules = [build(net, device).eval() for net in nets]
        images = [_images(net.input_shape, config.batch, device) for net in nets]
        passes = [functools.partial(module, x) for module, x in zip(modules, images, strict=True)]
        times: tuple[list[float], ...] = ([], [])
        for each in passes:
            each()
        deadline = time.perf_counter() + TIMING_SECONDS
        for _ in range(MOST_REPEATS):
            for each, kept in zip(passes, times, strict=True):
                kept.append(_seconds(each, device))
            timing = Timing(
                nets=(Times(tuple(times[0])), Times(tuple(times[1]))),
                flops=flops,
                bandwidth=copied,
                device=described(device),
            )
            report(timing)
            if stopped() or time.perf_counter() > deadline:
                break
    return timing


def _images(shape: Shape, batch: int, device: torch.device) -> torch.Tensor:
    return torch.randn(batch, *shape, generator=torch.Generator().manual_seed(0)).to(device)


def _rates(device: torch.device) -> tuple[float, float]:
    """FLOP/s of a product of two square matrices, and bytes/s read and written by a copy: the best of five each."""
    a = torch.ones(SIDE, SIDE, device=device)
    source = torch.ones(COPIED, device=device)
    target = torch.empty_like(source)
    product = torch.empty_like(a)
    multiply = min(_seconds(lambda: torch.mm(a, a, out=product), device) for _ in range(RATE_REPEATS))
    copy = min(_seconds(lambda: target.copy_(source), device) for _ in range(RATE_REPEATS))
    return 2 * SIDE**3 / multiply, 2 * source.nbytes / copy


def _seconds(run: Callable[[], object], device: torch.device) -> float:
    synchronise(device)
    began = time.perf_counter()
    run()
    synchronise(device)
    return time.perf_counter() - began
