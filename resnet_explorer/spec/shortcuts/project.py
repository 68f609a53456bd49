"""Options B and C: 1x1 projections with their normalisation, where dimensions change (B) or everywhere (C)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.shortcuts.shortcut import Shortcut

if TYPE_CHECKING:
    from resnet_explorer.spec.blocks import Dims
    from resnet_explorer.spec.cell import Cell


def _project(cell: Cell, x: str, out: int, dims: Dims) -> str:
    y = cell.conv("downsample.0", x, out, 1, stride=dims.stride)
    return y if cell.preactivated else cell.norm("downsample.1", y)


B = Shortcut(name="B", title="B: projects where needed", write=_project)
C = Shortcut(name="C", title="C: projects everywhere", write=_project, everywhere=True)
