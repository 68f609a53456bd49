"""Numbers with their working: where a count comes from, in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.ops import BatchNorm2d, Conv2d, GroupNorm, Linear

if TYPE_CHECKING:
    from resnet_explorer.analysis.report import Layer
    from resnet_explorer.spec.ops import Op


def weights(op: Op) -> str:
    """The parameters of an operation with their working: 9 · 64 · 64 = 36,864. Empty where there are none."""
    match op:
        case Conv2d():
            factors = ([op.kernel**2] if op.kernel > 1 else []) + [op.in_channels // op.groups, op.out_channels]
            bias = f" + {op.out_channels:,}" if op.bias else ""
            return f"{_product(factors)}{bias} = {op.params:,}"
        case Linear():
            return f"{_product([op.in_features, op.out_features])} + {op.out_features:,} = {op.params:,}"
        case BatchNorm2d() | GroupNorm():
            return f"{_product([2, op.channels])} = {op.params:,}"
    return f"{op.params:,}" if op.params else ""


def macs(layer: Layer) -> str:
    """The multiply-adds of a layer with their working: 36,864 · 56 · 56 = 115,605,504. Empty where there are none."""
    op = layer.node.op
    if not layer.macs:
        return ""
    if isinstance(op, Conv2d):
        weight = op.kernel**2 * (op.in_channels // op.groups) * op.out_channels
        return f"{_product([weight, *layer.output_shape[1:]])} = {layer.macs:,}"
    if isinstance(op, Linear):
        return f"{_product([op.in_features, op.out_features])} = {layer.macs:,}"
    return f"{layer.macs:,}"


def _product(factors: list[int]) -> str:
    return " · ".join(f"{factor:,}" for factor in factors)
