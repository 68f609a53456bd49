"""A copy of a module to look at, so that nothing is done to the module itself."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import torch
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def hooks(module: nn.Module) -> int:
    """How many hooks of its owner a module has; those by which torch makes weights, as its weight norm, are none."""
    return sum(not _of_torch(hook) for part in module.modules() for held in _held(part) for hook in held.values())


def _copied(module: nn.Module, known: dict[int, object]) -> nn.Module:
    """A copy without its owner's hooks, which would do to what they hold whatever they do."""
    copied: nn.Module = copy.deepcopy(module, known)
    for part in copied.modules():
        for held in _held(part):
            for name in [name for name, hook in held.items() if not _of_torch(hook)]:
                del held[name]
    return copied.eval()


def _held(part: nn.Module) -> Iterator[dict[int, object]]:
    names = ("_forward_hooks", "_forward_pre_hooks", "_backward_hooks", "_backward_pre_hooks")
    return (vars(part)[name] for name in names if vars(part).get(name))


def _of_torch(hook: object) -> bool:
    made = hook if hasattr(hook, "__qualname__") else type(hook)
    return str(getattr(made, "__module__", "")).partition(".")[0] == "torch"


def _empty(tensor: Tensor) -> Tensor:
    empty = torch.empty_like(tensor, device="meta", requires_grad=False)
    if isinstance(tensor, nn.Parameter):
        return nn.Parameter(empty, requires_grad=tensor.requires_grad)
    return empty
