"""The ImageNet stem: 7x7 of stride 2, then a 3x3 maximum of stride 2, which Table 1 of the paper counts to conv2_x."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.stems.stem import Stem

if TYPE_CHECKING:
    from resnet_explorer.spec.cell import Cell


def _write(cell: Cell, image: str, width: int) -> str:
    x = cell.conv("conv1", image, width, 7, stride=2)
    x = cell.relu("relu", cell.norm("bn1", x))
    cell.net.stage = "conv2_x"
    return cell.maxpool(x)


IMAGENET = Stem(name="imagenet", short="ImageNet", title="ImageNet: 7×7, max pool", write=_write, stride=4, pools=True)
