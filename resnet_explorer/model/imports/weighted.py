"""The functions of torch that have weights, as operations."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from resnet_explorer.model.imports.facts import several
from resnet_explorer.spec import ops

if TYPE_CHECKING:
    from resnet_explorer.model.imports.facts import Facts
    from resnet_explorer.spec.ops import Op, Shape


def conv(facts: Facts) -> Op:
    """A convolution."""
    weight, bias = facts.argument(1, "weight"), facts.argument(2, "bias") is not None
    sizes = tuple(weight.shape[2:])
    axes, groups = len(sizes), facts.argument(6, "groups", 1)
    strides, dilations = (several(facts.argument(*each), axes) for each in ((3, "stride", 1), (5, "dilation", 1)))
    asked = facts.argument(4, "padding", 0)
    padding = asked if isinstance(asked, str) else several(asked, axes)
    given, gives = weight.shape[1] * groups, weight.shape[0]
    square = len(facts.x) == 3 and axes == 2 and len({*sizes}) == len({*strides}) == 1 and dilations == (1, 1)
    if square and padding == (sizes[0] // 2,) * 2 and len(facts.owns) == 1 + bias:
        return ops.Conv2d(given, gives, sizes[0], strides[0], groups, bias)
    return ops.Convolution(
        name="conv",
        **facts.own,
        keeps=("input",),
        reach=(dilations[-1] * (sizes[-1] - 1) + 1, strides[-1]),
        in_channels=given,
        out_channels=gives,
        sizes=sizes,
        strides=strides,
        dilations=dilations,
        groups=groups,
        bias=bias,
        places=_places(facts.y, axes, gives),
    )


def _places(shape: Shape, axes: int, channels: int) -> Shape:
    """Where a kernel of so many axes is applied: the map's sides; one number where windows stand in the batch."""
    return shape[1:] if len(shape) == axes + 1 else (math.prod(shape) // channels,)


def transposed(facts: Facts) -> Op:
    """A transposed convolution."""
    weight, groups = facts.argument(1, "weight"), facts.argument(6, "groups", 1)
    sizes = tuple(weight.shape[2:])
    strides, dilations = (several(facts.argument(*each), len(sizes)) for each in ((3, "stride", 1), (7, "dilation", 1)))
    seen = (dilations[-1] * (sizes[-1] - 1)) // strides[-1] + 1
    return ops.Convolution(
        name="conv",
        **facts.own,
        keeps=("input",),
        reach=(seen, 1),
        enlarges=strides[-1],
        in_channels=weight.shape[0],
        out_channels=weight.shape[1] * groups,
        sizes=sizes,
        strides=strides,
        dilations=dilations,
        groups=groups,
        bias=facts.argument(2, "bias") is not None,
        places=_places(facts.x, len(sizes), weight.shape[0]),
        transposed=True,
    )


def linear(facts: Facts) -> Op:
    """A fully connected layer."""
    gives, given = facts.argument(1, "weight").shape
    bias = facts.argument(2, "bias") is not None
    if len(facts.x) == 1 and bias and facts.wholly:
        return ops.Linear(given, gives)
    return ops.FullyConnected(
        name="fc",
        **facts.own,
        keeps=("input",),
        in_features=given,
        out_features=gives,
        bias=bias,
        places=facts.y[:-1],
    )


def batch_norm(facts: Facts) -> Op:
    """A BatchNorm over any number of axes."""
    if facts.wholly:
        return ops.BatchNorm2d(facts.owns[0][1][0])
    return ops.Imported(name="bn", keeps=("input",), **facts.own)


def group_norm(facts: Facts) -> Op:
    """A GroupNorm."""
    groups = facts.argument(1, "num_groups")
    if facts.wholly:
        return ops.GroupNorm(facts.owns[0][1][0], groups)
    return ops.Imported(name="gn", keeps=("input",), numbers=2 * groups, wide=ops.GroupNorm.whole, **facts.own)


def layer_norm(facts: Facts) -> Op:
    """A LayerNorm."""
    together = math.prod(facts.argument(1, "normalized_shape"))
    whole = together == math.prod(facts.x) and len(facts.x) > 1
    return ops.Imported(
        name="ln",
        keeps=("input",),
        numbers=2 * math.prod(facts.x) // together,
        wide="the means and deviations of LayerNorm" if whole else "",
        **facts.own,
    )
