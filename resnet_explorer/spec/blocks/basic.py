"""The basic block: 3x3, 3x3 (arXiv:1512.03385, Figure 5 left). Both networks of the paper below 50 layers use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.blocks.block import Block, Dims

if TYPE_CHECKING:
    from resnet_explorer.spec.cell import Cell


def _write(cell: Cell, x: str, dims: Dims) -> str:
    y = cell.conv3("conv1", x, dims.planes, stride=cell.own(dims.stride), dilation=dims.before)
    y = cell.blurred(cell.relu("relu1", cell.norm("bn1", y)), dims)
    y = cell.conv3("conv2", y, dims.planes, dilation=dims.dilation)
    y = cell.branch(cell.norm("bn2", y, last=True))
    y = cell.net.add("add", y, cell.shortcut(x, dims.planes, dims))
    return cell.relu("relu", y)


BASIC = Block(
    name="basic",
    title="basic",
    module="BasicBlock",
    nets="ResNet",
    form="basic",
    expansion=1,
    convs=2,
    grouped=False,
    write=_write,
)
