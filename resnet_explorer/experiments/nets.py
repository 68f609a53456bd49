"""The small nets of the laboratory: the paper's CIFAR nets of Section 4.2, narrow, on the digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resnet_explorer.spec import PRESETS, NetSpec, ResNetOptions, title

if TYPE_CHECKING:
    from collections.abc import Sequence

DIGITS = (
    "The 1,797 handwritten digits of the UCI repository (Alpaydin & Kaynak 1998, CC BY 4.0). Small data and narrow "
    "nets: in qualitative agreement with the papers, no replication."
)
HE = "He et al. 2015, [arXiv:1512.03385](https://arxiv.org/abs/1512.03385)"
YANG = "Yang et al. 2019, [arXiv:1902.08129](https://arxiv.org/abs/1902.08129)"
DE_SMITH = "De & Smith 2020, [arXiv:2002.10444](https://arxiv.org/abs/2002.10444)"
BALDUZZI = "Balduzzi et al. 2017, [arXiv:1702.08591](https://arxiv.org/abs/1702.08591)"
VEIT = "Veit et al. 2016, [arXiv:1605.06431](https://arxiv.org/abs/1605.06431)"
IMAGENET_PIXELS = 64


def cifar(depth: int, *, residual: bool, image: int = 8, **options: Any) -> NetSpec:
    """A net of 6n + 2 layers with three stages, 8 filters in the first, option A: plain and residual weigh the same."""
    blocks = ((depth - 2) // 6,) * 3
    settings = {"blocks": blocks, "width": 8, "stem": "cifar", "shortcut": "A", "residual": residual, **options}
    return NetSpec(options=ResNetOptions(**settings), image=image, classes=10)


def name(depth: int, *, residual: bool) -> str:
    """What it is called: plain-56, ResNet-56."""
    return f"{'ResNet' if residual else 'plain'}-{depth}"


def preset(name: str, *, residual: bool, norm: bool, zero_gamma: bool) -> NetSpec:
    """A named net or its counterpart, at a size at which digits are shown to it; a VGG net has none."""
    spec = PRESETS[name].spec
    return _set(
        spec.having(residual=residual) if isinstance(spec.options, ResNetOptions) else spec,
        norm=norm,
        zero_gamma=zero_gamma,
    )


def named(name: str, *, norm: bool, zero_gamma: bool) -> NetSpec:
    """A named net, at a size at which digits are shown to it."""
    return _set(PRESETS[name].spec, norm=norm, zero_gamma=zero_gamma)


def _set(spec: NetSpec, *, norm: bool, zero_gamma: bool) -> NetSpec:
    """With normalisation (BatchNorm, if it has none of its own) or without; zero-γ where there is a γ to be zero."""
    before = spec.options.norm
    spec = spec.having(norm=("batch" if before == "none" else before) if norm else "none")
    if isinstance(spec.options, ResNetOptions):
        spec = spec.having(zero_gamma=zero_gamma and "zero_gamma" not in spec.idle)
        if spec.options.stem == "cifar":
            return spec
    return spec.within(IMAGENET_PIXELS)


def distinct(nets: Sequence[NetSpec]) -> list[str]:
    """Their titles, with a number where two have one."""
    titles = [title(net) for net in nets]
    return [
        f"{name} ({titles[: i + 1].count(name)})" if titles.count(name) > 1 else name for i, name in enumerate(titles)
    ]


def weight(depth: int, deepest: int) -> float:
    """How heavy a net's line is: the deeper the heavier."""
    return depth / deepest
