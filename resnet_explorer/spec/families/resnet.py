"""Residual networks (arXiv:1512.03385), their plain counterparts, ResNeXt and torchvision's Wide ResNets."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass

from resnet_explorer.errors import InvalidOption
from resnet_explorer.options import Choice, Flag, Whole, Wholes, check, option
from resnet_explorer.spec import graph as graphs
from resnet_explorer.spec.attentions import ATTENTIONS
from resnet_explorer.spec.blocks import BLOCKS, Dims
from resnet_explorer.spec.cell import Cell
from resnet_explorer.spec.families.family import Family
from resnet_explorer.spec.norms import NORMS
from resnet_explorer.spec.shortcuts import SHORTCUTS
from resnet_explorer.spec.stems import STEMS

MOST_BLOCKS = 2000
STRIDES = ("v1", "v1.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResNetOptions:
    """What may be chosen about a ResNet.

    Raises:
        InvalidOption: a value or a combination that no network has.
    """

    block: str = option("basic", Choice(BLOCKS.names, BLOCKS.titles), query="block", help="the kind of residual block")
    blocks: tuple[int, ...] = option(
        (3, 4, 6, 3), Wholes(1, 1000, 6), query="blocks", help="blocks in each stage: conv2_x, conv3_x, ..."
    )
    width: int = option(64, Whole(1, 4096), query="width", help="filters of the first stage; each further one doubles")
    stem_width: int = option(
        0, Whole(0, 4096), query="stem_width", help="filters of the stem; 0: as many as the first stage's"
    )
    groups: int = option(1, Whole(1, 4096), query="groups", help="groups of a bottleneck's 3×3 convolution")
    group_width: int = option(
        0, Whole(0, 4096), query="group_width", help="channels per group in the first stage; 0: width / groups"
    )
    stem: str = option("imagenet", Choice(STEMS.names, STEMS.titles), query="stem", help="what the image meets first")
    shortcut: str = option(
        "B",
        Choice(SHORTCUTS.names, SHORTCUTS.titles),
        query="shortcut",
        help="how shortcuts change dimensions: options of the paper; D from ResNet-D",
    )
    stride: str = option(
        "v1.5",
        Choice(STRIDES, ("v1: first 1×1 (paper)", "v1.5: 3×3 (torchvision)")),
        query="stride",
        help="a bottleneck's stride: in its first 1×1 (v1) or its 3×3 (v1.5)",
    )
    residual: bool = option(True, Flag(), query="residual", help="with shortcuts, or the plain counterpart without")
    norm: str = option(
        "batch", Choice(NORMS.names, NORMS.titles), query="norm", help="normalisation behind each convolution"
    )
    attention: str = option(
        "none",
        Choice(ATTENTIONS.names, ATTENTIONS.titles),
        query="attention",
        help="what weighs a branch before it is added",
    )
    zero_gamma: bool = option(
        False, Flag(), query="zero_gamma", help="start the last scale of each branch at zero: each block as identity"
    )

    def __post_init__(self) -> None:
        check(self)
        if sum(self.blocks) > MOST_BLOCKS:
            raise InvalidOption("blocks", self.blocks, f"at most {MOST_BLOCKS:,} blocks in all")
        if not BLOCKS[self.block].grouped and (self.groups, self.group_width) != (1, 0):
            raise InvalidOption("groups", self.groups, f"1 with group_width 0: a {self.block} block has no groups")
        if self.zero_gamma and not BLOCKS[self.block].scaled:
            allowed = f"0 with a {self.block} block: its branch does not end in a scale"
            raise InvalidOption("zero_gamma", self.zero_gamma, allowed)
        if self.group_width == 0 and self.width % self.groups:
            divisors = ", ".join(str(n) for n in range(1, self.width + 1) if self.width % n == 0)
            raise InvalidOption("groups", self.groups, f"a divisor of the width {self.width}: {divisors}")
        stem = self.stem_width or self.width
        NORMS[self.norm].check((stem, stem // STEMS[self.stem].parts, self.width, self.inner))

    @property
    def inner(self) -> int:
        """Channels of a bottleneck's 3x3 convolution in the first stage."""
        return self.groups * self.group_width if self.group_width else self.width


