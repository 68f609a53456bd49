"""A copy of a module to look at, so that nothing is done to the module itself."""

from __future__ import annotations

import copy
import random
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from torch import Tensor


def on_meta(module: nn.Module) -> nn.Module:
    """A copy in eval mode whose tensors hold no data."""
    return _copied(module, {id(each): _empty(each) for each in module.parameters()}, _empty)


def with_data(module: nn.Module) -> nn.Module:
    """A copy in eval mode with the weights."""
    return _copied(module, {}, lambda tensor: None if tensor.is_leaf else tensor.detach().clone())


@contextmanager
def chance_kept(module: nn.Module) -> Iterator[None]:
    """Leave the generators of random numbers as they were: torch's, Python's, and NumPy's where it is loaded."""
    numpy, state = sys.modules.get("numpy.random"), random.getstate()
    drawn = numpy.get_state() if numpy else None
    devices = {each.device for each in module.parameters() if each.is_cuda}
    try:
        with torch.random.fork_rng(devices=[*devices]):
            yield
    finally:
        random.setstate(state)
        if numpy:
            numpy.set_state(drawn)


def hooks(module: nn.Module) -> int:
    """How many hooks of its owner a module has; those by which torch makes weights, as its weight norm, are none."""
    return sum(not _of_torch(hook) for part in module.modules() for held in _held(part) for hook in held.values())


class _Copying(TorchFunctionMode):
    """While it is entered, a tensor is copied by `made`, wherever it is held; where that makes none, by torch."""

    def __init__(self, made: Callable[[Tensor], Tensor | None]) -> None:
        super().__init__()
        self._made = made

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        """Call the function, unless it copies and `made` does."""
        made = self._made(args[0]) if func is torch.Tensor.__deepcopy__ else None
        return func(*args, **(kwargs or {})) if made is None else made


def _copied(module: nn.Module, known: dict[int, object], made: Callable[[Tensor], Tensor | None]) -> nn.Module:
    """A copy without its owner's hooks, which would do to what they hold whatever they do."""
    with _Copying(made):
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
