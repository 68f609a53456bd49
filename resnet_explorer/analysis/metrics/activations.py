"""Activations: values that convolutions write, the measure of arXiv:2003.13678 (Designing Network Design Spaces)."""

import math

from resnet_explorer.analysis.arithmetic import product
from resnet_explorer.analysis.metrics.metric import Metric
from resnet_explorer.spec.ops import Op, Shape


def _of(op: Op, x: Shape, y: Shape) -> int:  # noqa: ARG001
    return math.prod(y) if op.kind == "conv" else 0


def _working(op: Op, x: Shape, y: Shape) -> str:
    """64 · 56 · 56 = 200,704."""
    return f"{product(y)} = {_of(op, x, y):,}"


ACTIVATION_COUNT = Metric(
    name="activations",
    title="activations",
    convention="values written by convolutions, projections included, for one image",
    of=_of,
    working=_working,
    brief="Values written by convolutions, for one image.",
)
