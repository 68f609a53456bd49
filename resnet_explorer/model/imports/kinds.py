"""What each function of torch is as an operation. One that nobody knows keeps its name, and is counted all the same."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.spec import ops

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from torch import Tensor

    from resnet_explorer.model.imports.tracer import Call
    from resnet_explorer.spec.ops import Op, Shape, Weight


class Facts(NamedTuple):
    """A call with the shapes of its first input and its output, without the batch, and the weights that it owns."""

    call: Call
    x: Shape
    y: Shape
    owns: tuple[Weight, ...]

    def argument(self, place: int, name: str, default: Any = None) -> Any:
        """An argument, by its place or its name."""
        return self.call.args[place] if place < len(self.call.args) else self.call.kwargs.get(name, default)

    @property
    def own(self) -> dict[str, Any]:
        """What every imported operation is given."""
        return {"gives": self.y, "owns": self.owns, "work": self.call.flops // 2}

    @property
    def wholly(self) -> bool:
        """Whether it owns a weight and a bias, and nothing else."""
        return len(self.owns) == 2


def shape_of(tensor: Tensor) -> Shape:
    """The shape without the batch of one, where that is the first axis."""
    shape = tuple(tensor.shape)
    return (shape[1:] if shape[:1] == (1,) else shape) or (1,)


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


def _several(value: Any, axes: int) -> tuple[int, ...]:
    return tuple(value) * (axes // len(value)) if isinstance(value, tuple | list) else (int(value),) * axes


def _conv(facts: Facts) -> Op:
    weight, bias = facts.argument(1, "weight"), facts.argument(2, "bias") is not None
    sizes = tuple(weight.shape[2:])
    axes, groups = len(sizes), facts.argument(6, "groups", 1)
    strides, dilations = (_several(facts.argument(*each), axes) for each in ((3, "stride", 1), (5, "dilation", 1)))
    asked = facts.argument(4, "padding", 0)
    padding = asked if isinstance(asked, str) else _several(asked, axes)
    given, gives = weight.shape[1] * groups, weight.shape[0]
    square = len(facts.x) == 3 and axes == 2 and len({*sizes}) == len({*strides}) == 1 and dilations == (1, 1)
    if square and padding == (sizes[0] // 2,) * 2 and len(facts.owns) == 1 + bias:
        return ops.Conv2d(given, gives, sizes[0], strides[0], groups, bias)
    return ops.Convolution(
        name="conv",
        **facts.own,
        keeps=("input",),
        reach=(dilations[-1] * (sizes[-1] - 1) + 1, strides[-1]),
        in_channels=given,
        out_channels=gives,
        sizes=sizes,
        strides=strides,
        dilations=dilations,
        groups=groups,
        bias=bias,
        places=_places(facts.y, axes, gives),
    )


def _places(shape: Shape, axes: int, channels: int) -> Shape:
    """Where a kernel of so many axes is applied: the map's sides; all in one number where windows stand in the batch."""
    return shape[1:] if len(shape) == axes + 1 else (math.prod(shape) // channels,)


def _transposed(facts: Facts) -> Op:
    weight, groups = facts.argument(1, "weight"), facts.argument(6, "groups", 1)
    sizes = tuple(weight.shape[2:])
    strides, dilations = (
        _several(facts.argument(*each), len(sizes)) for each in ((3, "stride", 1), (7, "dilation", 1))
    )
    seen = (dilations[-1] * (sizes[-1] - 1)) // strides[-1] + 1
    return ops.Convolution(
        name="conv",
        **facts.own,
        keeps=("input",),
        reach=(seen, 1),
        enlarges=strides[-1],
        in_channels=weight.shape[0],
        out_channels=weight.shape[1] * groups,
        sizes=sizes,
        strides=strides,
        dilations=dilations,
        groups=groups,
        bias=facts.argument(2, "bias") is not None,
        places=_places(facts.x, len(sizes), weight.shape[0]),
        transposed=True,
    )


def _linear(facts: Facts) -> Op:
    gives, given = facts.argument(1, "weight").shape
    bias = facts.argument(2, "bias") is not None
    if len(facts.x) == 1 and bias and facts.wholly:
        return ops.Linear(given, gives)
    return ops.Dense(
        name="fc",
        **facts.own,
        keeps=("input",),
        in_features=given,
        out_features=gives,
        bias=bias,
        places=facts.y[:-1],
    )


def _batch_norm(facts: Facts) -> Op:
    if facts.wholly:
        return ops.BatchNorm2d(facts.owns[0][1][0])
    return ops.Imported(name="bn", keeps=("input",), **facts.own)


def _group_norm(facts: Facts) -> Op:
    groups = facts.argument(1, "num_groups")
    if facts.wholly:
        return ops.GroupNorm(facts.owns[0][1][0], groups)
    return ops.Imported(name="gn", keeps=("input",), numbers=2 * groups, wide=ops.GroupNorm.whole, **facts.own)


def _layer_norm(facts: Facts) -> Op:
    together = math.prod(facts.argument(1, "normalized_shape"))
    whole = together == math.prod(facts.x) and len(facts.x) > 1
    return ops.Imported(
        name="ln",
        keeps=("input",),
        numbers=2 * math.prod(facts.x) // together,
        wide="the means and deviations of LayerNorm" if whole else "",
        **facts.own,
    )


def _pool(facts: Facts, kind: str, keeps: tuple[str, ...]) -> Op:
    axes = len(facts.x) - 1
    kernel = _several(facts.argument(1, "kernel_size"), axes)
    stride = _several(facts.argument(2, "stride") or kernel, axes)
    return ops.Imported(name=kind, keeps=keeps, reach=(kernel[-1], stride[-1]), **facts.own)


def _max_pool(facts: Facts) -> Op:
    kernel, stride, padding = (
        _several(value, 2) for value in (facts.argument(1, "kernel_size"), facts.argument(2, "stride") or 0,
                                         facts.argument(3, "padding", 0))
    )  # fmt: skip
    if len(facts.x) == 3 and len({*kernel}) == len({*stride}) == len({*padding}) == 1:
        made = ops.MaxPool2d(kernel[0], stride[0] or kernel[0])
        if made.padding == padding[0] and made.shape(facts.x) == facts.y and facts.argument(4, "dilation", 1) == 1:
            return made
    return _pool(facts, "maxpool", ("input", "indices"))


def _average_pool(facts: Facts) -> Op:
    kernel = _several(facts.argument(1, "kernel_size"), 2)
    stride = _several(facts.argument(2, "stride") or kernel, 2)
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
        return _mean(facts)
    return ops.Imported(name="adaptive", keeps=("input",), **facts.own)


def _mean(facts: Facts) -> Op:
    pools = len(facts.x) > 1 and math.prod(facts.y) in {facts.x[0], facts.x[-1]}
    name = "avgpool" if pools else "mean over an axis"
    return ops.Imported(name=name, wide=ops.GlobalAvgPool2d.whole if pools else "", **facts.own)


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


def _dropout(facts: Facts) -> Op | None:
    probability = facts.argument(1, "p", 0.5)
    return ops.Dropout(probability) if probability else None


def _interpolate(facts: Facts) -> Op:
    window = {"nearest": 1, "nearest-exact": 1, "bicubic": 4}.get(facts.argument(3, "mode", "nearest"), 2)
    larger = max(1, facts.y[-1] // facts.x[-1])
    return ops.Imported(name="interpolation", reach=(window, 1), enlarges=larger, **facts.own)


def _activation(name: str, *keeps: str) -> Callable[[Facts], Op]:
    return lambda facts: ops.Activation(name=name, keeps=keeps or ("input",), **facts.own)


def _attention(facts: Facts) -> Op:
    return ops.Imported(name="attention", keeps=("inputs", "output"), **facts.own)


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
    **dict.fromkeys(("conv1d", "conv2d", "conv3d"), _conv),
    **dict.fromkeys(("conv_transpose1d", "conv_transpose2d", "conv_transpose3d"), _transposed),
    "linear": _linear,
    "batch_norm": _batch_norm,
    "group_norm": _group_norm,
    "layer_norm": _layer_norm,
    "relu": lambda _facts: ops.ReLU(),
    "leaky_relu": lambda facts: ops.LeakyReLU(facts.argument(1, "negative_slope", 0.01)),
    "sigmoid": lambda _facts: ops.Sigmoid(),
    **{name: _activation(name) for name in ("gelu", "silu", "hardswish", "relu6", "elu", "mish", "softplus", "selu")},
    **{name: _activation(name) for name in ("hardtanh", "hardsigmoid", "prelu", "celu", "logsigmoid")},
    **{name: _activation(name, "output") for name in ("tanh", "softmax", "log_softmax")},
    **dict.fromkeys(("max_pool1d", "max_pool2d", "max_pool3d"), _max_pool),
    **dict.fromkeys(("avg_pool1d", "avg_pool2d", "avg_pool3d"), _average_pool),
    **dict.fromkeys(("adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d"), _adaptive),
    "mean": _mean,
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
_FORMS = ("permute", "transpose", "unsqueeze", "unflatten", "movedim", "moveaxis", "swapaxes", "T", "mT", "expand", "expand_as",
          "reshape_as", "view_as", "pixel_shuffle", "channel_shuffle")  # fmt: skip
_PARTS = ("chunk", "split", "unbind", "getitem", "narrow", "select", "tensor_split")
NAMED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **{name: (name, ()) for name in ("reshape", "slice", "copy", "unequal", "shift", "factor", "avgpool")},
    **{name: (name, ()) for name in ("interpolation", "mean over an axis")},
    **{name: (name, ("input",)) for name in ("bn", "gn", "ln", "adaptive", "mean", "scale")},
    **{name: (name, ("inputs",)) for name in ("mul", "attention")},
    **dict.fromkeys(_FORMS, ("reshape", ())),
    **dict.fromkeys(_PARTS, ("slice", ())),
    **dict.fromkeys(("contiguous", "clone", "to", "float"), ("copy", ())),
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
