"""The story of residual networks: one chapter a file, in the order it is told."""

from resnet_explorer.registry import Registry
from resnet_explorer.ui.pages.why.blocks import TWO_BLOCKS
from resnet_explorer.ui.pages.why.chapter import Chapter, Try
from resnet_explorer.ui.pages.why.choices import CHOICES
from resnet_explorer.ui.pages.why.debate import DEBATE
from resnet_explorer.ui.pages.why.degradation import DEGRADATION
from resnet_explorer.ui.pages.why.downsampling import DOWNSAMPLING
from resnet_explorer.ui.pages.why.residual import RESIDUAL
from resnet_explorer.ui.pages.why.variants import VARIANTS
from resnet_explorer.ui.pages.why.vgg import VGG

CHAPTERS = Registry("chapter", (DEGRADATION, RESIDUAL, TWO_BLOCKS, DOWNSAMPLING, VGG, VARIANTS, CHOICES, DEBATE))

__all__ = ["CHAPTERS", "Chapter", "Try"]
