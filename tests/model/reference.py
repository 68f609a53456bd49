"""Nets as torchvision lays them out, written again from the architecture: names, strides, projections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from torch import nn
from torch.nn import functional as F

if TYPE_CHECKING:
    from torch import Tensor


class Variant(NamedTuple):
    """What timm's relatives change: a deep stem, an average on the shortcut, squeeze-and-excitation, GroupNorm."""

    deep: bool = False
    average: bool = False
    se: bool = False
    group: bool = False

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


class Block(nn.Module):
    def __init__(
        self, wide: int, planes: int, stride: int, groups: int, base: int, how: Variant, *, bottleneck: bool
    ) -> None:
        super().__init__()
        out = planes * (4 if bottleneck else 1)
        inner = int(planes * (base / 64)) * groups if bottleneck else planes
        shapes = ((1, 1), (3, stride), (1, 1)) if bottleneck else ((3, stride), (3, 1))
        channels = (wide, *[inner] * (len(shapes) - 1), out)
        self.depth = len(shapes)
        for number, (kernel, step) in enumerate(shapes, 1):
            a, b = channels[number - 1], channels[number]
            split = groups if bottleneck and number == 2 else 1
            conv = nn.Conv2d(a, b, kernel, step, kernel // 2, groups=split, bias=False)
            self.add_module(f"conv{number}", conv)
            self.add_module(f"bn{number}", how.norm(b))
        self.se = Excitation(out) if how.se else nn.Identity()
        self.downsample = None
        if stride != 1 or wide != out:
            self.downsample = how.downsample(wide, out, stride)

    def forward(self, x: Tensor) -> Tensor:
        shortcut = x if self.downsample is None else self.downsample(x)
        for number in range(1, self.depth + 1):
            x = self.get_submodule(f"bn{number}")(self.get_submodule(f"conv{number}")(x))
            if number < self.depth:
                x = F.relu(x)
        return F.relu(self.se(x) + shortcut)


class Reference(nn.Module):
    def __init__(
        self, blocks: tuple[int, ...], *, bottleneck: bool, groups: int = 1, base: int = 64, **changes: bool
    ) -> None:
        super().__init__()
        how = Variant(**changes)
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
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        for stage in range(4):
            x = self.get_submodule(f"layer{stage + 1}")(x)
        return self.fc(x.mean((2, 3)))


class PreActivated(nn.Module):
    """The pre-activation net of arXiv:1603.05027 on CIFAR: bottlenecks, 16 filters, stride in the first 1x1."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16)
        wide = 16
        for stage in range(3):
            units = []
            for number in range(count):
                units.append(PreUnit(wide, 16 * 2**stage, 2 if stage and not number else 1, bare=wide == 16))
                wide = 64 * 2**stage
            self.add_module(f"layer{stage + 1}", nn.Sequential(*units))
        self.bn_final, self.fc = nn.BatchNorm2d(wide), nn.Linear(wide, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.bn1(self.conv1(x)))
        for stage in range(3):
            x = self.get_submodule(f"layer{stage + 1}")(x)
        return self.fc(F.relu(self.bn_final(x)).mean((2, 3)))


class PreUnit(nn.Module):
    def __init__(self, wide: int, planes: int, stride: int, *, bare: bool) -> None:
        super().__init__()
        self.bn1 = None if bare else nn.BatchNorm2d(wide)
        self.conv1 = nn.Conv2d(wide, planes, 1, stride, bias=False)
        self.bn2, self.conv2 = nn.BatchNorm2d(planes), nn.Conv2d(planes, planes, 3, padding=1, bias=False)
        self.bn3, self.conv3 = nn.BatchNorm2d(planes), nn.Conv2d(planes, 4 * planes, 1, bias=False)
        self.downsample = None
        if wide != 4 * planes:
            self.downsample = nn.Sequential(nn.Conv2d(wide, 4 * planes, 1, stride, bias=False))

    def forward(self, x: Tensor) -> Tensor:
        active = F.relu(self.bn1(x)) if self.bn1 else x
        y = self.conv3(F.relu(self.bn3(self.conv2(F.relu(self.bn2(self.conv1(active)))))))
        return y + (self.downsample(active) if self.downsample else x)


class Highway(nn.Module):
    """Eighteen highway layers of arXiv:1505.00387, without normalisation; x is padded where the dimensions change."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, padding=1)
        wide = 16
        for stage in range(3):
            out = 16 * 2**stage
            made = []
            for number in range(6):
                stride = 2 if stage and not number else 1
                gate = nn.Module()
                gate.conv = nn.Conv2d(wide, out, 3, stride, 1)
                layer = nn.Module()
                layer.conv1, layer.gate = nn.Conv2d(wide, out, 3, stride, 1), gate
                made.append(layer)
                wide = out
            self.add_module(f"layer{stage + 1}", nn.Sequential(*made))
        self.fc = nn.Linear(wide, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.conv1(x))
        for stage in range(3):
            for layer in self.get_submodule(f"layer{stage + 1}"):
                t = layer.gate.conv(x).sigmoid()
                h = F.relu(layer.conv1(x))
                if x.shape != h.shape:
                    x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 0, h.shape[1] - x.shape[1]))
                x = h * t + x * (1 - t)
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


def net(name: str) -> nn.Module:
    family, arguments = NETS[name]
    return family(**arguments)


BOTTLENECK = {"blocks": (3, 4, 6, 3), "bottleneck": True}
NETS: dict[str, tuple[type[nn.Module], dict[str, Any]]] = {
    "resnet18": (Reference, {"blocks": (2, 2, 2, 2), "bottleneck": False}),
    "resnet34": (Reference, {"blocks": (3, 4, 6, 3), "bottleneck": False}),
    "resnet50": (Reference, BOTTLENECK),
    "resnet101": (Reference, {"blocks": (3, 4, 23, 3), "bottleneck": True}),
    "resnet152": (Reference, {"blocks": (3, 8, 36, 3), "bottleneck": True}),
    "resnext50_32x4d": (Reference, {**BOTTLENECK, "groups": 32, "base": 4}),
    "wide_resnet50_2": (Reference, {**BOTTLENECK, "base": 128}),
    "resnext101_64x4d": (Reference, {"blocks": (3, 4, 23, 3), "bottleneck": True, "groups": 64, "base": 4}),
    "wide_resnet101_2": (Reference, {"blocks": (3, 4, 23, 3), "bottleneck": True, "base": 128}),
    "resnet26": (Reference, {"blocks": (2, 2, 2, 2), "bottleneck": True}),
    "seresnet18": (Reference, {"blocks": (2, 2, 2, 2), "bottleneck": False, "se": True}),
    "seresnet50": (Reference, {**BOTTLENECK, "se": True}),
    "resnet50c": (Reference, {**BOTTLENECK, "deep": True}),
    "resnet50d": (Reference, {**BOTTLENECK, "deep": True, "average": True}),
    "resnet50_gn": (Reference, {**BOTTLENECK, "group": True}),
    "cifar_highway20": (Highway, {}),
    "cifar_preresnet164": (PreActivated, {"count": 18}),
    "vgg11": (VGG, {"convs": (1, 1, 2, 2, 2)}),
    "vgg13_bn": (VGG, {"convs": (2, 2, 2, 2, 2), "norm": True}),
    "vgg16": (VGG, {"convs": (2, 2, 3, 3, 3)}),
    "vgg16_bn": (VGG, {"convs": (2, 2, 3, 3, 3), "norm": True}),
    "vgg19": (VGG, {"convs": (2, 2, 4, 4, 4)}),
}
