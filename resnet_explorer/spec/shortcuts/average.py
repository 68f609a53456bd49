"""The shortcut of ResNet-D (arXiv:1812.01187): where the map is halved, the mean of 2x2, then a 1x1 of stride 1.

Where dilation stands in for that, the mean is taken around each value, as in timm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.ops import AvgPool2d, SameAvgPool2d
from resnet_explorer.spec.shortcuts.shortcut import Shortcut

if TYPE_CHECKING:
    from resnet_explorer.spec.blocks import Dims
    from resnet_explorer.spec.cell import Cell


def _write(cell: Cell, x: str, out: int, dims: Dims) -> str:
    if dims.stride > 1:
        x = cell.net.keep("downsample.0", AvgPool2d(dims.stride, dims.stride), x)
    elif dims.dilation > 1:
        x = cell.net.keep("downsample.0", SameAvgPool2d(2), x)
    y = cell.conv("downsample.1", x, out, 1)
    return y if cell.preactivated else cell.norm("downsample.2", y)


D = Shortcut(name="D", title="D: averages, then projects", write=_write)
