"""A module, described by one run of a copy of it: on meta tensors, or, where that fails, on real ones."""

from __future__ import annotations

import contextlib
import math
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from resnet_explorer.analysis.conventions import listed
from resnet_explorer.analysis.ledger import UNCOUNTED
from resnet_explorer.errors import ExplorerError, shown
from resnet_explorer.model.imports import copying
from resnet_explorer.model.imports.facts import Facts, shape_of
from resnet_explorer.model.imports.kinds import known, op_of
from resnet_explorer.model.imports.naming import Paths
from resnet_explorer.model.imports.tracer import Tracer, tensors
from resnet_explorer.spec import IMAGE, ops
from resnet_explorer.spec.imports import ImportedNet, Seen, structured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from resnet_explorer.model.imports.tracer import Call
    from resnet_explorer.spec.ops import Op, Shape, Weight

MIXING = {"attention": "attention", "product of matrices": "products of matrices", "roll": "rolling"}
MOVING = {"slice": "slicing", "reshape": "reshaping", "cat": "joining"}
"""What takes values of other places, and what does where it makes another map."""


def from_module(module: nn.Module, input_shape: Sequence[int] = (3, 224, 224), name: str | None = None) -> ImportedNet:
    """Somebody's module, described: counted, drawn and compared like a net of the catalogue.

    A copy of it runs once, in evaluation mode, on one input of `input_shape`, which has no batch; nothing is done to
    the module itself. What is described is the way that this input took.

    Args:
        module: any module that takes one tensor.
        input_shape: the input's shape without the batch: channels, height, width, or whatever the module takes.
        name: what to call it; None: its class's name.

    Raises:
        ExplorerError: it cannot be described; the message says why.
    """
    title = type(module).__name__ if name is None else name
    shape = _checked(module, input_shape, title)
    with copying.chance_kept(module):
        run = _run(module, shape, title)
    try:
        seen, second, _ = seen_of(run)
        graph = structured(seen)
    except Exception as error:  # whatever tensors somebody's module may make
        raise _refused(title, shape, error) from error
    return ImportedNet(
        title=title,
        graph=graph,
        input_shape=shape,
        notes=(*_left_out(module), *_notes(run, seen, second)),
        second=second,
        modular=_modular(run, seen),
    )


def _checked(module: object, input_shape: object, title: object) -> Shape:
    if not isinstance(module, nn.Module):
        raise ExplorerError(f"{shown(module)} is no torch.nn.Module; give the module itself, built")
    if isinstance(module, torch.jit.ScriptModule):
        raise ExplorerError(f"{title} is TorchScript, which cannot be watched; give the module that it was made from")
    shape = tuple(input_shape) if isinstance(input_shape, Iterable) and not isinstance(input_shape, bytes) else ()
    if not shape or any(type(each) is not int or each < 1 for each in shape):
        raise ExplorerError(f"input_shape is {shown(input_shape)}; allowed: whole numbers above 0, as 3, 224, 224")
    if any(map(nn.parameter.is_lazy, (*module.parameters(), *module.buffers()))):
        raise ExplorerError(
            f"{title} cannot be described: it has lazy parameters; run it once, so that they have shapes"
        )
    names = (title, *dict(module.named_modules()), *dict(module.named_parameters()))
    odd = [each for each in names if not (isinstance(each, str) and each.isprintable())]
    if odd:
        raise ExplorerError(f"{shown(odd[0])} is no name that can be shown; allowed: text of printable characters")
    return shape


class Run(NamedTuple):
    """One run: the copy that ran, what was seen of it, and the operations that came out, by the places of the calls."""

    module: nn.Module
    tracer: Tracer
    outputs: tuple[int, ...]
    real: bool


def _run(module: nn.Module, shape: Shape, title: str) -> Run:
    """Run a copy: on meta, where nothing is computed, and, if it refuses that, on real tensors."""
    with contextlib.suppress(Exception, SystemExit):  # whatever somebody's module may raise
        return _watched(copying.on_meta(module), shape, torch.device("meta"))
    try:
        device = next((each.device for each in module.parameters()), torch.device("cpu"))
        return _watched(copying.with_data(module), shape, device)
    except (Exception, SystemExit) as error:
        raise _refused(title, shape, error) from error


