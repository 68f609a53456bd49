"""The real module built, run once, and counted by tools that know nothing of the description."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import torch

from resnet_explorer.analysis import analyse
from resnet_explorer.analysis.ledger import ledger
from resnet_explorer.model import build, measured
from resnet_explorer.model.device import described, explained, resolve, synchronise
from resnet_explorer.tasks.confirm import Confirmation, Count

if TYPE_CHECKING:
    from torch import Tensor, nn

    from resnet_explorer.analysis import Report as Numbers
    from resnet_explorer.tasks.confirm import ConfirmConfig
    from resnet_explorer.tasks.task import Report, Stopped


def confirm(config: ConfirmConfig, report: Report, stopped: Stopped) -> Confirmation:  # noqa: ARG001 - a few passes
    """Build the network, run one image of zeros through it in eval mode, and count; each count is a record.

    Raises:
        ExplorerError: the device is not there or has too little memory.
    """
    device = resolve(config.device)
    with explained(config.device):
        began = time.perf_counter()
        module = build(config.net, device, seed=0).eval()
        built = time.perf_counter()
        image = torch.zeros((1, *config.net.input_shape), device=device)
        with torch.no_grad():
            output = module(image)
        synchronise(device)
        ended = time.perf_counter()
        counts = _counts(module, image, analyse(config.net))
    for count in counts:
        report(count)
    return Confirmation(
        counts=counts,
        output_shape=tuple(output.shape),
        device=described(device),
        torch=str(torch.__version__),
        build_seconds=built - began,
        forward_seconds=ended - built,
        memory_bytes=measured.tensor_bytes(module),
    )


def _counts(module: nn.Module, image: Tensor, numbers: Numbers) -> tuple[Count, ...]:
    """Parameters and multiply-adds, each by the tools that know them."""
    by_operator = measured.fvcore_macs(module, image)
    weighted = sum(by_operator.get(name, 0) for name in measured.WEIGHTED)
    rest = {name: count for name, count in by_operator.items() if name not in measured.WEIGHTED}
    halved, _ = measured.torch_macs(module, image)
    return (
        _count("torch numel", "parameters", measured.params(module), numbers.params, "sizes of all parameters"),
        _count("fvcore", "MACs of convolutions and fc", weighted, numbers.macs, "multiply-adds, the same convention"),
        _count("fvcore", "everything it counts", sum(by_operator.values()), _fvcore_total(numbers), _extras(rest)),
        _count(
            "torch.utils.flop_counter", "FLOPs, halved", halved, numbers.macs, "it counts 2 FLOPs for each multiply-add"
        ),
    )


def _count(tool: str, what: str, counted: int, expected: int, note: str) -> Count:
    return Count(tool=tool, what=what, counted=counted, expected=expected, agrees=counted == expected, note=note)


def _fvcore_total(numbers: Numbers) -> int:
    """What the ledger says that fvcore counts in eval mode."""
    return next(line.total for line in ledger(numbers) if line.convention.name == "fvcore_eval")


def _extras(rest: dict[str, int]) -> str:
    """What fvcore counts beyond convolutions and fc."""
    added = " and ".join(f"{count:,} for {name}" for name, count in rest.items() if count)
    return f"it adds {added}: not multiply-adds of weights" if added else "it adds nothing here"
