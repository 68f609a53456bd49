"""Group normalisation (arXiv:1803.08494) in BatchNorm's place, with the 32 groups of that paper."""

from __future__ import annotations

from resnet_explorer.spec.norms.norm import Norm
from resnet_explorer.spec.ops import GroupNorm

GROUPS = 32


def _op(channels: int) -> GroupNorm:
    return GroupNorm(channels, GROUPS)


GROUP = Norm(name="group", title="GroupNorm", op=_op, divisor=GROUPS)