def _graph(options: ResNetOptions, classes: int) -> graphs.Graph:
    block, norm = BLOCKS[options.block], NORMS[options.norm]
    net = graphs.Builder(bias=norm.op is None)
    cell = Cell(
        net=net,
        kind=norm,
        option=SHORTCUTS[options.shortcut],
        zero_gamma=options.zero_gamma,
        stride_first=options.stride == "v1",
        attention=ATTENTIONS[options.attention],
        preactivated=block.preactivated,
    )
    net.stage = "stem"
    x = STEMS[options.stem].write(cell, graphs.IMAGE, options.stem_width or options.width)
    for index, count in enumerate(options.blocks):
        net.stage = f"conv{index + 2}_x"
        for number in range(count):
            net.block = f"layer{index + 1}.{number}"
            stride = 2 if index and not number else 1
            dims = Dims(options.width << index, options.inner << index, options.groups, stride, not index + number)
            x = block.write(cell, x, dims)
    net.stage, net.block = "head", None
    net.head(block.finish(cell, x), classes)
    return net.graph() if options.residual else graphs.plain(net.graph())


def _title(options: ResNetOptions) -> str:
    """What people call such a net, and what sets it apart from the one they mean by that."""
    return ", ".join([_name(options), *_plainly(options), *_traits(options)])


def _plainly(options: ResNetOptions) -> list[str]:
    """What a plain net keeps of the net it was made from: the name of a residual net says these itself."""
    if options.residual:
        return []
    usual, block = ResNetOptions(), BLOCKS[options.block]
    found = {
        f"{block.nets} blocks": block.nets != BLOCKS[usual.block].nets,
        f"{options.groups}×{options.inner // options.groups}d": options.groups > 1,
        f"inner width {options.inner}": options.groups == 1 and options.inner != options.width,
        ATTENTIONS[options.attention].prefix.rstrip("-"): options.attention != usual.attention,
    }
    return [words for words, differs in found.items() if differs]


def _traits(options: ResNetOptions) -> list[str]:
    usual, variant = ResNetOptions(), _variant(options)
    stem_width = options.stem_width or options.width
    found = {
        f"width {options.width}": options.width != usual.width,
        f"{STEMS[options.stem].short} stem": options.stem != usual.stem and not variant,
        f"stem width {stem_width}": stem_width != options.width and not (options.residual and _widening(options) > 1),
        f"option {options.shortcut}": options.residual and options.shortcut != usual.shortcut and variant != "-D",
        f"{options.stride} strides": options.block == "bottleneck" and options.stride != usual.stride,
        NORMS[options.norm].title if options.norm != "none" else "no BatchNorm": options.norm != usual.norm,
        "zero-γ": options.residual and options.zero_gamma,
    }
    return [words for words, differs in found.items() if differs]


def _name(options: ResNetOptions) -> str:
    block = BLOCKS[options.block]
    layers = 2 + block.convs * sum(options.blocks)
    if not options.residual:
        return f"plain-{layers}"
    prefix, nets = ATTENTIONS[options.attention].prefix, block.nets
    if options.groups > 1:
        nets = nets.replace("Net", "NeXt")
        return f"{prefix}{nets}-{layers}{_variant(options)} {options.groups}×{options.inner // options.groups}d"
    if options.inner != options.width:
        return f"{prefix}Wide {nets}-{layers}{_variant(options)}, inner width {options.inner}"
    if _widening(options) > 1:
        return f"{prefix}WRN-{layers - 1 + len(options.blocks)}-{_widening(options)}"
    return f"{prefix}{nets}-{layers}{_variant(options)}"


def _variant(options: ResNetOptions) -> str:
    """-C or -D, as arXiv:1812.01187 names the changes of stem and shortcuts; a plain net has no such name."""
    if options.stem != "deep" or not options.residual or _widening(options) > 1:
        return ""
    return "-D" if options.shortcut == "D" else "-C"


def _widening(options: ResNetOptions) -> int:
    """How many times the stem's filters the first stage of a WRN has; 0 if the stem's are no part of them.

    The depth in a WRN's name counts the projections, and not the classifier (arXiv:1605.07146, Section 3).
    """
    whole = options.stem_width and options.block == "preact_basic" and options.width % options.stem_width == 0
    return options.width // options.stem_width if whole else 0


@functools.lru_cache(maxsize=256)
def _with_shortcuts(options: ResNetOptions, *, residual: bool) -> ResNetOptions:
    return dataclasses.replace(options, residual=residual)


RESNET = Family(
    name="resnet",
    options=ResNetOptions,
    graph=_graph,
    title=_title,
    plain=functools.partial(_with_shortcuts, residual=False),
    residual=functools.partial(_with_shortcuts, residual=True),
)
