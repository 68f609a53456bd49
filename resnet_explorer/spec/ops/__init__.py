"""The primitive operations that a network is made of.

Each knows its weights, the shape it gives, and its multiply-adds; nothing else.
"""

from resnet_explorer.spec.ops.forms import Flatten, PadChannels
from resnet_explorer.spec.ops.joins import Add
from resnet_explorer.spec.ops.norms import BatchNorm2d
from resnet_explorer.spec.ops.op import Op, Shape, Weight
from resnet_explorer.spec.ops.pointwise import Dropout, ReLU
from resnet_explorer.spec.ops.pools import AdaptiveAvgPool2d, GlobalAvgPool2d, MaxPool2d
from resnet_explorer.spec.ops.weighted import Conv2d, Linear

__all__ = [
    "AdaptiveAvgPool2d",
    "Add",
    "BatchNorm2d",
    "Conv2d",
    "Dropout",
    "Flatten",
    "GlobalAvgPool2d",
    "Linear",
    "MaxPool2d",
    "Op",
    "PadChannels",
    "ReLU",
    "Shape",
    "Weight",
]
