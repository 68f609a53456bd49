"""The primitive operations that a network is made of.

Each knows its weights, the shape it gives, and its multiply-adds; nothing else.
"""

from resnet_explorer.spec.ops.filters import Blur2d, ChannelConv
from resnet_explorer.spec.ops.forms import RESHAPED, AsMap, AsRow, Flatten, PadChannels
from resnet_explorer.spec.ops.imported import Activation, Convolution, FullyConnected, Imported
from resnet_explorer.spec.ops.joins import Add, Mix, Mul
from resnet_explorer.spec.ops.norms import BatchNorm2d, GroupNorm, Normalisation
from resnet_explorer.spec.ops.op import Op, Shape, Weight
from resnet_explorer.spec.ops.pointwise import Dropout, LeakyReLU, Rectifier, ReLU, Scale, Sigmoid
from resnet_explorer.spec.ops.pools import AdaptiveAvgPool2d, AvgPool2d, GlobalAvgPool2d, MaxPool2d, SameAvgPool2d
from resnet_explorer.spec.ops.weighted import Conv2d, Linear

WEIGHTED = frozenset({"conv", "fc"})
"""The kinds that multiply by weights and make a net's depth: convolutions and fully connected layers."""
NORMALISING = frozenset({"bn", "gn", "ln"})
"""The kinds of normalisation, an imported net's among them."""

__all__ = [
    "NORMALISING",
    "RESHAPED",
    "WEIGHTED",
    "Activation",
    "AdaptiveAvgPool2d",
    "Add",
    "AsMap",
    "AsRow",
    "AvgPool2d",
    "BatchNorm2d",
    "Blur2d",
    "ChannelConv",
    "Conv2d",
    "Convolution",
    "Dropout",
    "Flatten",
    "FullyConnected",
    "GlobalAvgPool2d",
    "GroupNorm",
    "Imported",
    "LeakyReLU",
    "Linear",
    "MaxPool2d",
    "Mix",
    "Mul",
    "Normalisation",
    "Op",
    "PadChannels",
    "ReLU",
    "Rectifier",
    "SameAvgPool2d",
    "Scale",
    "Shape",
    "Sigmoid",
    "Weight",
]
