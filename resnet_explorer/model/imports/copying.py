"""A copy of a module to look at, so that nothing is done to the module itself."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import torch
from torch import nn

if TYPE_CHECKING:
    from torch import Tensor


def on_meta(module: nn.Module) -> nn.Module:
    """A copy in eval mode whose tensors hold no data."""
    known: dict[int, object] = {}
    for part in module.modules():
        for each in (*part.parameters(recurse=False), *part.buffers(recurse=False), *vars(part).values()):
            if isinstance(each, torch.Tensor) and id(each) not in known:
                known[id(each)] = _empty(each)
    return _copied(module, known)


def with_data(module: nn.Module) -> nn.Module:
    """A copy in eval mode with the weights."""
    return _copied(module, {})


def _copied(module: nn.Module, known: dict[int, object]) -> nn.Module:
    copied: nn.Module = copy.deepcopy(module, known)
    return copied.eval()


def _empty(tensor: Tensor) -> Tensor:
    empty = torch.empty_like(tensor, device="meta", requires_grad=False)
    if isinstance(tensor, nn.Parameter):
        return nn.Parameter(empty, requires_grad=tensor.requires_grad)
    return empty
