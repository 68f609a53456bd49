"""What of a residual net's options does not go together, and what means nothing beside the others."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer.spec import cuts
from resnet_explorer.spec.activations import ACTIVATIONS
from resnet_explorer.spec.blocks import BLOCKS
from resnet_explorer.spec.naming import UNDILATED, blurrable
from resnet_explorer.spec.norms import NORMS
from resnet_explorer.spec.stems import STEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resnet_explorer.spec.families.resnet import ResNetOptions

MOST_BLOCKS = 2000
SLOPE = 0.01
"""PyTorch's slope of a leaky ReLU."""


def clashes(options: ResNetOptions) -> Iterator[tuple[bool, str, str]]:
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
    yield from _cuts(o) if o.cut else ()
    uneven = o.group_width == 0 and o.width % o.groups != 0
    divisors = [str(n) for n in range(1, o.width + 1) if o.width % n == 0] if uneven else ()
    yield uneven, "groups", f"a divisor of the width {o.width}: {', '.join(divisors)}"


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
    yield not o.residual, "cut", "none with residual=0, which cuts all of them"
    yield cuts.backwards(o.cut), "cut", "ranges from the first block to the last, such as layer2.3-5"
    yield not cut <= known, "cut", f"blocks of this net, {cuts.canonical(known)}"
    yield len(cuts.canonical(cut)) > cuts.LONGEST, "cut", f"what a link can hold, at most {cuts.LONGEST} characters"


@functools.lru_cache(maxsize=256)
def idle(options: ResNetOptions) -> frozenset[str]:
    """The options that change nothing in such a net."""
    o, block = options, BLOCKS[options.block]
    found = {
        "groups": not block.grouped,
        "group_width": not block.grouped,
        "stride": not block.grouped or max(o.strides) == 1,
        "output_stride": STEMS[o.stem].stride << len(o.blocks) - 1 <= 8,
        "last_stride": len(o.blocks) == 1,
        "downsample": not block.adds or not blurrable(o),
        "shortcut": not o.residual,
        "cut": not o.residual,
        "zero_gamma": not o.residual or not block.scaled or NORMS[o.norm].op is None,
        "branch_scale": not o.residual or not block.adds,
        "slope": not ACTIVATIONS[o.activation].sloped,
    }
    return frozenset(field for field, nothing in found.items() if nothing)
