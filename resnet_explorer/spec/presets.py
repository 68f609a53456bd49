"""The named networks. Names are permanent: they stand in people's links."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from resnet_explorer.registry import Registry
from resnet_explorer.spec.families import ResNetOptions, VGGOptions
from resnet_explorer.spec.families.vgg import PAPER as VGG_PAPER
from resnet_explorer.spec.naming import FURTHER, PAPER
from resnet_explorer.spec.network import NetSpec


@dataclass(frozen=True, slots=True)
class Preset:
    """A named network; `group` is the heading under which it is offered."""

    name: str
    title: str
    group: str
    spec: NetSpec


ARRANGED = {depth: ResNetOptions(block=block, blocks=blocks) for depth, (block, blocks) in (PAPER | FURTHER).items()}
"""The depths that have a name, with torchvision's option B and v1.5 strides."""
DEPTHS = {depth: ARRANGED[depth] for depth in PAPER}
"""Those of the paper."""

RESIDUAL = "ImageNet, residual"


def _imagenet() -> tuple[Preset, ...]:
    residual = tuple(
        Preset(f"resnet{depth}", f"ResNet-{depth}", RESIDUAL, NetSpec(options=options))
        for depth, options in ARRANGED.items()
    )
    paper = tuple(
        Preset(f"resnet{depth}_v1", f"ResNet-{depth} v1", RESIDUAL, NetSpec(options=DEPTHS[depth]).having(stride="v1"))
        for depth in (50, 101, 152)
    )
    plain = tuple(
        Preset(f"plain{depth}", f"plain-{depth}", "ImageNet, plain", NetSpec(options=options).having(residual=False))
        for depth, options in DEPTHS.items()
    )
    return residual + paper + _wide() + plain


def _wide() -> tuple[Preset, ...]:
    """ResNeXt (arXiv:1611.05431) and torchvision's Wide ResNets (arXiv:1605.07146)."""
    changes: tuple[tuple[str, str, int, dict[str, int]], ...] = (
        ("resnext50_32x4d", "ResNeXt-50 32×4d", 50, {"groups": 32, "group_width": 4}),
        ("resnext101_32x8d", "ResNeXt-101 32×8d", 101, {"groups": 32, "group_width": 8}),
        ("resnext101_64x4d", "ResNeXt-101 64×4d", 101, {"groups": 64, "group_width": 4}),
        ("wide_resnet50_2", "Wide ResNet-50-2", 50, {"group_width": 128}),
        ("wide_resnet101_2", "Wide ResNet-101-2", 101, {"group_width": 128}),
    )
    return tuple(
        Preset(name, title, RESIDUAL, NetSpec(options=DEPTHS[depth]).having(**change))
        for name, title, depth, change in changes
    )


def _cifar(*, residual: bool) -> tuple[Preset, ...]:
    """Section 4.2 of arXiv:1512.03385: 6n + 2 layers of 16, 32 and 64 filters, option A."""
    kind, title = ("resnet", "ResNet") if residual else ("plain", "plain")
    group = "CIFAR, residual" if residual else "CIFAR, plain"
    return tuple(
        Preset(
            f"cifar_{kind}{6 * n + 2}",
            f"{title}-{6 * n + 2} (CIFAR)",
            group,
            NetSpec(
                options=ResNetOptions(blocks=(n, n, n), width=16, stem="cifar", shortcut="A", residual=residual),
                image=32,
                classes=10,
            ),
        )
        for n in (3, 5, 7, 9, 18, *((200,) if residual else ()))
    )


def _vgg() -> tuple[Preset, ...]:
    """The paper's nets, and with BatchNorm, as torchvision names them."""
    return tuple(
        Preset(
            f"vgg{depth}{suffix}",
            f"VGG-{depth}{words}",
            "ImageNet, VGG",
            NetSpec(family="vgg", options=VGGOptions(convs=convs, norm=norm)),
        )
        for suffix, words, norm in (("", "", "none"), ("_bn", " with BatchNorm", "batch"))
        for depth, convs in VGG_PAPER.items()
    )


