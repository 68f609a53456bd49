"""What each function of torch is as an operation. One that nobody knows keeps its name, and is counted all the same."""

from __future__ import annotations

import math
from types import EllipsisType
from typing import TYPE_CHECKING, Any

from resnet_explorer.model.imports import weighted
from resnet_explorer.model.imports.facts import several, shape_of
from resnet_explorer.spec import ops

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from resnet_explorer.model.imports.facts import Facts
    from resnet_explorer.spec.ops import Op


def op_of(facts: Facts) -> Op | None:
    """The operation; None where nothing is done."""
    name = ALIASES.get(facts.call.name, facts.call.name)
    name = name.removeprefix("__i").removeprefix("__r").strip("_") if name.startswith("__") else name.rstrip("_")
    made = MADE.get(name)
    return made(facts) if made else _other(facts, name)


def known(op: Op) -> bool:
    """Whether it is of a kind that is known, so that what backward keeps of it is, too."""
    return type(op) is not ops.Imported or op.name in NAMED


def _other(facts: Facts, name: str) -> Op:
    kind, keeps = NAMED.get(name, (name, ()))
    return ops.Imported(name=kind, keeps=keeps, **facts.own)


def _pool(facts: Facts, kind: str, keeps: tuple[str, ...]) -> Op:
    axes = len(facts.x) - 1
    kernel = several(facts.argument(1, "kernel_size"), axes)
    stride = several(facts.argument(2, "stride") or kernel, axes)
    return ops.Imported(name=kind, keeps=keeps, reach=(kernel[-1], stride[-1]), **facts.own)


def _max_pool(facts: Facts) -> Op:
    kernel, stride, padding = (
        several(value, 2) for value in (facts.argument(1, "kernel_size"), facts.argument(2, "stride") or 0,
                                         facts.argument(3, "padding", 0))
    )  # fmt: skip
    if len(facts.x) == 3 and len({*kernel}) == len({*stride}) == len({*padding}) == 1:
        made = ops.MaxPool2d(kernel[0], stride[0] or kernel[0])
        if made.padding == padding[0] and made.shape(facts.x) == facts.y and facts.argument(4, "dilation", 1) == 1:
            return made
    return _pool(facts, "maxpool", ("input", "indices"))


def _average_pool(facts: Facts) -> Op:
    kernel = several(facts.argument(1, "kernel_size"), 2)
    stride = several(facts.argument(2, "stride") or kernel, 2)
    if len(facts.x) == 3 and len({*kernel}) == len({*stride}) == 1 and not facts.argument(3, "padding", 0):
        made = ops.AvgPool2d(kernel[0], stride[0])
        if made.shape(facts.x) == facts.y:
            return made
    return _pool(facts, "mean", ("input",))


def _adaptive(facts: Facts) -> Op:
    if facts.y == (facts.x[0], 1, 1):
        return ops.GlobalAvgPool2d()
    if len(facts.y) == 3 and facts.y[1] == facts.y[2]:
        return ops.AdaptiveAvgPool2d(facts.y[1])
    if math.prod(facts.y[1:]) == 1:
        return _global(facts)
    return ops.Imported(name="adaptive", keeps=("input",), **facts.own)


def _global(facts: Facts) -> Op:
    return ops.Imported(name="avgpool", wide=ops.GlobalAvgPool2d.whole, **facts.own)


def _mean(facts: Facts) -> Op:
    """A mean over all axes but the channels, which come first or, behind tokens, last; or one over others."""
    axes = facts.call.reads[0].dim()
    over = sorted(each % axes for each in _several(facts.argument(1, "dim") or ()))
    behind = axes > 3 or facts.call.output.dim() < axes
    if axes > 2 and (over == [*range(2, axes)] or (behind and over == [*range(1, axes - 1)])):
        return _global(facts)
    return ops.Imported(name="mean over an axis", **facts.own)


def _pad(facts: Facts) -> Op:
    """A border; one of the map's own values needs the map again to give their gradients back."""
    mirrors = facts.argument(2, "mode", "constant") in {"reflect", "replicate"}
    return ops.Imported(name="pad", keeps=("input",) * mirrors, **facts.own)


def _add(facts: Facts) -> Op:
    shapes = {shape_of(each) for each in facts.call.reads}
    if len(facts.call.reads) == 2 and shapes == {facts.y} and facts.argument(2, "alpha", 1) == 1:
        return ops.Add()
    return ops.Imported(name="unequal" if len(facts.call.reads) > 1 else "shift", **facts.own)


def _mul(facts: Facts) -> Op:
    if len(facts.call.reads) > 1:
        return ops.Imported(name="mul", keeps=("inputs",), **facts.own)
    learned = facts.call.learned
    return ops.Imported(name="scale" if learned else "factor", keeps=("input",) * learned, **facts.own)


def _lerp(facts: Facts) -> Op:
    return ops.Mix() if len(facts.call.reads) == 3 else _other(facts, "lerp")


def _flatten(facts: Facts) -> Op:
    whole = len(facts.y) == 1 and math.prod(facts.x) == facts.y[0]
    return ops.Flatten() if whole else ops.Imported(name="reshape", **facts.own)


