"""Option A: identity; where the dimensions change, subsampling and channels of zeros. No weights anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.ops import PadChannels
from resnet_explorer.spec.shortcuts.shortcut import Shortcut

if TYPE_CHECKING:
    from resnet_explorer.spec.blocks import Dims
    from resnet_explorer.spec.cell import Cell


def _write(cell: Cell, x: str, out: int, dims: Dims) -> str:
    return cell.net.add_node("pad", PadChannels(out, dims.stride), x, channels=out)


A = Shortcut(name="A", title="A: pads with zeros", write=_write)
