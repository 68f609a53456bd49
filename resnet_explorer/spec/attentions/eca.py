"""Efficient channel attention (arXiv:1910.03151): each channel's factor is made from the means of its neighbours.

Channels are weighed by one short kernel for all of them, the longer the more channels there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.attentions.attention import Attention
from resnet_explorer.spec.ops import AsMap, AsRow, ChannelConv, GlobalAvgPool2d, Mul, Sigmoid

if TYPE_CHECKING:
    from resnet_explorer.spec.cell import Cell

SHORTEST = 3


def length(channels: int) -> int:
    """The kernel's: (log2 C + 1) / 2, cut off, made odd upwards, at least 3 (with gamma 2 and b 1)."""
    halved = channels.bit_length() // 2
    return max(SHORTEST, halved + 1 - halved % 2)


def _write(cell: Cell, y: str) -> str:
    net = cell.net
    net.gate = True
    g = net.keep("se.squeeze", GlobalAvgPool2d(), y)
    g = net.keep("se.conv", ChannelConv(length(net.channels(y))), net.keep("se.row", AsRow(), g))
    g = net.keep("se.map", AsMap(), net.keep("se.gate", Sigmoid(), g))
    net.gate = False
    return net.add_node("se.scale", Mul(), y, g, channels=net.channels(y))


ECA = Attention(
    name="eca", title="efficient channel attention", prefix="ECA-", write=_write, module="EfficientChannelAttention"
)
