"""The highway layer (arXiv:1505.00387): a gate T decides how much of H(x) and how much of x passes.

y = H(x) T(x) + x (1 - T(x)), with one 3x3 for H and one for T, whose bias starts below zero, so that at first x passes
nearly as it is. Where the dimensions change, the paper pads and subsamples x (option A), or leaves the gate out. Its
plain counterpart is the layers H alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.blocks.block import Block, Dims
from resnet_explorer.spec.ops import Conv2d, Mix, Sigmoid

if TYPE_CHECKING:
    from resnet_explorer.spec.cell import Cell

BIAS = -2.0
"""What the gate's biases start at; the paper proposes -1 to -3."""


def _write(cell: Cell, x: str, dims: Dims) -> str:
    net = cell.net
    h = cell.conv3("conv1", x, dims.planes, stride=dims.stride, dilation=dims.before)
    h = cell.attended(cell.relu("relu1", cell.norm("bn1", h)))
    net.gate = True
    op = Conv2d(net.channels(x), dims.planes, 3, dims.stride, bias=True, bias_start=BIAS, dilation=dims.before)
    t = net.add_node("gate.conv", op, x, channels=dims.planes)
    t = net.keep("gate.sigmoid", Sigmoid(), t)
    net.gate = False
    around = cell.shortcut(x, dims.planes, dims)
    return net.add_node("mix", Mix(), h, around, t, channels=dims.planes)


HIGHWAY = Block(
    name="highway",
    title="highway",
    module="HighwayBlock",
    nets="Highway",
    form="",
    expansion=1,
    convs=1,
    grouped=False,
    scaled=False,
    adds=False,
    write=_write,
)