def _preactivated() -> tuple[Preset, ...]:
    """Pre-activation nets of arXiv:1603.05027, and WRN-28-10.

    Option A and basic blocks for 110 layers, as in its CIFAR experiments;
    bottlenecks of stride v1 with projections for 164 and 1001, as its authors published them.
    """
    cifar = ResNetOptions(block="preact_bottleneck", width=16, stem="cifar", stride="v1")
    basic = ResNetOptions(block="preact_basic", width=16, stem="cifar", shortcut="A", blocks=(18, 18, 18))
    wide = ResNetOptions(block="preact_basic", blocks=(4, 4, 4), width=160, stem_width=16, stem="cifar")
    imagenet = ResNetOptions(block="preact_bottleneck", blocks=ARRANGED[200].blocks)
    small = (
        ("cifar_preresnet110", "PreResNet-110 (CIFAR)", basic),
        ("cifar_preresnet164", "PreResNet-164 (CIFAR)", dataclasses.replace(cifar, blocks=(18, 18, 18))),
        ("cifar_preresnet1001", "PreResNet-1001 (CIFAR)", dataclasses.replace(cifar, blocks=(111, 111, 111))),
        ("cifar_wrn28_10", "WRN-28-10 (CIFAR)", wide),
    )
    return (
        Preset("preresnet200", "PreResNet-200", RESIDUAL, NetSpec(options=imagenet)),
        *(
            Preset(name, title, "CIFAR, residual", NetSpec(options=options, image=32, classes=10))
            for name, title, options in small
        ),
    )


def _heirs() -> tuple[Preset, ...]:
    """What came after, as timm names and builds it, and what came before.

    Squeeze-and-excitation (arXiv:1709.01507), ResNet-C and -D (arXiv:1812.01187), ECA (arXiv:1910.03151), blur
    pooling (arXiv:1904.11486), GroupNorm (arXiv:1803.08494); and
    highway layers (arXiv:1505.00387) in the arrangement of ResNet-20.
    """
    deep: dict[str, str | int] = {"stem": "deep"}
    se: dict[str, str | int] = {"attention": "se"}
    changes: tuple[tuple[str, str, int, dict[str, str | int]], ...] = (
        *((f"seresnet{depth}", f"SE-ResNet-{depth}", depth, se) for depth in DEPTHS),
        ("seresnext50_32x4d", "SE-ResNeXt-50 32×4d", 50, se | {"groups": 32, "group_width": 4}),
        *((f"resnet{depth}c", f"ResNet-{depth}-C", depth, deep) for depth in (50, 101, 152)),
        *((f"resnet{depth}d", f"ResNet-{depth}-D", depth, deep | {"shortcut": "D"}) for depth in sorted(ARRANGED)),
        ("ecaresnet50d", "ECA-ResNet-50-D", 50, deep | {"shortcut": "D", "attention": "eca"}),
        ("resnetblur50", "ResNet-50, blur pooling", 50, {"downsample": "blur"}),
        ("resnet50_gn", "ResNet-50, GroupNorm", 50, {"norm": "group"}),
    )
    highway = ResNetOptions(block="highway", blocks=(6, 6, 6), width=16, stem="cifar", shortcut="A", norm="none")
    return (
        *(
            Preset(name, title, RESIDUAL, NetSpec(options=ARRANGED[depth]).having(**change))
            for name, title, depth, change in changes
        ),
        Preset(
            "cifar_highway20", "Highway-20 (CIFAR)", "CIFAR, residual", NetSpec(options=highway, image=32, classes=10)
        ),
    )


def _demo() -> tuple[Preset, ...]:
    """Small enough to train while one looks on: 8 filters, 8x8 digits, the arrangement of the ImageNet nets."""
    return tuple(
        Preset(
            f"demo_{kind}{depth}",
            f"{title}-{depth} (demo)",
            "demo, 8×8 digits",
            NetSpec(
                options=ResNetOptions(
                    blocks=DEPTHS[depth].blocks, width=8, stem="cifar", shortcut="A", residual=kind == "resnet"
                ),
                image=8,
                classes=10,
            ),
        )
        for kind, title in (("resnet", "ResNet"), ("plain", "plain"))
        for depth in (18, 34)
    )


PRESETS = Registry(
    "net",
    (*_imagenet(), *_vgg(), *_cifar(residual=True), *_cifar(residual=False), *_preactivated(), *_heirs(), *_demo()),
)
