"""One run of a module, watched: each function that torch is asked for, by whom, with what, and its multiply-adds."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch.overrides import TorchFunctionMode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from torch import Tensor, nn
    from torch.utils.flop_counter import FlopCounterMode

DATA_DEPENDENT = frozenset({"__bool__", "item", "tolist", "__int__", "__float__", "__index__", "nonzero", "equal"})
"""Functions by which a module may choose its way by what it sees."""
UNCHANGED = frozenset({"contiguous", "to", "float", "type_as", "detach", "clone", "requires_grad_"})
"""Functions that may hand on what they got: then nothing was done."""

CONSTANT = frozenset(
    {"new_zeros", "new_ones", "new_empty", "new_full", "new_tensor", "zeros_like", "ones_like", "full_like"}
)
"""Functions that take of a tensor its form alone."""
FUSED = frozenset(
    {"lstm", "gru", "rnn_tanh", "rnn_relu", "scaled_dot_product_attention", "multi_head_attention_forward"}
)
"""Functions that torch may do with one kernel where there is data; of such kernels FlopCounterMode counts nothing."""


class Call(NamedTuple):
    """A function that was called on what comes from the input.

    `scope` is the module that called, `leaf` whether it holds no other, `standard` whether it is one of torch's own
    besides; `inputs` are the places of the calls that it reads, None for the image; `learned` says whether it uses
    parameters, `owns` are those, by their full names, that it was the first to use; `flops` are what FlopCounterMode
    counted. What gives several tensors is as many calls, the `further` ones without work.
    """

    name: str
    scope: str
    leaf: bool
    standard: bool
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    inputs: tuple[int | None, ...]
    reads: tuple[Tensor, ...]
    output: Tensor
    learned: bool
    owns: tuple[str, ...]
    flops: int
    further: bool


class Tracer(TorchFunctionMode):
    """Watches while it is entered; `calls` are what it saw, `returned` the places of what came out at last."""

    def __init__(self, module: nn.Module, counter: FlopCounterMode) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self.chosen = False
        self.free = {id(each): name for name, each in module.named_parameters()}
        self._counter = counter
        self._sources: dict[int, int | None] = {}
        self._made_of: dict[int, tuple[int, ...]] = {each: (each,) for each in self.free}
        self._spent: dict[int, int] = {}
        self._held: list[Any] = []
        self._scopes: list[tuple[str, str, bool, bool]] = [("", "", False, False)]
        self._times: Counter[str] = Counter()
        for name, part in module.named_modules():
            if name:
                part.register_forward_pre_hook(self._entering(name, part))
                part.register_forward_hook(self._left, always_call=True)

    def starts(self, image: Tensor) -> None:
        """Take this as the input."""
        self._sources[id(image)] = None
        self._held.append(image)

    def takes(self, tensor: Tensor, place: int) -> None:
        """Take this as what that call gave."""
        self._sources[id(tensor)] = place
        self._held.append(tensor)

    def source(self, tensor: Tensor) -> int | None:
        """The place of the call that gave it; None of the input itself, and of what was not seen to come from it."""
        return self._sources.get(id(tensor))

    def _entering(self, name: str, part: nn.Module) -> Callable[[nn.Module, Any], None]:
        leaf = not any(True for _ in part.children())
        standard = leaf and type(part).__module__.startswith("torch.nn.")

        def entering(_module: nn.Module, _inputs: object) -> None:
            above, scope, *_ = self._scopes[-1]
            inside = name.removeprefix(f"{above}.") if above else name
            path = f"{scope}.{inside}" if scope and inside != name else name
            self._times[path] += 1
            times = self._times[path]
            self._scopes.append((name, path if times == 1 else f"{path}@{times}", leaf, standard))

        return entering

    def _left(self, _module: nn.Module, _inputs: object, _output: object) -> None:
        self._scopes.pop()

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        """Call the function, and keep what it was."""
        kwargs = kwargs or {}
        name = named(func)
        if name in _ASKED:
            return func(*args, **kwargs)
        before = self._counter.get_total_flops()
        output = self.called(func, name, args, kwargs)
        spent = self._counter.get_total_flops() - before
        self._see(
            name, args, kwargs, output, self._without_data(func, args, kwargs) or spent if name in FUSED else spent
        )
        return output

    def _without_data(self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> int:
        """What is counted of the function on tensors without data, which no fused kernel takes; 0 where it had none."""
        before = self._counter.get_total_flops()
        if not all(each.is_meta for each in tensors((args, kwargs))):
            with contextlib.suppress(Exception):  # then what was counted with data has to do
                func(*_emptied(args), **_emptied(kwargs))
        return self._counter.get_total_flops() - before

    def called(self, func: Callable[..., Any], name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """What the function gives; where its shape alone is asked for, nothing is computed."""
        return torch.empty_like(args[0]) if _shape_alone(name, args) else func(*args, **kwargs)

    def _see(self, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], output: object, flops: int) -> None:
        given = tuple(tensors((*args, *kwargs.values())))
        read = tuple(each for each in given if id(each) in self._sources)
        outputs = (args[0],) if name == "__setitem__" else tuple(tensors((output,)))
        origins = tuple(dict.fromkeys(origin for each in given for origin in self._made_of.get(id(each), ())))
        flops += sum(self._spent.pop(id(each), 0) for each in given)
        if not read or name in CONSTANT:
            if origins or flops:
                self._made_of.update((id(each), origins) for each in outputs)
                self._spent.update((id(each), flops) for each in outputs[:1])
                self._held += outputs
            return
        self.chosen = self.chosen or name in DATA_DEPENDENT
        if name in UNCHANGED and any(each is read[0] for each in outputs):
            return
        inputs = tuple(self._sources[id(each)] for each in read)
        owns = tuple(each for origin in origins if (each := self.free.pop(origin, ""))) if outputs else ()
        scope, leaf, standard = self._scopes[-1][1:]
        self._held += outputs
        for tensor in outputs:
            call = Call(
                name,
                scope,
                leaf,
                standard,
                args,
                kwargs,
                inputs,
                read,
                tensor,
                bool(origins),
                owns,
                flops,
                tensor is not outputs[0],
            )
            self._sources[id(tensor)] = len(self.calls)
            self.calls.append(call)
            owns, flops = (), 0


_ASKED = frozenset({"shape", "size", "dim", "device", "dtype", "is_cuda", "ndim", "numel", "requires_grad", "grad"})
"""What is asked of a tensor, rather than done with it."""


def _shape_alone(name: str, args: tuple[Any, ...]) -> bool:
    """Whether it is a BatchNorm without data that fits its input: it keeps the shape, and torch takes long for it."""
    if name != "batch_norm" or len(args) < 2 or not args[0].is_meta or args[0].dim() < 2:
        return False
    return args[1] is not None and args[1].shape == args[0].shape[1:2]


def named(func: Callable[..., Any]) -> str:
    """The name of a function of torch; of an attribute's getter, the attribute's."""
    name = getattr(func, "__name__", type(func).__name__)
    if name == "__get__":
        name = getattr(func.__self__, "__name__", name)  # type: ignore[attr-defined]
    return str(name)


def _emptied(values: Any) -> Any:
    """The values, their tensors without data; whole numbers, as the lengths of sequences, are kept."""

    def emptied(tensor: Tensor) -> Tensor:
        whole = not tensor.is_floating_point() and tensor.dtype is not torch.bool
        return tensor if whole else torch.empty_like(tensor, device="meta")

    return mapped(values, emptied)


def mapped(values: Any, made: Callable[[Tensor], Tensor]) -> Any:
    """The values, and the tuples, lists and dicts among them, with what is made of each tensor in its place."""
    if isinstance(values, torch.Tensor):
        return made(values)
    if isinstance(values, dict):
        return {name: mapped(each, made) for name, each in values.items()}
    if not isinstance(values, tuple | list):
        return values
    each = [mapped(value, made) for value in values]
    return type(values)(*each) if hasattr(values, "_fields") else type(values)(each)


def tensors(values: object) -> Iterator[Tensor]:
    """The tensors in values, and in the tuples, lists and dicts among them."""
    if isinstance(values, torch.Tensor):
        yield values
    elif isinstance(values, tuple | list):
        for each in values:
            yield from tensors(each)
    elif isinstance(values, dict):
        yield from tensors(tuple(values.values()))
    elif hasattr(values, "__dataclass_fields__"):
        yield from tensors(tuple(getattr(values, name, None) for name in values.__dataclass_fields__))
