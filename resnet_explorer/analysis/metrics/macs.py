"""Multiply-adds, the "FLOPs" of the paper and of torchvision."""

from resnet_explorer.analysis.arithmetic import product
from resnet_explorer.analysis.metrics.metric import Metric
from resnet_explorer.spec.ops import (
    Blur2d,
    ChannelConv,
    Conv2d,
    Convolution,
    FullyConnected,
    Imported,
    Linear,
    Op,
    Shape,
)


def _of(op: Op, x: Shape, y: Shape) -> int:  # noqa: ARG001
    return op.macs(y)


def _working(op: Op, x: Shape, y: Shape) -> str:  # noqa: ARG001
    """36,864 · 56 · 56 = 115,605,504."""
    match op:
        case Conv2d():
            made = product([op.kernel**2 * (op.in_channels // op.groups) * op.out_channels, *y[1:]])
        case Blur2d():
            made = product([op.kernel**2, *y])
        case ChannelConv():
            made = product([op.kernel, y[0]])
        case Linear():
            made = product([op.in_features, op.out_features])
        case Convolution():
            made = product([op.applied, *op.places])
        case FullyConnected():
            made = product([op.in_features * op.out_features, *op.places])
        case Imported():
            return f"as torch's FlopCounterMode counts: {op.macs(y):,}"
        case _:
            return f"{op.macs(y):,}"
    return f"{made} = {op.macs(y):,}"


MACS = Metric(
    name="macs",
    title="MACs",
    convention="multiply-adds of convolutions and fully connected layers for one image; FLOPs = 2 × MACs",
    of=_of,
    working=_working,
    brief="Multiply-adds of convolutions and fc for one image. FLOPs = 2 × MACs.",
)
