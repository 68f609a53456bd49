"""The CIFAR stem: one 3x3 at full resolution (arXiv:1512.03385, Section 4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.stems.stem import Stem

if TYPE_CHECKING:
    from resnet_explorer.spec.cell import Cell


def _write(cell: Cell, image: str, width: int) -> str:
    x = cell.conv("conv1", image, width, 3)
    return cell.relu("relu", cell.norm("bn1", x))


CIFAR = Stem(name="cifar", short="CIFAR", title="CIFAR: 3×3, no pooling", write=_write)
