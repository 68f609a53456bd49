"""No attention: the branch as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.attentions.attention import Attention

if TYPE_CHECKING:
    from resnet_explorer.spec.cell import Cell


def _write(_cell: Cell, y: str) -> str:
    return y


NONE = Attention(name="none", title="none", write=_write)
