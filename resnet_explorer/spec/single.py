"""One block on its own, as a graph whose input is a feature map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.errors import InvalidOption
from resnet_explorer.spec.blocks import BLOCKS, Dims
from resnet_explorer.spec.cell import Cell
from resnet_explorer.spec.graph import IMAGE, Builder
from resnet_explorer.spec.norms import NORMS
from resnet_explorer.spec.shortcuts import SHORTCUTS

if TYPE_CHECKING:
    from resnet_explorer.spec.graph import Graph


def single_block(block: str, channels: int, inner: int = 0, *, shortcut: str = "B", norm: str = "batch") -> Graph:
    """A block that takes and gives `channels` channels, `inner` in its middle (0: the block's own proportion).

    Its convolutions have no biases, with or without normalisation.

    Raises:
        InvalidOption: the block's expansion does not divide the channels.
    """
    kind = BLOCKS[block]
    if channels % kind.expansion:
        raise InvalidOption("channels", channels, f"a multiple of {kind.expansion}")
    planes = channels // kind.expansion
    net = Builder(bias=False, channels=channels)
    net.stage = net.block = "block"
    cell = Cell(
        net=net,
        kind=NORMS[norm],
        option=SHORTCUTS[shortcut],
        zero_gamma=False,
        stride_first=False,
        preactivated=kind.preactivated,
    )
    kind.write(cell, IMAGE, Dims(planes, inner or planes, 1, 1))
    return net.graph()
