"""Squeeze-and-excitation (arXiv:1709.01507): each channel is scaled by a factor made from the means of all of them.

As in timm, its two fully connected layers are 1x1 convolutions with biases, a sixteenth of the channels between them,
in steps of eight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.attentions.attention import Attention
from resnet_explorer.spec.ops import Conv2d, GlobalAvgPool2d, Mul, ReLU, Sigmoid

if TYPE_CHECKING:
    from resnet_explorer.spec.cell import Cell

REDUCTION = 16
STEP = 8


def squeezed(channels: int) -> int:
    """The channels between the two: a sixteenth, to the nearest multiple of eight, at least eight."""
    return max(STEP, (channels // REDUCTION + STEP // 2) // STEP * STEP)


def _write(cell: Cell, y: str) -> str:
    net = cell.net
    channels = net.channels(y)
    inner = squeezed(channels)
    net.gate = True
    g = net.keep("se.squeeze", GlobalAvgPool2d(), y)
    g = net.add_node("se.fc1", Conv2d(channels, inner, 1, bias=True), g, channels=inner)
    g = net.keep("se.act", ReLU(), g)
    g = net.add_node("se.fc2", Conv2d(inner, channels, 1, bias=True), g, channels=channels)
    g = net.keep("se.gate", Sigmoid(), g)
    net.gate = False
    return net.add_node("se.scale", Mul(), y, g, channels=channels)


SE = Attention(name="se", title="squeeze-and-excitation", prefix="SE-", module="SqueezeExcitation", write=_write)
