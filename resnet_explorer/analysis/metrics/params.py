"""Parameters: every learned number. Running statistics of BatchNorm are buffers, not parameters."""

from resnet_explorer.analysis.arithmetic import product
from resnet_explorer.analysis.metrics.metric import Metric
from resnet_explorer.spec.ops import ChannelConv, Conv2d, Imported, Linear, Normalisation, Op, Scale, Shape


def _of(op: Op, x: Shape, y: Shape) -> int:  # noqa: ARG001
    return op.params


def _working(op: Op, x: Shape, y: Shape) -> str:  # noqa: ARG001
    """9 · 64 · 64 = 36,864."""
    match op:
        case Conv2d():
            factors = ([op.kernel**2] if op.kernel > 1 else []) + [op.in_channels // op.groups, op.out_channels]
            made = product(factors) + (f" + {op.out_channels:,}" if op.bias else "")
        case Linear():
            made = f"{product([op.in_features, op.out_features])} + {op.out_features:,}"
        case Normalisation():
            made = product([2, op.channels])
        case ChannelConv():
            made = f"{op.kernel} for all channels"
        case Scale():
            made = "one number"
        case Imported():
            made = " + ".join(product(shape) for _, shape in op.weights)
        case _:
            return f"{op.params:,}"
    return f"{made} = {op.params:,}"


PARAMS = Metric(
    name="params",
    title="parameters",
    convention="weights, biases, the γ and β of normalisations, and scales of branches; running statistics are buffers "
    "and not counted",
    of=_of,
    working=_working,
    brief="Learned numbers: weights, biases, γ and β.",
)
