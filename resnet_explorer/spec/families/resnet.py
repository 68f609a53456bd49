"""Residual networks (arXiv:1512.03385), their plain counterparts, ResNeXt and torchvision's Wide ResNets."""

from __future__ import annotations

import dataclasses
import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resnet_explorer.errors import InvalidOption
from resnet_explorer.options import Choice, Flag, Real, Text, Whole, Wholes, check, option
from resnet_explorer.spec import cuts
from resnet_explorer.spec import graph as graphs
from resnet_explorer.spec.activations import ACTIVATIONS
from resnet_explorer.spec.attentions import ATTENTIONS
from resnet_explorer.spec.blocks import BLOCKS, Dims
from resnet_explorer.spec.cell import Cell
from resnet_explorer.spec.families.family import Family
from resnet_explorer.spec.kinds import Numbers
from resnet_explorer.spec.naming import UNDILATED, named_depth, title
from resnet_explorer.spec.norms import NORMS
from resnet_explorer.spec.ops import Blur2d
from resnet_explorer.spec.scales import SCALES
from resnet_explorer.spec.shortcuts import SHORTCUTS
from resnet_explorer.spec.stems import STEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BLOCKS = 2000
STRIDES = ("v1", "v1.5")
DOWNSAMPLES = ("stride", "blur")
SLOPE = 0.01
"""PyTorch's slope of a leaky ReLU."""


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

    activation: str = option(
        "relu",
        Choice(ACTIVATIONS.names, ACTIVATIONS.titles),
        query="activation",
        help="what follows each normalisation; a gate keeps its own",
    )
    slope: float = option(SLOPE, Real(0.001, 0.999), query="slope", help="what a leaky ReLU multiplies negatives by")
    branch_scale: str = option(
        "none",
        Choice(SCALES.names, SCALES.titles),
        query="branch_scale",
        help="one learned number a block that multiplies its branch before it is added",
    )
    output_stride: int = option(
        UNDILATED,
        Numbers((UNDILATED, 16, 8)),
        query="output_stride",
        help=f"by how much the last map is smaller than the image: stages beyond are dilated; {UNDILATED}: none is",
    )
    last_stride: int = option(2, Numbers((2, 1)), query="last_stride", help="stride of the last stage")
    downsample: str = option(
        DOWNSAMPLES[0],
        Choice(DOWNSAMPLES, ("by strides", "by blurs (anti-aliased)")),
        query="downsample",
        help="what halves maps within branches and in the stem's pooling",
    )
    cut: str = option(
        "",
        Text(cuts.PATTERN, cuts.ALLOWED),
        query="cut",
        help="the blocks whose shortcut is cut; with all of them the net is plain",
    )

    def __post_init__(self) -> None:
        check(self)
        for wrong, field, allowed in _clashes(self):
            if wrong:
                raise InvalidOption(field, getattr(self, field), allowed)
        cut = cuts.places(self.cut)
        if cut == cuts.everywhere(self.blocks):
            object.__setattr__(self, "residual", False)
            cut = frozenset()
        object.__setattr__(self, "cut", cuts.canonical(cut))
        stem = self.stem_width or self.width
        NORMS[self.norm].check((stem, stem // STEMS[self.stem].parts, self.width, self.inner))

    @property
    def inner(self) -> int:
        """Channels of a bottleneck's 3x3 convolution in the first stage."""
        return self.groups * self.group_width if self.group_width else self.width

    @property
    def strides(self) -> tuple[int, ...]:
        """The stride of each stage; where dilation stands in for it, or the last one is left out, 1."""
        found: list[int] = []
        for index in range(len(self.blocks)):
            reached = STEMS[self.stem].stride * math.prod(found)
            last = self.last_stride == 1 and index == len(self.blocks) - 1
            found.append(1 if index == 0 or last or self.dilated(reached) else 2)
        return tuple(found)

    def dilated(self, reached: int) -> bool:
        """Whether a stage is dilated whose image is already divided by so much."""
        return UNDILATED > self.output_stride <= reached


def _clashes(options: ResNetOptions) -> Iterator[tuple[bool, str, str]]:
    """What does not go together: whether it is so here, the option to change, and what it may be."""
    o, block = options, BLOCKS[options.block]
    yield sum(o.blocks) > MOST_BLOCKS, "blocks", f"at most {MOST_BLOCKS:,} blocks in all"
    yield not block.grouped and o.groups != 1, "groups", f"1: a {o.block} block has no groups"
    yield not block.grouped and o.group_width != 0, "group_width", f"0: a {o.block} block has no groups"
    yield (
        o.zero_gamma and not block.scaled,
        "zero_gamma",
        f"0 with a {o.block} block: its branch does not end in a scale",
    )
    unscaled = NORMS[o.norm].op is None
    yield o.zero_gamma and unscaled, "zero_gamma", "0 without normalisation, which has the scale that would be zero"
    sloped = ACTIVATIONS[o.activation].sloped
    yield o.slope != SLOPE and not sloped, "slope", f"{SLOPE:g} with {o.activation}, which has no slope to choose"
    scaled = o.branch_scale != "none" and not block.adds
    yield scaled, "branch_scale", f"none with a {o.block} block, whose gate scales the branch"
    narrowing = o.shortcut == "A" and (o.stem_width or o.width) > o.width * block.expansion
    yield narrowing, "shortcut", "B, C or D where the first stage has fewer channels than the stem: A can only add some"
    gated = o.downsample == "blur" and not block.adds
    yield gated, "downsample", f"stride with a {o.block} block, whose gate has that stride too"
    yield from _resolutions(o)
    yield from _cuts(o)
    divisors = ", ".join(str(n) for n in range(1, o.width + 1) if o.width % n == 0)
    uneven = o.group_width == 0 and o.width % o.groups != 0
    yield uneven, "groups", f"a divisor of the width {o.width}: {divisors}"


def _resolutions(o: ResNetOptions) -> Iterator[tuple[bool, str, str]]:
    """The same of what keeps the last maps large."""
    own = STEMS[o.stem].stride << len(o.blocks) - 1
    beyond = UNDILATED > o.output_stride >= own
    allowed = f"{UNDILATED}, since this net divides the image by {own} as it is, and no stage lies beyond {{}}"
    yield beyond, "output_stride", allowed.format(o.output_stride)
    yield (
        o.last_stride == 1 and len(o.blocks) == 1,
        "last_stride",
        "2 in a net of one stage, which has no stride to leave out",
    )
    twice = o.last_stride == 1 and o.output_stride != UNDILATED
    yield twice, "last_stride", "2 with an output stride, which leaves that stride out itself, and dilates"


def _cuts(o: ResNetOptions) -> Iterator[tuple[bool, str, str]]:
    """The same of the shortcuts that are cut."""
    cut, known = cuts.places(o.cut), cuts.everywhere(o.blocks)
    yield bool(cut) and not o.residual, "cut", "none with residual=0, which cuts all of them"
    yield not cut <= known, "cut", f"blocks of this net, {cuts.canonical(known)}"
    yield len(cuts.canonical(cut)) > cuts.LONGEST, "cut", f"what a link can hold, at most {cuts.LONGEST} characters"


def _idle(options: ResNetOptions) -> frozenset[str]:
    """The options that change nothing in such a net."""
    o, block = options, BLOCKS[options.block]
    idle = {
        "groups": not block.grouped,
        "group_width": not block.grouped,
        "stride": not block.grouped or max(o.strides) == 1,
        "output_stride": STEMS[o.stem].stride << len(o.blocks) - 1 <= 8,
        "last_stride": len(o.blocks) == 1,
        "downsample": not block.adds or (STEMS[o.stem].stride == 1 and max(o.strides) == 1),
        "shortcut": not o.residual,
        "cut": not o.residual,
        "zero_gamma": not o.residual or not block.scaled or NORMS[o.norm].op is None,
        "branch_scale": not o.residual or not block.adds,
        "slope": not ACTIVATIONS[o.activation].sloped,
    }
    return frozenset(field for field, nothing in idle.items() if nothing)


@functools.lru_cache(maxsize=256)
def _least_image(options: ResNetOptions) -> int:
    """The smallest image that leaves more than one value to what cannot do with one."""
    if not _least(options):
        return 1
    graph = _graph(options, 1, 3)
    sides = (1, *(1 + (1 << halved) for halved in range(10)))
    return next(side for side in sides if not _alone(graph, side))


def _least(options: ResNetOptions) -> str:
    """What cannot do with one value: a normalisation that takes every image alone, and a blur, which mirrors."""
    found = {
        "every normalisation has more than one value": NORMS[options.norm].per_image,
        "every blur has more than one pixel": options.downsample == "blur",
    }
    return " and ".join(words for words, so in found.items() if so)


def _alone(graph: graphs.Graph, side: int) -> bool:
    """Whether a normalisation takes every image alone and has a single value of one of that side, or a blur has."""
    known = graphs.shapes(graph, (3, side, side))
    return any(
        (node.op.whole and node.op.together(known[node.path]) == 1)
        or (isinstance(node.op, Blur2d) and known[node.inputs[0]][1] == 1)
        for node in graph.nodes
    )


def _graph(options: ResNetOptions, classes: int, channels: int) -> graphs.Graph:
    block, norm, begins = BLOCKS[options.block], NORMS[options.norm], SCALES[options.branch_scale].begins
    net = graphs.Builder(bias=norm.op is None, channels=channels)
    cell = Cell(
        net=net,
        kind=norm,
        option=SHORTCUTS[options.shortcut],
        zero_gamma=options.zero_gamma,
        stride_first=options.stride == "v1",
        attention=ATTENTIONS[options.attention],
        preactivated=block.preactivated,
        activation=ACTIVATIONS[options.activation].op(options.slope),
        blurs=options.downsample == "blur",
        scale=begins(sum(options.blocks)) if begins else None,
    )
    net.stage = "stem"
    x = STEMS[options.stem].write(cell, graphs.IMAGE, options.stem_width or options.width)
    before = 1
    for index, (count, stride) in enumerate(zip(options.blocks, options.strides, strict=True)):
        net.stage = f"conv{index + 2}_x"
        dims = Dims(options.width << index, options.inner << index, options.groups, stride, not index, before, before)
        if index and stride == 1 and options.output_stride != UNDILATED:
            dims = dims._replace(dilation=2 * before)
        for number in range(count):
            net.block = f"layer{index + 1}.{number}"
            x = block.write(cell, x, dims)
            dims = dims._replace(stride=1, first=False, before=dims.dilation)
        before = dims.dilation
    net.stage, net.block = "head", None
    net.head(block.finish(cell, x), classes)
    return graphs.plain(net.graph(), cuts.paths(options.cut) if options.residual else None)


@functools.lru_cache(maxsize=256)
def _with_shortcuts(options: ResNetOptions, *, residual: bool) -> ResNetOptions:
    return dataclasses.replace(options, residual=residual, cut=options.cut if residual else "")


def _modules(options: ResNetOptions) -> dict[str, str]:
    return {"": "ResNet", "block": BLOCKS[options.block].module, "se": ATTENTIONS[options.attention].module}


RESNET = Family(
    name="resnet",
    options=ResNetOptions,
    graph=_graph,
    title=title,
    plain=functools.partial(_with_shortcuts, residual=False),
    residual=functools.partial(_with_shortcuts, residual=True),
    named_depth=named_depth,
    modules=_modules,
    idle=_idle,
    least_image=_least_image,
    least=_least,
)
