"""Residual networks (arXiv:1512.03385), their plain counterparts, ResNeXt and torchvision's Wide ResNets."""

from __future__ import annotations

import dataclasses
import functools
import math
from dataclasses import dataclass

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
from resnet_explorer.spec.rules import SLOPE, clashes, idle
from resnet_explorer.spec.scales import SCALES
from resnet_explorer.spec.shortcuts import SHORTCUTS
from resnet_explorer.spec.stems import STEMS

STRIDES = ("v1", "v1.5")
DOWNSAMPLES = ("stride", "blur")


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
        False,
        Flag(),
        query="zero_gamma",
        help="start the last scale of each branch at zero: each block as its shortcut",
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
        for wrong, field, allowed in clashes(self):
            if wrong:
                got = getattr(self, field)
                raise InvalidOption(field, int(got) if isinstance(got, bool) else got, allowed)  # as a link says it
        if self.cut:
            self._cut_said_once()
        stem = self.stem_width or self.width
        NORMS[self.norm].check((stem, stem // STEMS[self.stem].parts, self.width, self.inner))

    def _cut_said_once(self) -> None:
        """Give the cut its one text; a net with all shortcuts cut is plain."""
        cut = cuts.places(self.cut)
        if cut == cuts.everywhere(self.blocks):
            object.__setattr__(self, "residual", False)
            cut = frozenset()
        object.__setattr__(self, "cut", cuts.canonical(cut))

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


@functools.lru_cache(maxsize=256)
def _least_image(options: ResNetOptions) -> int:
    """The smallest image that leaves more than one value to what cannot do with one."""
    if not _least(options):
        return 1
    few = tuple(min(count, 2) for count in options.blocks)  # further ones are as the second
    graph = _graph(options if options.cut else dataclasses.replace(options, blocks=few), 1, 3)
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
    idle=idle,
    least_image=_least_image,
    least=_least,
)
