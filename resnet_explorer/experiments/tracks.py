"""The rows under a net that is trained: a number of every layer at each of its steps."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from resnet_explorer.experiments.experiment import Track
from resnet_explorer.registry import Registry
from resnet_explorer.tasks.train import Step, relative

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_READ: dict[str, Callable[[Step], tuple[float, ...]]] = {}
"""What each track reads off a step; `_track` enters it."""


def along(names: Sequence[str], steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps, with what these tracks show of each layer, one track after the other, as their norms."""
    read = [_READ[name] for name in names]
    return tuple(step._replace(norms=tuple(itertools.chain(*(each(step) for each in read)))) for step in steps)


def _track(name: str, title: str, unit: str, short: str, look: str, read: Callable[[Step], tuple[float, ...]]) -> Track:
    _READ[name] = read
    return Track(name, title, unit, short, look, lambda run: along((name,), run.steps))


TRACKS = Registry(
    "track",
    (
        _track(
            "weight_gradient", "gradient norm", "of each weight", "gradient",
            "The gradient norm of every layer, before the step.",
            lambda step: step.norms,
        ),
        _track(
            "update", "update / weights", "of each layer", "update",
            "How far a layer moves in a step; one that does not move does not learn, however large its gradient. The "
            "norm of what the optimiser takes from its weights, momentum and weight decay included, over their own.",
            lambda step: step.moves,
        )._replace(none="no update"),
        _track(
            "weight", "weight norm", "of each layer", "weights",
            "The norm of every layer's weights. With BatchNorm, the larger it is, the smaller is the gradient.",
            lambda step: step.weights,
        ),
        _track(
            "relative_gradient", "relative gradient", "gradient / weights", "relative",
            "The gradient norm as a share of the weights' own, before momentum and learning rate make a step of it.",
            lambda step: relative(step.norms, step.weights),
        ),
    ),
)  # fmt: skip
"""What can be replayed on the layer axis, the first one unless another is chosen."""
