"""Nets as torchvision lays them out, written again from the architecture: names, strides, projections."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from torch import nn
from torch.nn import functional as F

if TYPE_CHECKING:
    from torch import Tensor


class Variant(NamedTuple):
    """What timm's relatives change: a deep stem, an average on the shortcut, attention of two kinds, GroupNorm, blurs.

    `v1`: a bottleneck strides in its first 1x1, as in the paper; `plain`: without shortcuts.
    """

    deep: bool = False
    average: bool = False
    se: bool = False
    group: bool = False
    v1: bool = False
    plain: bool = False
    eca: bool = False
    blur: bool = False

    def norm(self, channels: int) -> nn.Module:
        return nn.GroupNorm(32, channels) if self.group else nn.BatchNorm2d(channels)

    def downsample(self, wide: int, out: int, stride: int) -> nn.Module:
        pool = nn.AvgPool2d(2, stride, ceil_mode=True, count_include_pad=False) if stride > 1 else nn.Identity()
        if self.average:
            return nn.Sequential(pool, nn.Conv2d(wide, out, 1, bias=False), self.norm(out))
        return nn.Sequential(nn.Conv2d(wide, out, 1, stride, bias=False), self.norm(out))

    def stem(self) -> nn.Module:
        if not self.deep:
            return nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        return nn.Sequential(
            nn.Conv2d(3, 32, 3, 2, 1, bias=False), self.norm(32), nn.ReLU(),
            nn.Conv2d(32, 32, 3, padding=1, bias=False), self.norm(32), nn.ReLU(),
            nn.Conv2d(32, 64, 3, padding=1, bias=False),
        )  # fmt: skip


class Excitation(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        inner = max(8, int(channels / 16 + 4) // 8 * 8)
        self.fc1, self.fc2 = nn.Conv2d(channels, inner, 1), nn.Conv2d(inner, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        return x * self.fc2(F.relu(self.fc1(x.mean((2, 3), keepdim=True)))).sigmoid()


class Neighbours(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        reach = int((math.log2(channels) + 1) / 2)
        reach = max(3, reach if reach % 2 else reach + 1)
        self.conv = nn.Conv1d(1, 1, reach, padding=(reach - 1) // 2, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        factor = self.conv(x.mean((2, 3))[:, None]).sigmoid()
        return x * factor[:, 0, :, None, None]


def blurred(x: Tensor) -> Tensor:
    """Every second value of the 1-2-1 means, taken row by row and column by column."""
    x = F.pad(x, (1, 1, 1, 1), mode="reflect")
    x = (x[:, :, :-2] + 2 * x[:, :, 1:-1] + x[:, :, 2:]) / 4
    x = (x[..., :-2] + 2 * x[..., 1:-1] + x[..., 2:]) / 4
    return x[:, :, ::2, ::2]


class Block(nn.Module):
    def __init__(
        self, wide: int, planes: int, stride: int, groups: int, base: int, how: Variant, *, bottleneck: bool
    ) -> None:
        super().__init__()
        out = planes * (4 if bottleneck else 1)
        inner = int(planes * (base / 64)) * groups if bottleneck else planes
        first, middle = (stride, 1) if how.v1 else (1, stride)
        shapes = ((1, first), (3, middle), (1, 1)) if bottleneck else ((3, stride), (3, 1))
        channels = (wide, *[inner] * (len(shapes) - 1), out)
        self.depth = len(shapes)
        self.blurs = next((n for n, (_, step) in enumerate(shapes, 1) if step > 1), 0) if how.blur else 0
        for number, (kernel, step) in enumerate(shapes, 1):
            a, b = channels[number - 1], channels[number]
            split = groups if bottleneck and number == 2 else 1
            conv = nn.Conv2d(a, b, kernel, 1 if how.blur else step, kernel // 2, groups=split, bias=False)
            self.add_module(f"conv{number}", conv)
            self.add_module(f"bn{number}", how.norm(b))
        self.se = Excitation(out) if how.se else Neighbours(out) if how.eca else nn.Identity()
        self.downsample = None
        self.plain = how.plain
        if (stride != 1 or wide != out) and not how.plain:
            self.downsample = how.downsample(wide, out, stride)

    def forward(self, x: Tensor) -> Tensor:
        shortcut = x if self.downsample is None else self.downsample(x)
        shortcut = 0 if self.plain else shortcut
        for number in range(1, self.depth + 1):
            x = self.get_submodule(f"bn{number}")(self.get_submodule(f"conv{number}")(x))
            if number < self.depth:
                x = F.relu(x)
            if number == self.blurs:
                x = blurred(x)
        return F.relu(self.se(x) + shortcut)


class Reference(nn.Module):
    def __init__(
        self, blocks: tuple[int, ...], *, bottleneck: bool, groups: int = 1, base: int = 64, **changes: bool
    ) -> None:
        super().__init__()
        how = Variant(**changes)
        self.blur = how.blur
        self.conv1 = how.stem()
        self.bn1 = how.norm(64)
        wide = 64
        for stage, count in enumerate(blocks):
            planes = 64 * 2**stage
            made = []
            for number in range(count):
                stride = 2 if stage and not number else 1
                made.append(Block(wide, planes, stride, groups, base, how, bottleneck=bottleneck))
                wide = planes * (4 if bottleneck else 1)
            self.add_module(f"layer{stage + 1}", nn.Sequential(*made))
        self.fc = nn.Linear(wide, 1000)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.bn1(self.conv1(x)))
        x = blurred(F.max_pool2d(x, 3, 1, 1)) if self.blur else F.max_pool2d(x, 3, 2, 1)
        for stage in range(4):
            x = self.get_submodule(f"layer{stage + 1}")(x)
        return self.fc(x.mean((2, 3)))


class VGG(nn.Module):
    def __init__(self, convs: tuple[int, ...], *, norm: bool = False) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        wide = 3
        for count, out in zip(convs, (64, 128, 256, 512, 512), strict=True):
            for _ in range(count):
                layers += [nn.Conv2d(wide, out, 3, padding=1), *([nn.BatchNorm2d(out)] if norm else []), nn.ReLU()]
                wide = out
            layers.append(nn.MaxPool2d(2, 2))
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d((7, 7))
        self.classifier = nn.Sequential(
            nn.Linear(512 * 49, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(),
            nn.Linear(4096, 1000),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        return self.classifier(self.avgpool(self.features(x)).flatten(1))


SHAPES: dict[int, dict[str, Any]] = {
    18: {"blocks": (2, 2, 2, 2), "bottleneck": False},
    26: {"blocks": (2, 2, 2, 2), "bottleneck": True},
    34: {"blocks": (3, 4, 6, 3), "bottleneck": False},
    50: {"blocks": (3, 4, 6, 3), "bottleneck": True},
    101: {"blocks": (3, 4, 23, 3), "bottleneck": True},
    152: {"blocks": (3, 8, 36, 3), "bottleneck": True},
    200: {"blocks": (3, 24, 36, 3), "bottleneck": True},
}
CONVS = {11: (1, 1, 2, 2, 2), 13: (2, 2, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}
NETS: dict[str, tuple[type[nn.Module], dict[str, Any]]] = {
    **{f"resnet{depth}": (Reference, shape) for depth, shape in SHAPES.items()},
    **{f"resnet{depth}d": (Reference, shape | {"deep": True, "average": True}) for depth, shape in SHAPES.items()},
    **{f"resnet{depth}c": (Reference, SHAPES[depth] | {"deep": True}) for depth in (50, 101, 152)},
    **{f"resnet{depth}_v1": (Reference, SHAPES[depth] | {"v1": True}) for depth in (50, 101, 152)},
    **{f"seresnet{depth}": (Reference, SHAPES[depth] | {"se": True}) for depth in (18, 34, 50, 101, 152)},
    **{f"plain{depth}": (Reference, SHAPES[depth] | {"plain": True}) for depth in (18, 34, 50, 101, 152)},
    "resnext50_32x4d": (Reference, SHAPES[50] | {"groups": 32, "base": 4}),
    "resnext101_32x8d": (Reference, SHAPES[101] | {"groups": 32, "base": 8}),
    "resnext101_64x4d": (Reference, SHAPES[101] | {"groups": 64, "base": 4}),
    "seresnext50_32x4d": (Reference, SHAPES[50] | {"groups": 32, "base": 4, "se": True}),
    "wide_resnet50_2": (Reference, SHAPES[50] | {"base": 128}),
    "wide_resnet101_2": (Reference, SHAPES[101] | {"base": 128}),
    "ecaresnet50d": (Reference, SHAPES[50] | {"deep": True, "average": True, "eca": True}),
    "resnetblur50": (Reference, SHAPES[50] | {"blur": True}),
    "resnet50_gn": (Reference, SHAPES[50] | {"group": True}),
    **{f"vgg{depth}": (VGG, {"convs": convs}) for depth, convs in CONVS.items()},
    **{f"vgg{depth}_bn": (VGG, {"convs": convs, "norm": True}) for depth, convs in CONVS.items()},
}