def _part(facts: Facts) -> Op:
    """What is taken out of a tensor; all of it, as x[:, None] takes it, in another shape."""
    asked = facts.argument(1, "index")
    last = asked[-1] if isinstance(asked, tuple) and len(asked) == facts.call.reads[0].dim() else None
    every = last.step or 1 if isinstance(last, slice) and not last.start and last.stop is None else 1
    simple = all(each is None or isinstance(each, slice | int | EllipsisType) for each in _several(asked))
    whole = simple and math.prod(facts.y) == math.prod(facts.x)
    return ops.Imported(name="reshape" if whole else "slice", reach=(1, every), **facts.own)


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _dropout(facts: Facts) -> Op | None:
    probability = facts.argument(1, "p", 0.5)
    return ops.Dropout(probability) if probability else None


def _interpolate(facts: Facts) -> Op:
    window = {"nearest": 1, "nearest-exact": 1, "bicubic": 4}.get(facts.argument(3, "mode", "nearest"), 2)
    larger = max(1, facts.y[-1] // facts.x[-1])
    return ops.Imported(name="interpolation", reach=(window, 1), enlarges=larger, **facts.own)


def _activation(name: str, *keeps: str) -> Callable[[Facts], Op]:
    """An activation, what autograd keeps of it, and what of one that writes over its input."""
    return lambda facts: ops.Activation(
        name=name, keeps=("output",) if facts.in_place and name in INVERTIBLE else keeps or ("input",), **facts.own
    )


def _leaky(facts: Facts) -> Op:
    return ops.LeakyReLU(facts.argument(1, "negative_slope", 0.01), facts.in_place)


def _attention(facts: Facts) -> Op:
    return ops.Imported(name="attention", keeps=("inputs", "output"), **facts.own)


INVERTIBLE = frozenset({"elu", "celu", "selu"})
"""Activations whose gradient can be read off their output: where they write over their input, autograd keeps that."""
ALIASES = {
    "_max_pool1d": "max_pool1d",
    "_max_pool2d": "max_pool2d",
    "_max_pool3d": "max_pool3d",
    "concat": "cat",
    "concatenate": "cat",
    "multiply": "mul",
    "true_divide": "div",
    "subtract": "sub",
}
"""Functions of two names."""
MADE: Mapping[str, Callable[[Facts], Op | None]] = {
    **dict.fromkeys(("conv1d", "conv2d", "conv3d"), weighted.conv),
    **dict.fromkeys(("conv_transpose1d", "conv_transpose2d", "conv_transpose3d"), weighted.transposed),
    "linear": weighted.linear,
    "batch_norm": weighted.batch_norm,
    "group_norm": weighted.group_norm,
    "layer_norm": weighted.layer_norm,
    "relu": lambda _facts: ops.ReLU(),
    "leaky_relu": _leaky,
    "sigmoid": lambda _facts: ops.Sigmoid(),
    **{name: _activation(name) for name in ("gelu", "silu", "hardswish", "relu6", "elu", "mish", "softplus", "selu")},
    **{name: _activation(name) for name in ("hardtanh", "hardsigmoid", "prelu", "celu")},
    **{name: _activation(name, "output") for name in ("tanh", "softmax", "log_softmax")},
    **dict.fromkeys(("max_pool1d", "max_pool2d", "max_pool3d"), _max_pool),
    **dict.fromkeys(("avg_pool1d", "avg_pool2d", "avg_pool3d"), _average_pool),
    **dict.fromkeys(("adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d"), _adaptive),
    "getitem": _part,
    "mean": _mean,
    "pad": _pad,
    "add": _add,
    "mul": _mul,
    "lerp": _lerp,
    "dropout": _dropout,
    "interpolate": _interpolate,
    "scaled_dot_product_attention": _attention,
    "multi_head_attention_forward": _attention,
    **dict.fromkeys(("flatten", "view", "reshape", "squeeze"), _flatten),
}
"""The operation of each function."""
_FORMS = (
    *("permute", "transpose", "unsqueeze", "unflatten", "movedim", "moveaxis", "swapaxes", "T", "mT", "expand"),
    *("expand_as", "reshape_as", "view_as", "pixel_shuffle", "channel_shuffle"),
)
_PARTS = ("chunk", "split", "unbind", "narrow", "select", "tensor_split")
NAMED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **{name: (name, ()) for name in ("reshape", "slice", "copy", "unequal", "shift", "factor", "avgpool")},
    **{name: (name, ()) for name in ("interpolation", "mean over an axis")},
    **{name: (name, ("input",)) for name in ("bn", "gn", "ln", "adaptive", "mean", "scale")},
    **{name: (name, ("inputs",)) for name in ("mul", "attention")},
    **dict.fromkeys(_FORMS, ("reshape", ())),
    **dict.fromkeys(_PARTS, ("slice", ())),
    **dict.fromkeys(
        ("contiguous", "clone", "detach", "to", "float", "half", "bfloat16", "double", "long"), ("copy", ())
    ),
    **dict.fromkeys(("cat", "stack"), ("cat", ())),
    "maxpool": ("maxpool", ("input", "indices")),
    "pad": ("pad", ()),
    "roll": ("roll", ()),
    "sub": ("difference", ()),
    "difference": ("difference", ()),
    "div": ("quotient", ("inputs",)),
    "quotient": ("quotient", ("inputs",)),
    "exp": ("exp", ("output",)),
    **dict.fromkeys(("matmul", "bmm", "mm", "einsum"), ("product of matrices", ("inputs",))),
    "product of matrices": ("product of matrices", ("inputs",)),
}
"""What functions without sizes are called, and what autograd keeps of them."""
