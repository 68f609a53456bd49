"""The residual blocks."""

from resnet_explorer.registry import Registry
from resnet_explorer.spec.blocks.basic import BASIC
from resnet_explorer.spec.blocks.block import Block, Dims
from resnet_explorer.spec.blocks.bottleneck import BOTTLENECK
from resnet_explorer.spec.blocks.highway import HIGHWAY
from resnet_explorer.spec.blocks.preactivated import PREACT_BASIC, PREACT_BOTTLENECK
from resnet_explorer.spec.blocks.relu_before_add import RELU_BEFORE_ADD

BLOCKS = Registry("block", (BASIC, BOTTLENECK, PREACT_BASIC, PREACT_BOTTLENECK, RELU_BEFORE_ADD, HIGHWAY))

__all__ = ["BLOCKS", "Block", "Dims"]
