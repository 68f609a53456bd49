"""Multiply-adds, the "FLOPs" of the paper and of torchvision."""

from resnet_explorer.analysis.metrics.metric import Metric
from resnet_explorer.spec.ops import Op, Shape


def _of(op: Op, x: Shape, y: Shape) -> int:  # noqa: ARG001
    return op.macs(y)


MACS = Metric(
    name="macs",
    title="MACs",
    unit="MAC",
    convention="multiply-adds of convolutions and fully connected layers for one image; FLOPs = 2 × MACs",
    of=_of,
)
