"""Nets as the papers describe them and no library has them by these names, written again from the architecture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from torch import nn
from torch.nn import functional as F

if TYPE_CHECKING:
    from torch import Tensor


def padded(x: Tensor, like: Tensor) -> Tensor:
    """Option A of arXiv:1512.03385: every other pixel where the map is halved, zeros for the further channels."""
    step = 1 if x.shape[2:] == like.shape[2:] else 2
    return F.pad(x[:, :, ::step, ::step], (0, 0, 0, 0, 0, like.shape[1] - x.shape[1]))


def stages(blocks: tuple[int, ...], width: int, unit: Any, expansion: int = 1, wide: int = 0) -> nn.ModuleDict:
    """`unit(wide, planes, stride, first)` for each block; `wide` channels come in."""
    wide = wide or width
    made = nn.ModuleDict()
    for stage, count in enumerate(blocks):
        units = []
        for number in range(count):
            stride = 2 if stage and not number else 1
            units.append(unit(wide, width * 2**stage, stride, first=not stage + number))
            wide = width * 2**stage * expansion
        made[f"layer{stage + 1}"] = nn.Sequential(*units)
    return made


class Small(nn.Module):
    """Section 4.2 of arXiv:1512.03385: one 3x3, stages of basic blocks with option A or none."""

    def __init__(
        self, blocks: tuple[int, ...], width: int = 16, *, plain: bool = False, block: type[nn.Module] | None = None
    ) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)
        for name, stage in stages(blocks, width, block or Basic).items():
            self.add_module(name, stage)
            for unit in stage:
                unit.plain = plain
        self.stages = len(blocks)
        self.fc = nn.Linear(width * 2 ** (len(blocks) - 1), 10)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.bn1(self.conv1(x)))
        for stage in range(self.stages):
            x = self.get_submodule(f"layer{stage + 1}")(x)
        return self.fc(x.mean((2, 3)))


class Basic(nn.Module):
    plain: bool

    def __init__(self, wide: int, planes: int, stride: int, *, first: bool) -> None:
        del first
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(wide, planes, 3, stride, 1, bias=False), nn.BatchNorm2d(planes)
        self.conv2, self.bn2 = nn.Conv2d(planes, planes, 3, padding=1, bias=False), nn.BatchNorm2d(planes)

    def forward(self, x: Tensor) -> Tensor:
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y if self.plain else y + padded(x, y))


class ReLUBeforeAdd(Basic):
    """Figure 4c of arXiv:1603.05027."""

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))
        return y + padded(x, y)


class PreActivated(nn.Module):
    """The pre-activation nets of arXiv:1603.05027, and the WRN of arXiv:1605.07146, whose stem is narrower.

    As the Appendix of the former has it, the first unit starts behind the stem's activation, both ways of it.
    """

    def __init__(
        self, blocks: tuple[int, ...], unit: type[nn.Module], width: int = 16, stem: int = 16, classes: int = 10
    ) -> None:
        super().__init__()
        self.large = len(blocks) == 4
        kernel, stride = (7, 2) if self.large else (3, 1)
        self.conv1 = nn.Conv2d(3, stem, kernel, stride, kernel // 2, bias=False)
        self.bn1 = nn.BatchNorm2d(stem)
        expansion = 4 if issubclass(unit, PreBottleneck) else 1
        for name, stage in stages(blocks, width, unit, expansion, stem).items():
            self.add_module(name, stage)
        self.stages = len(blocks)
        wide = width * 2 ** (len(blocks) - 1) * expansion
        self.bn_final, self.fc = nn.BatchNorm2d(wide), nn.Linear(wide, classes)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.max_pool2d(x, 3, 2, 1) if self.large else x
        for stage in range(self.stages):
            x = self.get_submodule(f"layer{stage + 1}")(x)
        return self.fc(F.relu(self.bn_final(x)).mean((2, 3)))


class PreBasic(nn.Module):
    projects = True

    def __init__(self, wide: int, planes: int, stride: int, *, first: bool) -> None:
        super().__init__()
        self.bn1 = None if first else nn.BatchNorm2d(wide)
        self.conv1 = nn.Conv2d(wide, planes, 3, stride, 1, bias=False)
        self.bn2, self.conv2 = nn.BatchNorm2d(planes), nn.Conv2d(planes, planes, 3, padding=1, bias=False)
        self.downsample = None
        self.changes = stride != 1 or wide != planes
        if self.changes and self.projects:
            self.downsample = nn.Sequential(nn.Conv2d(wide, planes, 1, stride, bias=False))

    def forward(self, x: Tensor) -> Tensor:
        active = F.relu(self.bn1(x)) if self.bn1 else x
        y = self.conv2(F.relu(self.bn2(self.conv1(active))))
        if not self.changes:
            return y + x
        return y + (self.downsample(active) if self.downsample else padded(active, y))


class PrePadded(PreBasic):
    projects = False


class PreBottleneck(nn.Module):
    """Stride in the 3x3, as for ImageNet."""

    v1 = False

    def __init__(self, wide: int, planes: int, stride: int, *, first: bool) -> None:
        super().__init__()
        one, three = (stride, 1) if self.v1 else (1, stride)
        self.bn1 = None if first else nn.BatchNorm2d(wide)
        self.conv1 = nn.Conv2d(wide, planes, 1, one, bias=False)
        self.bn2, self.conv2 = nn.BatchNorm2d(planes), nn.Conv2d(planes, planes, 3, three, 1, bias=False)
        self.bn3, self.conv3 = nn.BatchNorm2d(planes), nn.Conv2d(planes, 4 * planes, 1, bias=False)
        self.downsample = None
        if wide != 4 * planes:
            self.downsample = nn.Sequential(nn.Conv2d(wide, 4 * planes, 1, stride, bias=False))

    def forward(self, x: Tensor) -> Tensor:
        active = F.relu(self.bn1(x)) if self.bn1 else x
        y = self.conv3(F.relu(self.bn3(self.conv2(F.relu(self.bn2(self.conv1(active)))))))
        return y + (self.downsample(active) if self.downsample else x)


class PreBottleneckV1(PreBottleneck):
    v1 = True


class Highway(nn.Module):
    """Eighteen highway layers of arXiv:1505.00387, without normalisation; x is padded where the dimensions change."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, padding=1)
        for name, stage in stages((6, 6, 6), 16, Gated).items():
            self.add_module(name, stage)
        self.fc = nn.Linear(64, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.conv1(x))
        for stage in range(3):
            x = self.get_submodule(f"layer{stage + 1}")(x)
        return self.fc(x.mean((2, 3)))


