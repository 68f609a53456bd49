"""What VGG spends, layer by layer: the net that ResNet's plain baseline set out from (arXiv:1409.1556)."""

from __future__ import annotations

import functools
from typing import NamedTuple

from resnet_explorer.spec.ops import Conv2d, Linear

STAGES = {16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}
WIDTHS = (64, 128, 256, 512, 512)
FEATURES = 4096
CLASSES = 1000
IMAGE = 224


class Vgg(NamedTuple):
    """Parameters and multiply-adds of a VGG for one image of 224 by 224, without BatchNorm."""

    params: int
    fc_params: int
    macs: int


@functools.cache
def vgg(depth: int) -> Vgg:
    """VGG-16 or VGG-19: 3x3 convolutions with bias, a 2x2 maximum behind each stage, three fully connected layers."""
    params = macs = 0
    channels, pixels = 3, IMAGE
    for width, count in zip(WIDTHS, STAGES[depth], strict=True):
        for _ in range(count):
            conv = Conv2d(channels, width, 3, bias=True)
            params += conv.params
            macs += conv.macs((width, pixels, pixels))
            channels = width
        pixels //= 2
    layers = (
        Linear(channels * pixels**2, FEATURES),
        Linear(FEATURES, FEATURES),
        Linear(FEATURES, CLASSES),
    )
    fc = sum(layer.params for layer in layers)
    return Vgg(params + fc, fc, macs + sum(layer.macs(()) for layer in layers))
