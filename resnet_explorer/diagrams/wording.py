"""Numbers, shapes and operations as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.conventions import kernel, sizes
from resnet_explorer.spec.ops import (
    AvgPool2d,
    Blur2d,
    ChannelConv,
    Conv2d,
    Convolution,
    FullyConnected,
    LeakyReLU,
    Linear,
    MaxPool2d,
    PadChannels,
    SameAvgPool2d,
    Scale,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.spec.ops import Op, Shape

_NAMES = {
    "bn": "BatchNorm",
    "gn": "GroupNorm",
    "relu": "ReLU",
    "sigmoid": "sigmoid",
    "mul": "multiplication by the gate",
    "mix": "mixing by the gate",
    "avgpool": "global average pooling",
    "adaptive": "average pooling",
    "dropout": "dropout",
    "flatten": "flattening",
    "row": "channels in a row",
    "map": "channels as a map",
    "add": "addition",
    "ln": "LayerNorm",
    "gelu": "GELU",
    "silu": "SiLU",
    "hardswish": "hard-swish",
    "hardsigmoid": "hard sigmoid",
    "relu6": "ReLU6",
    "elu": "ELU",
    "cat": "concatenation",
    "unequal": "addition of unequal maps",
    "shift": "addition of what it learned or holds",
    "factor": "multiplication by a constant",
    "scale": "multiplication by what it learned",
    "copy": "copying",
    "slice": "a part of it",
    "pad": "padding",
    "reshape": "reshaping",
    "maxpool": "maximum pooling",
    "mean": "average pooling",
    "unused": "parameters that were not used",
    "output": "all that comes out",
}
ORDINALS = {2: "2nd", 3: "3rd"}


def extent(shape: Shape) -> str:
    """Height × width, or the number of features."""
    return sizes(shape[1:] or shape)


def operation(op: Op) -> str:
    """An operation in full."""
    sized = _SIZED.get(type(op))
    return sized(op) if sized else _NAMES.get(op.kind, op.kind)


def _convolution(op: Conv2d) -> str:
    groups = f" in {op.groups} groups" if op.groups > 1 else ""
    stride = f", stride {op.stride}" if op.stride > 1 else ""
    dilation = f", dilation {op.dilation}" if op.dilation > 1 else ""
    return f"{op.kernel}×{op.kernel} convolution, {op.in_channels:,} → {op.out_channels:,}{groups}{stride}{dilation}"


def _any_convolution(op: Convolution) -> str:
    steps = "×".join(map(str, op.strides))
    name = "transposed convolution" if op.transposed else "convolution"
    groups = f" in {op.groups:,} groups" if op.groups > 1 else ""
    stride = f", stride {steps if len({*op.strides}) > 1 else op.strides[0]}" if max(op.strides) > 1 else ""
    spread = f", dilation {'×'.join(map(str, dict.fromkeys(op.dilations)))}" if max(op.dilations) > 1 else ""
    return f"{kernel(op.sizes)} {name}, {op.in_channels:,} → {op.out_channels:,}{groups}{stride}{spread}"


def brief(op: Op) -> str:
    """A weighted operation in short: 3×3, 64 → 16."""
    if isinstance(op, Conv2d | Convolution):
        return f"{sides(op)}, {op.in_channels:,} → {op.out_channels:,}"
    if isinstance(op, ChannelConv):
        return f"along channels, {op.kernel} wide"
    return operation(op)


def sides(op: Conv2d | Convolution) -> str:
    """The sides of its kernel."""
    return kernel((op.kernel, op.kernel) if isinstance(op, Conv2d) else op.sizes)


def padding(op: PadChannels) -> str:
    """The shortcut of option A."""
    pixels = f"every {ORDINALS.get(op.stride, f'{op.stride}th')} pixel + " if op.stride > 1 else ""
    return f"{pixels}zero channels"


_SIZED: dict[type[Op], Callable[[Any], str]] = {
    Conv2d: _convolution,
    Convolution: _any_convolution,
    FullyConnected: lambda op: f"fully connected, {op.in_features:,} → {op.out_features:,}",
    Linear: lambda op: f"fully connected, {op.in_features:,} → {op.out_features:,}",
    MaxPool2d: lambda op: f"maximum of {op.kernel}×{op.kernel}, stride {op.stride}",
    SameAvgPool2d: lambda op: f"average of {op.kernel}×{op.kernel} around each value",
    Blur2d: lambda op: "3×3 blur" + (f", stride {op.stride}" if op.stride > 1 else ""),
    ChannelConv: lambda op: f"convolution along channels, {op.kernel} wide",
    AvgPool2d: lambda op: f"average of {op.kernel}×{op.kernel}",
    PadChannels: padding,
    LeakyReLU: lambda op: f"leaky ReLU, slope {op.slope:g}",
    Scale: lambda op: f"multiplication by α, which starts at {op.begins:.4g}",
}
"""The words of operations that have sizes of their own."""
