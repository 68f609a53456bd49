"""The residual blocks."""

from resnet_explorer.registry import Registry
from resnet_explorer.spec.blocks.basic import BASIC
from resnet_explorer.spec.blocks.block import Block, Dims
from resnet_explorer.spec.blocks.bottleneck import BOTTLENECK

BLOCKS = Registry("block", (BASIC, BOTTLENECK))

__all__ = ["BLOCKS", "Block", "Dims"]
