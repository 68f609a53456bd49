"""The story of residual networks: one chapter a file, in the order it is told."""

from resnet_explorer.registry import Registry
from resnet_explorer.ui.story.blocks import BLOCKS
from resnet_explorer.ui.story.chapter import Chapter, Try
from resnet_explorer.ui.story.choices import CHOICES
from resnet_explorer.ui.story.debate import DEBATE
from resnet_explorer.ui.story.degradation import DEGRADATION
from resnet_explorer.ui.story.downsampling import DOWNSAMPLING
from resnet_explorer.ui.story.residual import RESIDUAL
from resnet_explorer.ui.story.variants import VARIANTS
from resnet_explorer.ui.story.vgg import VGG

CHAPTERS = Registry("chapter", (DEGRADATION, RESIDUAL, BLOCKS, DOWNSAMPLING, VGG, VARIANTS, CHOICES, DEBATE))

__all__ = ["CHAPTERS", "Chapter", "Try"]
