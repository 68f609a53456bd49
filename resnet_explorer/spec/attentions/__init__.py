"""What weighs the channels of a branch before it is added."""

from resnet_explorer.registry import Registry
from resnet_explorer.spec.attentions.attention import Attention
from resnet_explorer.spec.attentions.eca import ECA
from resnet_explorer.spec.attentions.none import NONE
from resnet_explorer.spec.attentions.se import SE

ATTENTIONS = Registry("attention", (NONE, SE, ECA))

__all__ = ["ATTENTIONS", "Attention"]
