"""Numbers, shapes and operations as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.ops import BatchNorm2d, Conv2d, Linear, MaxPool2d, PadChannels

if TYPE_CHECKING:
    from resnet_explorer.analysis import Layer
    from resnet_explorer.spec.ops import Op, Shape

_NAMES = {
    "bn": "BatchNorm",
    "relu": "ReLU",
    "avgpool": "global average pooling",
    "adaptive": "average pooling",
    "dropout": "dropout",
    "flatten": "flattening",
    "add": "addition",
}
ORDINALS = {2: "2nd", 3: "3rd"}


def short(value: float) -> str:
    """A count with three significant digits: 118 M."""
    for scale, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= 0.9995 * scale:
            return f"{value / scale:.3g} {letter}" if value < 999.5 * scale else f"{value / scale:,.0f} {letter}"
    return f"{value:,.0f}"


def plural(count: int, noun: str) -> str:
    """1 block, 3 blocks."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def listed(parts: list[str]) -> str:
    """a, b and c."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def sizes(shape: Shape) -> str:
    """Channels × height × width."""
    return " × ".join(f"{n:,}" for n in shape)


def extent(shape: Shape) -> str:
    """Height × width, or the number of features."""
    return sizes(shape[1:] or shape)


def operation(op: Op) -> str:
    """An operation in full."""
    if isinstance(op, Conv2d):
        groups = f" in {op.groups} groups" if op.groups > 1 else ""
        stride = f", stride {op.stride}" if op.stride > 1 else ""
        return f"{op.kernel}×{op.kernel} convolution, {op.in_channels:,} → {op.out_channels:,}{groups}{stride}"
    if isinstance(op, Linear):
        return f"fully connected, {op.in_features:,} → {op.out_features:,}"
    if isinstance(op, MaxPool2d):
        return f"maximum of {op.kernel}×{op.kernel}, stride {op.stride}"
    if isinstance(op, PadChannels):
        return padding(op)
    return _NAMES.get(op.kind, op.kind)


def brief(op: Op) -> str:
    """A weighted operation in short: 3×3, 64 → 16."""
    if isinstance(op, Conv2d):
        return f"{op.kernel}×{op.kernel}, {op.in_channels:,} → {op.out_channels:,}"
    return operation(op)


def padding(op: PadChannels) -> str:
    """The shortcut of option A."""
    pixels = f"every {ORDINALS.get(op.stride, f'{op.stride}th')} pixel + " if op.stride > 1 else ""
    return f"{pixels}zero channels"


def _factors(op: Op) -> tuple[list[int], int]:
    """The numbers whose product is the number of weights, and the biases added."""
    if isinstance(op, Conv2d):
        factors = [op.kernel**2, op.in_channels // op.groups, op.out_channels]
        return factors[op.kernel == 1 :], op.out_channels if op.bias else 0
    if isinstance(op, Linear):
        return [op.in_features, op.out_features], op.out_features
    if isinstance(op, BatchNorm2d):
        return [2, op.channels], 0
    return [op.params], 0


def _product(factors: list[int]) -> str:
    return " · ".join(f"{n:,}" for n in factors)


def weights(op: Op) -> str:
    """The parameters of an operation with the working: 9 · 64 · 64 = 36,864."""
    factors, bias = _factors(op)
    if len(factors) == 1 and not bias:
        return f"{op.params:,}"
    return f"{_product(factors)}{f' + {bias:,}' if bias else ''} = {op.params:,}"


def work(layer: Layer) -> str:
    """The multiply-adds of a layer with the working: its weights, once for each pixel of its output."""
    if not layer.weighted:
        return f"{layer.macs:,}"
    factors, _ = _factors(layer.node.op)
    return f"{_product([*factors, *layer.output_shape[1:]])} = {layer.macs:,}"
