"""Activations: values that convolutions write, the measure of arXiv:2003.13678 (Designing Network Design Spaces)."""

import math

from resnet_explorer.analysis.metrics.metric import Metric
from resnet_explorer.spec.ops import Conv2d, Op, Shape


def _of(op: Op, x: Shape, y: Shape) -> int:  # noqa: ARG001
    return math.prod(y) if isinstance(op, Conv2d) else 0


ACTIVATIONS = Metric(
    name="activations",
    title="activations",
    unit="",
    convention="values written by convolutions, projections included, for one image",
    of=_of,
)
