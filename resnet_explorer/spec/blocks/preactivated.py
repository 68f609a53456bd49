"""The pre-activation blocks (arXiv:1603.05027, Figure 1 right): BatchNorm and ReLU before each convolution.

Nothing follows the addition, so that identity shortcuts hand x on from block to block as it is. Where the shortcut
cannot be the identity, both ways start behind the block's first activation, and the projection has no normalisation.
The first block of a net starts behind the stem's activation and has none of its own; the last one is followed by a
normalisation and a ReLU (Appendix of the paper). The basic one is also the block of WRN (arXiv:1605.07146).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.blocks.block import Block, Dims

if TYPE_CHECKING:
    from resnet_explorer.spec.cell import Cell

EXPANSION = 4


def _basic(cell: Cell, x: str, dims: Dims) -> str:
    active, around = _start(cell, x, dims.planes, dims)
    y = cell.conv3("conv1", active, dims.planes, stride=cell.own(dims.stride), dilation=dims.before)
    y = cell.blurred(cell.relu("relu2", cell.norm("bn2", y)), dims)
    y = cell.branch(cell.conv3("conv2", y, dims.planes, dilation=dims.dilation))
    return cell.net.add("add", y, cell.shortcut(around, dims.planes, dims))


def _bottleneck(cell: Cell, x: str, dims: Dims) -> str:
    out = EXPANSION * dims.planes
    first, middle = (dims.stride, 1) if cell.stride_first else (1, dims.stride)
    active, around = _start(cell, x, out, dims)
    y = cell.conv("conv1", active, dims.inner, 1, stride=cell.own(first))
    y = cell.blurred(cell.relu("relu2", cell.norm("bn2", y)), dims, here=cell.stride_first)
    y = cell.conv3("conv2", y, dims.inner, stride=cell.own(middle), dilation=dims.before, groups=dims.groups)
    y = cell.blurred(cell.relu("relu3", cell.norm("bn3", y)), dims, here=not cell.stride_first)
    y = cell.branch(cell.conv("conv3", y, out, 1))
    return cell.net.add("add", y, cell.shortcut(around, out, dims))


def _start(cell: Cell, x: str, out: int, dims: Dims) -> tuple[str, str]:
    """Where the branch starts, and where the shortcut does."""
    active = x if dims.first else cell.relu("relu1", cell.norm("bn1", x))
    return active, x if cell.keeps(x, out, dims.stride) else active


def _finish(cell: Cell, x: str) -> str:
    return cell.relu("relu_final", cell.norm("bn_final", x))


PREACT_BASIC = Block(
    name="preact_basic",
    title="basic, pre-activation",
    module="PreActBasicBlock",
    nets="PreResNet",
    form="basic",
    expansion=1,
    convs=2,
    grouped=False,
    preactivated=True,
    scaled=False,
    write=_basic,
    finish=_finish,
)
PREACT_BOTTLENECK = Block(
    name="preact_bottleneck",
    title="bottleneck, pre-activation",
    module="PreActBottleneck",
    nets="PreResNet",
    form="bottleneck",
    expansion=EXPANSION,
    convs=3,
    grouped=True,
    preactivated=True,
    scaled=False,
    write=_bottleneck,
    finish=_finish,
)
