"""The pen with which blocks and stems are written: convolution, normalisation, activation, shortcut."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from resnet_explorer.spec.ops import Blur2d, Conv2d, MaxPool2d, ReLU, Scale

if TYPE_CHECKING:
    from resnet_explorer.spec.attentions import Attention
    from resnet_explorer.spec.blocks import Dims
    from resnet_explorer.spec.graph import Builder
    from resnet_explorer.spec.norms import Norm
    from resnet_explorer.spec.ops import Rectifier
    from resnet_explorer.spec.shortcuts import Shortcut


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A builder together with the net's conventions, so that a block states its structure alone."""

    net: Builder
    kind: Norm
    option: Shortcut
    zero_gamma: bool
    stride_first: bool
    """Stride in a bottleneck's first 1x1 (v1, the paper) rather than its 3x3 (v1.5, torchvision)."""
    attention: Attention | None = None
    preactivated: bool = False
    """Normalisation and activation come before the convolutions: projections have none of their own."""
    activation: Rectifier = field(default_factory=ReLU)
    blurs: bool = False
    """Maps are halved by blurs rather than by strides of convolutions and of pooling."""
    scale: float | None = None
    """What the learned scale of each branch starts at; None: there is none."""

    def conv(self, name: str, x: str, out: int, kernel: int, *, stride: int = 1, groups: int = 1) -> str:
        """A convolution."""
        return self.net.conv(name, x, out, kernel, stride=stride, groups=groups)

    def conv3(self, name: str, x: str, out: int, *, stride: int = 1, dilation: int = 1, groups: int = 1) -> str:
        """A 3x3, which may be dilated."""
        op = Conv2d(self.net.channels(x), out, 3, stride, groups, self.net.bias, dilation=dilation)
        return self.net.add_node(name, op, x, channels=out)

    def own(self, stride: int) -> int:
        """The stride that a convolution of a branch has itself."""
        return 1 if self.blurs else stride

    def blurred(self, x: str, dims: Dims, *, here: bool = True) -> str:
        """What a convolution without its stride gave, halved by a blur, in a net that has them; also where dilated."""
        changes = dims.stride > 1 or dims.before != dims.dilation
        return self.net.keep("aa", Blur2d(dims.stride), x) if self.blurs and here and changes else x

    def maxpool(self, x: str) -> str:
        """The 3x3 maximum that ends a stem."""
        if not self.blurs:
            return self.net.keep("maxpool", MaxPool2d(3, 2), x)
        return self.net.keep("maxpool.1", Blur2d(2), self.net.keep("maxpool.0", MaxPool2d(3, 1), x))

    def norm(self, name: str, x: str, *, last: bool = False) -> str:
        """The net's normalisation, if it has one; `last` in the branch, it may start at zero."""
        if self.kind.op is None:
            return x
        op = self.kind.op(self.net.channels(x))
        return self.net.keep(name, dataclasses.replace(op, zero_gamma=last and self.zero_gamma), x)

    def relu(self, name: str, x: str) -> str:
        """The net's activation."""
        return self.net.keep(name, self.activation, x)

    def attended(self, y: str) -> str:
        """The branch, weighed by the net's attention, if it has one."""
        return self.attention.write(self, y) if self.attention else y

    def branch(self, y: str) -> str:
        """The branch as it is added: weighed by the net's attention, then scaled, if it has either."""
        y = self.attended(y)
        return y if self.scale is None else self.net.keep("scale", Scale(self.scale), y)

    def keeps(self, x: str, out: int, stride: int) -> bool:
        """Whether x itself is added, by the net's option."""
        return not self.option.everywhere and stride == 1 and self.net.channels(x) == out

    def shortcut(self, x: str, out: int, dims: Dims) -> str:
        """The way of x around the branch, by the net's option."""
        if self.keeps(x, out, dims.stride):
            return x
        self.net.shortcut = True
        y = self.option.write(self, x, out, dims)
        self.net.shortcut = False
        return y