class Gated(nn.Module):
    def __init__(self, wide: int, planes: int, stride: int, *, first: bool) -> None:
        del first
        super().__init__()
        self.conv1, self.gate = nn.Conv2d(wide, planes, 3, stride, 1), nn.Module()
        self.gate.conv = nn.Conv2d(wide, planes, 3, stride, 1)

    def forward(self, x: Tensor) -> Tensor:
        t, h = self.gate.conv(x).sigmoid(), F.relu(self.conv1(x))
        return h * t + padded(x, h) * (1 - t)


DEMO = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3)}
NETS: dict[str, tuple[type[nn.Module], dict[str, Any]]] = {
    **{f"cifar_resnet{6 * n + 2}": (Small, {"blocks": (n, n, n)}) for n in (3, 5, 7, 9, 18, 200)},
    **{f"cifar_plain{6 * n + 2}": (Small, {"blocks": (n, n, n), "plain": True}) for n in (3, 5, 7, 9, 18)},
    **{f"demo_resnet{depth}": (Small, {"blocks": blocks, "width": 8}) for depth, blocks in DEMO.items()},
    **{f"demo_plain{depth}": (Small, {"blocks": blocks, "width": 8, "plain": True}) for depth, blocks in DEMO.items()},
    "cifar_preresnet110": (PreActivated, {"blocks": (18, 18, 18), "unit": PrePadded}),
    "cifar_preresnet164": (PreActivated, {"blocks": (18, 18, 18), "unit": PreBottleneckV1}),
    "cifar_preresnet1001": (PreActivated, {"blocks": (111, 111, 111), "unit": PreBottleneckV1}),
    "cifar_wrn28_10": (PreActivated, {"blocks": (4, 4, 4), "unit": PreBasic, "width": 160}),
    "preresnet200": (
        PreActivated,
        {"blocks": (3, 24, 36, 3), "unit": PreBottleneck, "width": 64, "stem": 64, "classes": 1000},
    ),
    "cifar_highway20": (Highway, {}),
}
UNNAMED: dict[str, tuple[type[nn.Module], dict[str, Any]]] = {
    "net=cifar_resnet20&block=relu_before_add": (Small, {"blocks": (3, 3, 3), "block": ReLUBeforeAdd}),
}
"""Nets that no preset is, by their links."""
