"""The record of a block type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.spec.cell import Cell


class Dims(NamedTuple):
    """The sizes of one block.

    `planes` is the stage's width (64, 128, ...), `inner` the 3x3's channels in a bottleneck, `groups` its groups,
    `stride` that of the block as a whole. `first` is true of the net's first block. `dilation` is that of its 3x3s, but
    for the first of them, which has that of the block `before`.
    """

    planes: int
    inner: int
    groups: int
    stride: int
    first: bool = False
    dilation: int = 1
    before: int = 1


def _nothing(_cell: Cell, x: str) -> str:
    return x


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block type. It gives `expansion * planes` channels and has `convs` weighted layers.

    `write(cell, x, dims)` writes its nodes and returns the path of its output; `finish(cell, x)` what follows the last
    block of a net. `grouped` says whether groups and width per group mean anything to it; `preactivated` whether its
    branch starts with normalisation and activation; `scaled` whether it ends in normalisation, whose scale may start at
    zero; `adds` whether its branch is added, and may be scaled before. `module` is the class of its module, `nets` what
    its nets are called, and `form` what its blocks are called among those of such nets.
    """

    name: str
    title: str
    module: str
    nets: str
    form: str
    expansion: int
    convs: int
    grouped: bool
    write: Callable[[Cell, str, Dims], str]
    finish: Callable[[Cell, str], str] = _nothing
    preactivated: bool = False
    scaled: bool = True
    adds: bool = True
