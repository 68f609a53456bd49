"""A copy of a module to look at, so that nothing is done to the module itself."""

from __future__ import annotations

import copy
import random
import sys
import threading
from contextlib import contextmanager
from types import CellType, FunctionType
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from resnet_explorer.errors import ExplorerError
from resnet_explorer.model.imports.tracer import mapped, tensors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Self

    from torch import Tensor

_ONE_AT_A_TIME = threading.RLock()


def on_meta(module: nn.Module) -> Copy:
    """A copy in eval mode whose tensors hold no data.

    Raises:
        ExplorerError: its copy is not apart from it.
    """
    return Copy(module, _empty)


def with_data(module: nn.Module) -> Copy:
    """A copy in eval mode with the weights.

    Raises:
        ExplorerError: its copy is not apart from it.
    """
    return Copy(module, lambda tensor: None if tensor.is_leaf else tensor.detach().clone())


class Copy(TorchFunctionMode):
    """A copy of a module; while it is entered, all that is called are copies.

    Functions that a module holds close over its copy. What else they reach is not copied with it: where a module is
    called or a tensor taken that was, the copy comes in its place. A module that was not copied yet is so when it is
    called.

    Attributes:
        module: the copy, in eval mode.
    """

    def __init__(self, module: nn.Module, made: Callable[[Tensor], Tensor | None]) -> None:
        super().__init__()
        self._made = made
        self._known: dict[int, Any] = {}
        self.module = self._copied(module).eval()

    def __enter__(self) -> Self:
        _ONE_AT_A_TIME.acquire()
        thread, self._call = threading.get_ident(), nn.Module.__call__

        def call(module: nn.Module, *args: Any, **kwargs: Any) -> Any:
            own = self._copied(module) if threading.get_ident() == thread else module
            return self._call(own, *args, **kwargs)

        nn.Module.__call__ = call  # type: ignore[method-assign]
        super().__enter__()  # type: ignore[no-untyped-call]
        return self

    def __exit__(self, *raised: object) -> None:
        super().__exit__(*raised)  # type: ignore[no-untyped-call]
        nn.Module.__call__ = self._call  # type: ignore[method-assign]
        _ONE_AT_A_TIME.release()

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        """Call the function on copies of the tensors that were copied."""
        given = args, dict(kwargs or {})
        if any(id(each) in self._known for each in tensors(given)):
            given = mapped(given, lambda tensor: self._known.get(id(tensor), tensor))
        return func(*given[0], **given[1])

    def _copied(self, module: nn.Module) -> nn.Module:
        """Its copy, itself if it is one; without its owner's hooks, which do to what they hold whatever they do."""
        known = self._known  # what deepcopy has copied, by the id of the original, which it keeps alive
        if id(module) in known:
            return known[id(module)]  # type: ignore[no-any-return]
        new = (each for each in module.parameters() if id(each) not in known)
        known |= {id(each): made for each in new if (made := self._made(each)) is not None}
        with _Copying(self._made):
            copied = copy.deepcopy(module, known)
        if not {*map(id, _parts(module))}.isdisjoint(map(id, _parts(copied))):
            raise ExplorerError("its copy shares modules or tensors with it, and would change them")
        for part in [each for each in known.values() if isinstance(each, nn.Module) and id(each) not in known]:
            known[id(part)] = part
            own = {name: each for name, each in vars(part).items() if isinstance(each, FunctionType)}
            vars(part).update((name, _rebound(each, known)) for name, each in own.items())
            for held in _held(part):
                for name in [name for name, hook in held.items() if not _of_torch(hook)]:
                    del held[name]
        return copied


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


def _rebound(function: FunctionType, known: Mapping[int, Any]) -> FunctionType:
    """The function over the copies of what it closes over."""
    cells = tuple(_cell(each, known) for each in function.__closure__ or ())
    made = FunctionType(function.__code__, function.__globals__, function.__name__, function.__defaults__, cells)
    made.__kwdefaults__ = function.__kwdefaults__
    vars(made).update(vars(function))
    return made


def _cell(cell: CellType, known: Mapping[int, Any]) -> CellType:
    try:
        return CellType(known[id(cell.cell_contents)])
    except (KeyError, ValueError):  # it holds nothing that was copied, or nothing yet
        return cell


def _parts(module: nn.Module) -> Iterator[object]:
    """What belongs to a module alone: its modules, its tensors, and what holds these and the hooks."""
    for part in module.modules():
        yield part
        yield from _held(part)
        yield from _held(part, _HOLDING)
        yield from (each for held in _held(part, _HOLDING) for each in held.values() if each is not None)


_HOOKS = "_forward_hooks", "_forward_pre_hooks", "_backward_hooks", "_backward_pre_hooks"
_HOLDING = "_parameters", "_buffers", "_modules"


def _held(part: nn.Module, names: tuple[str, ...] = _HOOKS) -> Iterator[dict[int | str, object]]:
    return (vars(part)[name] for name in names if vars(part).get(name))


def _of_torch(hook: object) -> bool:
    made = hook if hasattr(hook, "__qualname__") else type(hook)
    return str(getattr(made, "__module__", "")).partition(".")[0] == "torch"


def _empty(tensor: Tensor) -> Tensor:
    empty = torch.empty_like(tensor, device="meta", requires_grad=False)
    if isinstance(tensor, nn.Parameter):
        return nn.Parameter(empty, requires_grad=tensor.requires_grad)
    return empty
