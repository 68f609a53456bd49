"""The basic block with its last ReLU before the addition (arXiv:1603.05027, Figure 4c): its branch can only add.

Its last scale does not start at zero: a ReLU that is given zeros alone passes no gradient, so that the branch would
never learn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.blocks.block import Block, Dims

if TYPE_CHECKING:
    from resnet_explorer.spec.cell import Cell


def _write(cell: Cell, x: str, dims: Dims) -> str:
    y = cell.conv3("conv1", x, dims.planes, stride=cell.own(dims.stride), dilation=dims.before)
    y = cell.blurred(cell.relu("relu1", cell.norm("bn1", y)), dims)
    y = cell.conv3("conv2", y, dims.planes, dilation=dims.dilation)
    y = cell.branch(cell.relu("relu2", cell.norm("bn2", y)))
    return cell.net.add("add", y, cell.shortcut(x, dims.planes, dims))


RELU_BEFORE_ADD = Block(
    name="relu_before_add",
    title="basic, ReLU before the addition",
    module="ReLUBeforeAddBlock",
    nets="ResNet",
    form="ReLU-before-addition",
    expansion=1,
    convs=2,
    grouped=False,
    scaled=False,
    write=_write,
)
