"""The families of networks."""

from resnet_explorer.registry import Registry
from resnet_explorer.spec.families.family import Family
from resnet_explorer.spec.families.resnet import RESNET, ResNetOptions

FAMILIES = Registry("family", (RESNET,))

__all__ = ["FAMILIES", "Family", "ResNetOptions"]
