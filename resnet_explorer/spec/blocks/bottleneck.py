"""The bottleneck block: 1x1 reduces, 3x3, 1x1 restores (arXiv:1512.03385, Figure 5 right).

With groups in its 3x3 it is the block of ResNeXt (arXiv:1611.05431), with more inner channels that of Wide ResNet
(arXiv:1605.07146, as torchvision builds it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.blocks.block import Block, Dims

if TYPE_CHECKING:
    from resnet_explorer.spec.cell import Cell

EXPANSION = 4


def _write(cell: Cell, x: str, dims: Dims) -> str:
    out = EXPANSION * dims.planes
    first, middle = (dims.stride, 1) if cell.stride_first else (1, dims.stride)
    y = cell.conv("conv1", x, dims.inner, 1, stride=cell.own(first))
    y = cell.blurred(cell.relu("relu1", cell.norm("bn1", y)), dims, here=cell.stride_first)
    y = cell.conv3("conv2", y, dims.inner, stride=cell.own(middle), dilation=dims.before, groups=dims.groups)
    y = cell.blurred(cell.relu("relu2", cell.norm("bn2", y)), dims, here=not cell.stride_first)
    y = cell.conv("conv3", y, out, 1)
    y = cell.branch(cell.norm("bn3", y, last=True))
    y = cell.net.add("add", y, cell.shortcut(x, out, dims))
    return cell.relu("relu", y)


BOTTLENECK = Block(
    name="bottleneck",
    title="bottleneck",
    module="Bottleneck",
    nets="ResNet",
    form="bottleneck",
    expansion=EXPANSION,
    convs=3,
    grouped=True,
    write=_write,
)
