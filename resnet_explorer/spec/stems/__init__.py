"""What the image meets first."""

from resnet_explorer.registry import Registry
from resnet_explorer.spec.stems.cifar import CIFAR
from resnet_explorer.spec.stems.deep import DEEP
from resnet_explorer.spec.stems.imagenet import IMAGENET
from resnet_explorer.spec.stems.stem import Stem

STEMS = Registry("stem", (IMAGENET, CIFAR, DEEP))

__all__ = ["STEMS", "Stem"]
