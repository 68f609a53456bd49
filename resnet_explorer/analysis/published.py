"""Published accuracies, each with its protocol and source. Numbers of different protocols never share a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from resnet_explorer.registry import Registry

PAPER = "arXiv:1512.03385"
SECOND_PAPER = "arXiv:1603.05027"
TORCHVISION = "torchvision 0.29.2, metadata of its weights"


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """How an accuracy was measured. `error` says whether the numbers are errors, as they were printed, or accuracies.

    `head` is short, for the head of a column; `source` names the publication, `link` leads to it. `image` is the side
    of what the nets were shown, in pixels, where it is not their own.
    """

    name: str
    title: str
    head: str
    unit: str
    error: bool
    convention: str
    source: str
    link: str
    image: int = 0

    def better(self, one: float, other: float) -> bool:
        """Whether one number is better than the other."""
        return one < other if self.error else one > other


def _torchvision(name: str, recipe: str, convention: str) -> Protocol:
    return Protocol(
        name=name,
        title=f"torchvision {recipe}, top-1 accuracy",
        head=f"{recipe}, acc. %",
        unit="top-1 accuracy, %",
        error=False,
        convention=convention,
        source=TORCHVISION,
        link="https://docs.pytorch.org/vision/stable/models.html",
    )


PROTOCOLS = Registry(
    "protocol",
    (
        _torchvision(
            "tv_v1",
            "V1",
            "ImageNet validation, one crop of 224 px, first weights, simple recipes (v1.5 strides)",
        ),
        _torchvision(
            "tv_v2",
            "V2",
            "ImageNet validation, one crop of 224 px after a resize to 232, second weights, newer recipes, not the "
            "same for all nets: each number names its own",
        ),
        Protocol(
            name="paper_10crop",
            title="paper, 10-crop top-1 error",
            head="10-crop, err. %",
            unit="top-1 error, %",
            error=True,
            convention="ImageNet validation, mean of ten crops, v1 strides",
            source=f"He et al. 2015, {PAPER}",
            link="https://arxiv.org/abs/1512.03385",
        ),
        Protocol(
            name="paper_320",
            title="second paper, 320 px, top-1 error",
            head="320 px, err. %",
            unit="top-1 error, %",
            error=True,
            convention="ImageNet validation, one crop of 320 px",
            image=320,
            source=f"He et al. 2016, {SECOND_PAPER}",
            link="https://arxiv.org/abs/1603.05027",
        ),
        Protocol(
            name="cifar_error",
            title="CIFAR-10 test error",
            head="CIFAR, err. %",
            unit="test error, %",
            error=True,
            convention="CIFAR-10 test set, one view of 32 px; ResNet-110: mean of five runs, pre-activation: median of "
            f"five (He et al. 2016, {SECOND_PAPER})",
            source=f"He et al. 2015, {PAPER}",
            link="https://arxiv.org/abs/1512.03385",
        ),
    ),
)


class Result(NamedTuple):
    """A published number of a net, in percent as printed; `where` says where it stands and what differs there.

    `form` is the query of the net that was measured, where it is not quite the preset.
    """

    preset: str
    protocol: str
    value: float
    where: str
    form: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in full."""
        if SECOND_PAPER in self.where:
            return f"He et al. 2016, {self.where}"
        return f"{PROTOCOLS[self.protocol].source} ({self.where})"

    @property
    def link(self) -> str:
        """The address of what it stands in."""
        return PROTOCOLS["paper_320" if SECOND_PAPER in self.where else self.protocol].link


def _rows(protocol: str, where: str, values: dict[str, float]) -> tuple[Result, ...]:
    return tuple(Result(preset, protocol, value, where) for preset, value in values.items())


class Reordered(NamedTuple):
    """Errors in percent `before` and `after` BatchNorm and ReLU came first; names of the presets where there are."""

    title: str
    preset: str
    original: str
    protocol: str
    before: float
    after: float
    where: str


_TABLE_3, _TABLE_5 = f"Table 3 of {SECOND_PAPER}, median of five", f"Table 5 of {SECOND_PAPER}"
PREACTIVATION = (
    Reordered("ResNet-152", "", "resnet152", "paper_320", 21.3, 21.1, _TABLE_5),
    Reordered("ResNet-200", "preresnet200", "resnet200", "paper_320", 21.8, 20.7, _TABLE_5),
    Reordered("ResNet-110", "cifar_preresnet110", "", "cifar_error", 6.61, 6.37, _TABLE_3),
    Reordered("ResNet-164", "cifar_preresnet164", "", "cifar_error", 5.93, 5.46, _TABLE_3),
    Reordered("ResNet-1001", "cifar_preresnet1001", "", "cifar_error", 7.61, 4.92, _TABLE_3),
)
"""What the second paper measured of pre-activation; with batches of 64 instead of 128, 1001 layers reach 4.62."""
_RECIPES = "recipe of pytorch/vision/issues/3995"
"""Where torchvision's second weights say that their recipes stand: three of them, each for some nets."""

