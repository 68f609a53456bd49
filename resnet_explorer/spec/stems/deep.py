"""The deep stem of ResNet-C and -D (arXiv:1812.01187): three 3x3 in the place of the 7x7, half as wide but the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.stems.stem import Stem

if TYPE_CHECKING:
    from resnet_explorer.spec.cell import Cell

PARTS = 2


def _write(cell: Cell, image: str, width: int) -> str:
    narrow = max(1, width // PARTS)
    x = cell.conv("conv1.0", image, narrow, 3, stride=2)
    x = cell.relu("conv1.2", cell.norm("conv1.1", x))
    x = cell.conv("conv1.3", x, narrow, 3)
    x = cell.relu("conv1.5", cell.norm("conv1.4", x))
    x = cell.conv("conv1.6", x, width, 3)
    x = cell.relu("relu", cell.norm("bn1", x))
    cell.net.stage = "conv2_x"
    return cell.maxpool(x)


DEEP = Stem(
    name="deep",
    short="deep",
    title="deep: three 3×3, max pool",
    write=_write,
    parts=PARTS,
    convs=3,
    stride=4,
    pools=True,
)
