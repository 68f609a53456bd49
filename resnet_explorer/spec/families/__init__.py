"""The families of networks."""

from resnet_explorer.registry import Registry
from resnet_explorer.spec.families.family import Family
from resnet_explorer.spec.families.resnet import RESNET, ResNetOptions
from resnet_explorer.spec.families.vgg import VGG, VGGOptions

FAMILIES = Registry("family", (RESNET, VGG))

__all__ = ["FAMILIES", "Family", "ResNetOptions", "VGGOptions"]