RESULTS = (
    Result("resnet18", "paper_10crop", 27.88, "Table 2, option A", "net=resnet18&shortcut=A"),
    *_rows("paper_10crop", "Table 2", {"plain18": 27.94, "plain34": 28.54}),
    *_rows("paper_10crop", "Table 3, option B", {"resnet34": 24.52}),
    *_rows("paper_10crop", "Table 3", {"resnet50_v1": 22.85, "resnet101_v1": 21.75, "resnet152_v1": 21.43}),
    *_rows("paper_10crop", "Table 3, tested by He et al.", {"vgg16": 28.07}),
    *_rows(
        "tv_v1",
        "IMAGENET1K_V1",
        {
            "resnet18": 69.758,
            "resnet34": 73.314,
            "resnet50": 76.130,
            "resnet101": 77.374,
            "resnet152": 78.312,
            "resnext50_32x4d": 77.618,
            "resnext101_32x8d": 79.312,
            "wide_resnet50_2": 78.468,
            "wide_resnet101_2": 78.848,
            "vgg11": 69.020,
            "vgg13": 69.928,
            "vgg16": 71.592,
            "vgg19": 72.376,
            "vgg11_bn": 70.370,
            "vgg13_bn": 71.586,
            "vgg16_bn": 73.360,
            "vgg19_bn": 74.218,
        },
    ),
    *_rows("tv_v2", f"IMAGENET1K_V2, {_RECIPES}#issuecomment-1013906621", {"resnet50": 80.858}),
    *_rows(
        "tv_v2",
        f"IMAGENET1K_V2, {_RECIPES}#new-recipe",
        {"resnet101": 81.886, "resnet152": 82.284, "resnext50_32x4d": 81.198, "wide_resnet101_2": 82.510},
    ),
    *_rows(
        "tv_v2",
        f"IMAGENET1K_V2, {_RECIPES}#new-recipe-with-fixres",
        {"resnext101_32x8d": 82.834, "wide_resnet50_2": 81.602},
    ),
    *_rows("tv_v2", "IMAGENET1K_V1, its only weights, pytorch/vision/pull/5935", {"resnext101_64x4d": 83.246}),
    *_rows("cifar_error", "Table 6", {"cifar_resnet20": 8.75, "cifar_resnet32": 7.51, "cifar_resnet44": 7.17}),
    *_rows("cifar_error", "Table 6", {"cifar_resnet56": 6.97, "cifar_resnet1202": 7.93}),
    *_rows("cifar_error", "Table 6, mean of five (± 0.16; the best is 6.43)", {"cifar_resnet110": 6.61}),
    *(Result(each.original, each.protocol, each.before, each.where) for each in PREACTIVATION if each.original),
    *(Result(each.preset, each.protocol, each.after, each.where) for each in PREACTIVATION if each.preset),
)

_FOUND = {(each.preset, each.protocol): each for each in RESULTS}


def result(preset: str, protocol: str) -> Result | None:
    """What was published of a net under a protocol, if anything."""
    return _FOUND.get((preset, protocol))


class PublishedNet(NamedTuple):
    """A net of Table 1 with its published accuracies in percent; None where a source has none.

    `paper_error`: top-1 error on ImageNet validation, 10-crop (Table 2 for 18 layers, Table 3 for the others; 18 layers
    with option A, 34 with option B). `v1`, `v2`: top-1 accuracy, single crop, of torchvision's weights.
    """

    preset: str
    paper_error: float
    v1: float
    v2: float | None


def _variant(preset: str) -> PublishedNet:
    """Its accuracies, the paper's those of its v1 strides where there is a choice of strides."""
    measured = preset if (preset, "paper_10crop") in _FOUND else f"{preset}_v1"
    v1, v2 = _FOUND[preset, "tv_v1"], result(preset, "tv_v2")
    return PublishedNet(preset, _FOUND[measured, "paper_10crop"].value, v1.value, v2.value if v2 else None)


VARIANTS = tuple(_variant(f"resnet{depth}") for depth in (18, 34, 50, 101, 152))


class Degradation(NamedTuple):
    """Top-1 error in percent on ImageNet validation, 10-crop, option A: Table 2 of the paper."""

    depth: int
    plain: float
    residual: float


DEGRADATION_TABLE = "Table 2, option A"
DEGRADATION = (Degradation(18, 27.94, 27.88), Degradation(34, 28.54, 25.03))

OPTIONS = (("A", 25.03), ("B", 24.52), ("C", 24.19))
"""Top-1 error in percent of ResNet-34 by shortcut option, 10-crop: Table 3 of the paper."""

RELU_BEFORE_ADDITION = (7.84, 6.61)
"""CIFAR-10 test error in percent of ResNet-110 with the last ReLU before the addition, and as it was designed:
arXiv:1603.05027, Table 2."""