def _refused(title: str, shape: Shape, error: BaseException) -> ExplorerError:
    said = str(error).strip().partition("\n")[0] or type(error).__name__
    sizes = " × ".join(map(str, shape))
    return ExplorerError(f"{title} cannot be described: shown one input of {sizes}, it says: {said}")


def _watched(copy: copying.Copy, shape: Shape, device: torch.device) -> Run:
    module, counter = copy.module, FlopCounterMode(display=False)
    tracer = Tracer(module, counter)
    module.requires_grad_(requires_grad=False)  # else FlopCounterMode fails where a module is handed a parameter
    kinds = (each.dtype for each in module.parameters() if each.is_floating_point())
    image = torch.zeros((1, *shape), device=device, dtype=next(kinds, None))
    tracer.starts(image)
    with torch.no_grad(), counter, tracer, copy:
        output = module(image)
    places = map(tracer.source, tensors(output))
    found = tuple(dict.fromkeys(place for place in places if place is not None))
    if not found and any(each is image for each in tensors(output)):
        raise ExplorerError("it gives its input as it got it, so that there is nothing to describe")
    if not found:
        raise ExplorerError("nothing that it gives was seen to be made of the input")
    return Run(module, tracer, found, device.type != "meta")


def seen_of(run: Run) -> tuple[list[Seen], tuple[int, ...], dict[int | None, str]]:
    """The operations, those of parameters that nobody used first; the second count of each; their paths by calls."""
    sizes = {name: tuple(each.shape) for name, each in run.module.named_parameters()}
    calls = run.tracer.calls
    made = [op_of(Facts(each, shape_of(each.reads[0]), shape_of(each.output), _owned(each, sizes))) for each in calls]
    names = Paths((name for name, _ in run.module.named_modules()), calls, made)
    seen = [*_unused(run.tracer.free.values(), sizes, names)]
    second = [0] * len(seen)
    paths: dict[int | None, str] = {None: IMAGE}
    read = {place for each in calls for place in each.inputs} | {*run.outputs}
    kept: dict[Op, Op] = {}
    for place, (call, op) in enumerate(zip(calls, made, strict=True)):
        if call.further and place not in read:
            continue
        inputs = tuple(dict.fromkeys(paths[each] for each in call.inputs))
        if op is None:
            paths[place] = inputs[0]
            continue
        path, home = names.of(place)
        paths[place] = path
        if op.kind == "mix":
            inputs = inputs[1], inputs[0], *inputs[2:]
        seen.append(Seen(path, kept.setdefault(op, op), inputs, home, shape_of(call.output)))
        second.append(call.flops // 2)
    ends = tuple(dict.fromkeys(paths[place] for place in run.outputs))
    if ends != (seen[-1].path,):
        shape = next(each.shape for each in seen if each.path == ends[0])
        seen.append(Seen(names.unique("output"), ops.Imported(name="output", gives=shape), ends, "", shape))
        second.append(0)
    return seen, tuple(second), paths


def _owned(call: Call, sizes: Mapping[str, Shape]) -> tuple[Weight, ...]:
    """The weights that a call owns, by their names in their module, or by their paths where two have one name."""
    short = [name.rpartition(".")[2] for name in call.owns]
    names = short if len(set(short)) == len(short) else call.owns
    return tuple((name, sizes[path]) for name, path in zip(names, call.owns, strict=True))


def _unused(free: Iterable[str], sizes: Mapping[str, Shape], names: Paths) -> Iterator[Seen]:
    """Parameters that no operation used, module by module."""
    held: dict[str, list[Weight]] = {}
    for path in free:
        holder, _, name = path.rpartition(".")
        held.setdefault(holder or name, []).append((name, sizes[path]))
    for holder, weights in held.items():
        op = ops.Imported(name="unused", gives=(0,), owns=tuple(weights))
        yield Seen(names.unique(holder), op, (IMAGE,), holder, (0,))


def _modular(run: Run, seen: Sequence[Seen]) -> bool:
    """Whether all that tools count is done by torch's own modules, and none that has weights is called twice."""
    own = {call.scope for call in run.tracer.calls if call.standard}
    again = (each for each in seen if "@" in each.path and each.op.kind in ops.WEIGHTED)
    counted = (each.path for each in seen if each.op.kind not in UNCOUNTED)
    return own.issuperset(counted) and not any(again)


def _left_out(module: nn.Module) -> Iterator[str]:
    held = copying.hooks(module)
    if held:
        yield f"It has hooks of its owner ({held:,}); they were not called, so what they change is not shown."


def _notes(run: Run, seen: Sequence[Seen], second: Sequence[int]) -> Iterator[str]:
    """What is to be said of the run."""
    if run.real:
        yield "It did not run on tensors without data, so it ran on real ones, of zeros."
    if run.tracer.chosen:
        yield "It asked for values that it computes: shown is the way that this input took; another one may differ."
    mixing = [*dict.fromkeys(filter(None, _mixing(seen)))]
    if mixing:
        yield f"The receptive field is that of convolutions and pools; {listed(mixing)} may see past it."
    strange = Counter(each.op.kind for each in seen if not known(each.op) and each.op.kind not in {"unused", "output"})
    if strange:
        counts = ", ".join(f"{kind} ({times})" for kind, times in strange.items())
        yield (
            f"Of no known kind: {counts}. Their work is what torch's FlopCounterMode counts; what the backward pass "
            "keeps of them, and how far they see, is left out."
        )
    besides = Counter(each.op.kind for each in seen if _weighs(each))
    if besides:
        counts = ", ".join(f"{kind} ({times})" for kind, times in besides.items())
        yield f"Weighted layers are convolutions and fully connected ones; not counted, though with weights: {counts}."
    unseen = Counter(each.op.kind for each in seen if _uncounted(each))
    if unseen:
        counts = ", ".join(f"{kind} ({times})" for kind, times in unseen.items())
        yield f"FlopCounterMode counts no multiply-adds of: {counts}; whatever they take is missing from the sum."
    unused = sum(each.op.params for each in seen if each.op.kind == "unused")
    if unused:
        are = "was not used by this input; it is" if unused == 1 else "were not used by this input; they are"
        yield f"{unused:,} of its parameters {are} counted, as “not called”."
    differing = [each.path for each, work in zip(seen, second, strict=True) if each.op.macs(each.shape) != work]
    if differing:
        yield f"FlopCounterMode counts another number of multiply-adds at {', '.join(differing[:5])}."


def _mixing(seen: Sequence[Seen]) -> Iterator[str]:
    """What operations are called that may bring values from outside a window."""
    shapes = {each.path: each.shape for each in seen}
    for each in seen:
        x = next((shapes[path] for path in each.inputs if path != IMAGE), ())
        moved = min(len(x), len(each.shape)) > 1 and math.prod(x[1:]) > 1 and x[-2:] != each.shape[-2:]
        yield MIXING.get(each.op.kind) or (MOVING.get(each.op.kind, "") if moved and each.op.window == (1, 1) else "")


def _weighs(seen: Seen) -> bool:
    """Whether it is a layer with weights that is not counted as one."""
    strange = seen.op.kind == "attention" or not (known(seen.op) or seen.op.kind in {"unused", "output"})
    return strange and any(len(shape) > 1 for _, shape in seen.op.weights)


def _uncounted(seen: Seen) -> bool:
    """Whether torch counts nothing of it, though it may multiply: a matrix by a vector, or what has weights."""
    op = seen.op
    if type(op) is not ops.Imported or op.work or op.kind in {"unused", "output"}:
        return False
    return op.kind == "product of matrices" or (not known(op) and any(len(shape) > 1 for _, shape in op.weights))
