"""Where a net comes from: year and paper, read from what is special about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec


class Origin(NamedTuple):
    """A paper: the year of its first version, its short title and its number on arXiv."""

    year: int
    title: str
    arxiv: str

    @property
    def link(self) -> str:
        """Where it is read."""
        return f"https://arxiv.org/abs/{self.arxiv}"


RESNET = Origin(2015, "Deep Residual Learning", "1512.03385")
HIGHWAY = Origin(2015, "Highway Networks", "1505.00387")
FAMILIES = {"vgg": Origin(2014, "VGG", "1409.1556"), "highway": HIGHWAY}
"""The papers of families that have one of their own."""
TRICKS = Origin(2018, "Bag of Tricks (ResNet-C, -D)", "1812.01187")

MARKS = (
    ("block", ("highway",), HIGHWAY),
    ("block", ("preact", "pre"), Origin(2016, "Identity Mappings", "1603.05027")),
    ("attention", ("se",), Origin(2017, "Squeeze-and-Excitation", "1709.01507")),
    ("stem", ("deep",), TRICKS),
    ("shortcut", ("D",), TRICKS),
    ("norm", ("group",), Origin(2018, "Group Normalization", "1803.08494")),
)
"""An option, parts of its value that mark a newer net, and the paper they are from."""

RESNEXT = Origin(2016, "ResNeXt", "1611.05431")
WIDE = Origin(2016, "Wide Residual Networks", "1605.07146")

CIFAR_IMAGE, WIDEST = 32, 64
"""A CIFAR net whose first stage has more filters than that is a wide one."""


def origin(spec: NetSpec) -> Origin:
    """The paper that introduced what is newest about a net."""
    options = spec.options
    found = [FAMILIES[spec.family]] if spec.family in FAMILIES else [RESNET]
    for field, parts, paper in MARKS:
        value = str(getattr(options, field, ""))
        if any(part in value for part in parts):
            found.append(paper)
    if getattr(options, "groups", 1) > 1:
        found.append(RESNEXT)
    elif getattr(options, "group_width", 0) or (spec.image == CIFAR_IMAGE and getattr(options, "width", 0) > WIDEST):
        found.append(WIDE)
    return max(reversed(found), key=lambda paper: paper.year)
