"""The live module counted by tools that know nothing of the description."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import torch
from fvcore.nn import FlopCountAnalysis
from torch.autograd.graph import saved_tensors_hooks
from torch.utils.flop_counter import FlopCounterMode

if TYPE_CHECKING:
    from torch import Tensor, nn

WEIGHTED = ("conv", "linear")
"""The operators of fvcore that the convention MACs = convolutions + fully connected layers counts."""


def params(module: nn.Module) -> int:
    """Numbers in its parameters."""
    return sum(each.numel() for each in module.parameters())


def tensor_bytes(module: nn.Module) -> int:
    """Bytes of its parameters and buffers."""
    return sum(each.nbytes for each in (*module.parameters(), *module.buffers()))


def fvcore_macs(module: nn.Module, images: Tensor) -> dict[str, int]:
    """Multiply-adds by operator as fvcore counts them, in eval mode: conv, linear, batch_norm, adaptive_avg_pool2d.

    In train mode fvcore gives BatchNorm five per element instead of two.
    """
    analysis = _fvcore(module, images)
    counts = analysis.by_operator()
    return {name: int(count) for name, count in counts.items()}


def fvcore_by_module(module: nn.Module, images: Tensor) -> dict[str, int]:
    """Multiply-adds by module path as fvcore counts them, in eval mode."""
    return dict(_fvcore(module, images).by_module())


def _fvcore(module: nn.Module, images: Tensor) -> FlopCountAnalysis:
    logging.getLogger("fvcore.nn.jit_analysis").setLevel(logging.ERROR)
    analysis = FlopCountAnalysis(module.eval(), images)
    return analysis.unsupported_ops_warnings(enabled=False).uncalled_modules_warnings(enabled=False)


def torch_macs(module: nn.Module, images: Tensor) -> tuple[int, Tensor]:
    """Multiply-adds of one forward pass by torch's own FLOP counter, halved, and the output."""
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        output = module(images)
    return counter.get_total_flops() // 2, output


def saved_bytes(module: nn.Module, images: Tensor) -> int:
    """Bytes that autograd keeps of a forward pass for the backward pass.

    Each stretch of memory is counted once, however many operations keep it; parameters and buffers are left out.
    """
    held = {each.data_ptr() for each in (*module.parameters(), *module.buffers())}
    kept: dict[int, torch.UntypedStorage] = {}

    def pack(tensor: Tensor) -> None:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in held:
            kept[storage.data_ptr()] = storage  # held until all are counted, so that no address is used twice

    # Autograd is handed nothing to keep: returning the tensor would tie it to the graph for ever.
    with saved_tensors_hooks(pack, lambda nothing: nothing):
        module(images)
    return sum(storage.nbytes() for storage in kept.values())
