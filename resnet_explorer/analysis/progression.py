"""From VGG to ResNet and its heirs, one step at a time: what changed, why, and what was published of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resnet_explorer.analysis.published import (
    DEGRADATION,
    OPTIONS,
    PREACTIVATION,
    PROTOCOLS,
    Reordered,
    Result,
    result,
)
from resnet_explorer.registry import Registry
from resnet_explorer.spec import from_query, named

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A net on the way: `changed` says in one sentence what is new in it, `why` what for; `source` says who says so.

    `since` names the station that was changed, where it is not the one before; `elsewhere` are errors of other nets
    with the same change, where none of this net were published.
    """

    name: str
    title: str
    net: str
    changed: str
    why: str
    source: str
    since: str = ""
    elsewhere: tuple[Reordered, ...] = ()

    @property
    def spec(self) -> NetSpec:
        """The net."""
        return from_query(self.net)


_HE = "He et al. 2015, [arXiv:1512.03385](https://arxiv.org/abs/1512.03385)"
_NVIDIA = (
    "NVIDIA, [ResNet50 v1.5 for PyTorch](https://catalog.ngc.nvidia.com/orgs/nvidia/teams/dle/resources/resnet_pyt)"
)
_SHALLOW, _DEEP = DEGRADATION

STATIONS = Registry(
    "station",
    (
        Station(
            name="vgg19",
            title="VGG-19",
            net="vgg19",
            changed="Where it starts: sixteen 3×3 convolutions, a max pool after each stage, three large fc layers.",
            why="Stacked 3×3 convolutions see as far as large ones with fewer weights; most of the parameters sit in "
            "the first fully connected layer.",
            source="Section 2.3 of Simonyan & Zisserman 2014, [arXiv:1409.1556](https://arxiv.org/abs/1409.1556)",
        ),
        Station(
            name="plain34",
            title="plain-34",
            net="plain34",
            changed="**Global average pooling** replaces the large fully connected layers, and convolutions of stride "
            "2 replace all max pools but one. There are fewer filters, BatchNorm after each convolution, and fifteen "
            "more layers.",
            why="Depth is affordable now, and should do no harm, since further layers could hand on what they are "
            "given. But it does: this net is worse than its own 18-layer form "
            f"({_DEEP.plain} against {_SHALLOW.plain} % top-1 error, 10-crop). That is the degradation problem.",
            source=f"Sections 1, 3.3 and 4.1 and Table 2 of {_HE}",
        ),
        Station(
            name="shortcuts",
            title="ResNet-34, option A",
            net="net=resnet34&shortcut=A",
            changed="The same 34 layers, and **sixteen shortcuts** that add x back; where the size changes, zeros are "
            "padded. Not one parameter more.",
            why="A block need only learn what is missing from x, and deeper is better again "
            f"({_DEEP.residual} against {_SHALLOW.residual} % at 18 layers), though not without end: on CIFAR-10, 1202 "
            "layers are worse than 110, by overfitting as the paper argues.",
            source=f"Section 3.1, Tables 2 and 6 and Section 4.2 of {_HE}",
        ),
        Station(
            name="projections",
            title="ResNet-34, option B",
            net="resnet34",
            changed="Where the size changes, a 1×1 **projection** with weights replaces the zeros, three times.",
            why="The padded channels had no residual learning; the gain is small, and the paper calls projections not "
            "essential for addressing the degradation problem. torchvision builds the net like this.",
            source=f"Section 4.1 and Table 3 of {_HE}",
        ),
        Station(
            name="bottleneck",
            title="ResNet-50 (v1)",
            net="resnet50_v1",
            changed="Each block of two 3×3 becomes a **bottleneck** of three layers: 1×1 down, 3×3, 1×1 up.",
            why="Four times as many channels run along the shortcuts for about the same work; the paper chose it for "
            "the training time that it could afford.",
            source=f"Section 4.1 and Figure 5 of {_HE}",
        ),
        Station(
            name="stride",
            title="ResNet-50 (v1.5)",
            net="resnet50",
            changed="Where a stage halves the map, **stride 2 moves** from the first 1×1 into the 3×3.",
            why="A strided 1×1 never looks at three of four pixels. There are as many weights, but more work; "
            "NVIDIA reports about half a point of accuracy. torchvision's weights are for this net.",
            source=f"torchvision, comment in its resnet.py; half a point: {_NVIDIA}",
        ),
        Station(
            name="groups",
            title="ResNeXt-50 32×4d",
            net="resnext50_32x4d",
            changed="The 3×3 is split into **32 groups** and made twice as wide.",
            why="Many narrow paths in parallel instead of one wide one: about the same parameters and work.",
            source="Xie et al. 2016, [arXiv:1611.05431](https://arxiv.org/abs/1611.05431)",
        ),
        Station(
            name="preactivation",
            title="PreResNet-50",
            net="block=preact_bottleneck&blocks=3,4,6,3",
            changed="BatchNorm and ReLU move **in front of** each convolution, and nothing stands "
            "behind the addition any more.",
            why="From one addition to the next x now passes unchanged, and so does the gradient on its way back, "
            "except where a stage begins. The same convolutions in another order; it pays most in the deepest nets.",
            source="He et al. 2016, [arXiv:1603.05027](https://arxiv.org/abs/1603.05027)",
            since="stride",
            elsewhere=PREACTIVATION,
        ),
    ),
)


def before(station: Station) -> Station | None:
    """The station whose net was changed to this one."""
    if station.since:
        return STATIONS[station.since]
    place = STATIONS.names.index(station.name)
    return STATIONS[STATIONS.names[place - 1]] if place else None


def results(station: Station) -> tuple[Result, ...]:
    """What was published of the station's net, by protocol, in the order of the protocols."""
    preset = named(station.spec)
    own = preset.name if preset else ""
    if station.name == "shortcuts":
        return (Result("", "paper_10crop", dict(OPTIONS)["A"], "Table 3, option A"),)
    return tuple(each for protocol in PROTOCOLS if (each := result(own, protocol.name)))
