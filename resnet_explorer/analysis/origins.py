"""Where a net comes from: year and paper, read from what is special about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec


class Origin(NamedTuple):
    """A paper: the year of its first version, its short title, its number on arXiv and its authors."""

    year: int
    title: str
    arxiv: str
    authors: str

    @property
    def cited(self) -> str:
        """As a source names it, in Markdown."""
        return f"{self.authors} {self.year}, [arXiv:{self.arxiv}]({self.link})"

    @property
    def link(self) -> str:
        """Where it is read."""
        return f"https://arxiv.org/abs/{self.arxiv}"


RESNET = Origin(2015, "Deep Residual Learning", "1512.03385", "He et al.")
HIGHWAY = Origin(2015, "Highway Networks", "1505.00387", "Srivastava et al.")
FAMILY_ORIGINS = {"vgg": Origin(2014, "VGG", "1409.1556", "Simonyan & Zisserman"), "highway": HIGHWAY}
"""The papers of families that have one of their own."""
TRICKS = Origin(2018, "Bag of Tricks (ResNet-C, -D)", "1812.01187", "He et al.")
IDENTITY = Origin(2016, "Identity Mappings", "1603.05027", "He et al.")

MARKS = (
    ("block", ("highway",), HIGHWAY),
    ("block", ("preact_basic", "preact_bottleneck", "relu_before_add"), IDENTITY),
    ("attention", ("se",), Origin(2017, "Squeeze-and-Excitation", "1709.01507", "Hu et al.")),
    ("attention", ("eca",), Origin(2019, "ECA-Net", "1910.03151", "Wang et al.")),
    ("downsample", ("blur",), Origin(2019, "Shift-Invariant Again", "1904.11486", "Zhang")),
    ("stem", ("deep",), TRICKS),
    ("shortcut", ("D",), TRICKS),
    ("norm", ("group",), Origin(2018, "Group Normalization", "1803.08494", "Wu & He")),
    ("branch_scale", ("zero", "depth"), Origin(2020, "SkipInit", "2002.10444", "De & Smith")),
)
"""An option, the values of it that mark a newer net, and the paper they are from."""

RESNEXT = Origin(2016, "ResNeXt", "1611.05431", "Xie et al.")
WIDE = Origin(2016, "Wide Residual Networks", "1605.07146", "Zagoruyko & Komodakis")

CIFAR_IMAGE, WIDEST = 32, 64
"""A CIFAR net whose first stage has more filters than that is a wide one."""


def origin(spec: NetSpec) -> Origin:
    """The paper that introduced what is newest about a net."""
    return max(reversed(papers(spec)), key=lambda paper: paper.year)


def papers(spec: NetSpec) -> tuple[Origin, ...]:
    """The papers that a net is from: its family's, then those of what is special about it."""
    found = (FAMILY_ORIGINS.get(spec.family, RESNET), *_marked(spec).values(), *_widened(spec))
    return tuple(dict.fromkeys(found))


def of_block(spec: NetSpec) -> tuple[Origin, ...]:
    """The papers that a net's blocks are from: that of the block itself, then those of what is put into it."""
    marked = _marked(spec)
    inside = (marked[field] for field in ("attention", "shortcut", "branch_scale") if field in marked)
    return marked.get("block", RESNET), *inside, *_widened(spec)


def _marked(spec: NetSpec) -> dict[str, Origin]:
    """The papers of the options that mark a newer net, by option."""
    return {
        field: paper
        for field, values, paper in MARKS
        if field not in spec.idle and getattr(spec.options, field, None) in values
    }


def _widened(spec: NetSpec) -> tuple[Origin, ...]:
    """The paper that widens the blocks so."""
    options = spec.options
    if getattr(options, "groups", 1) > 1:
        return (RESNEXT,)
    width = getattr(options, "width", 0)
    wide = getattr(options, "inner", width) != width or (spec.image == CIFAR_IMAGE and width > WIDEST)
    return (WIDE,) if wide else ()
