"""Parameters: every learned number. Running statistics of BatchNorm are buffers, not parameters."""

from resnet_explorer.analysis.metrics.metric import Metric
from resnet_explorer.spec.ops import Op, Shape


def _of(op: Op, x: Shape, y: Shape) -> int:  # noqa: ARG001
    return op.params


PARAMS = Metric(
    name="params",
    title="parameters",
    unit="",
    convention="weights, biases, and BatchNorm's γ and β; running statistics are buffers and not counted",
    of=_of,
)
