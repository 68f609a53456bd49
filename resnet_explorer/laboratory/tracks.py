"""The rows under a net that is trained: a number of every layer at each of its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.laboratory.experiment import Run, Track
from resnet_explorer.records import Step, relative
from resnet_explorer.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable


def _with(read: Callable[[Step], tuple[float, ...]]) -> Callable[[Run], tuple[Step, ...]]:
    return lambda run: tuple(step._replace(norms=read(step)) for step in run.steps)


TRACKS = Registry(
    "track",
    (
        Track(
            "weight_gradient", "gradient norm", "of each weight", "gradient",
            "The gradient norm of every layer, before the step.", lambda run: run.steps,
        ),
        Track(
            "update", "update / weights", "of each layer", "update",
            "How far a layer moves in a step, and so how fast it learns: the norm of what the optimiser takes from its "
            "weights, momentum and weight decay included, over the norm of the weights. The gradient alone does not "
            "tell.",
            _with(lambda step: step.moves), none="no update",
        ),
        Track(
            "weight", "weight norm", "of each layer", "weights",
            "The norm of every layer's weights. With BatchNorm, the larger it is, the smaller is the gradient.",
            _with(lambda step: step.weights),
        ),
        Track(
            "relative_gradient", "relative gradient", "gradient / weights", "relative",
            "The gradient norm as a share of the weights' own, before momentum and learning rate make a step of it.",
            _with(lambda step: relative(step.norms, step.weights)),
        ),
    ),
)  # fmt: skip
"""What can be replayed on the layer axis, the first one unless another is chosen."""
