"""What people call a residual net, and what sets it apart from the one that they mean by that.

A published name stands alone only where the net is the published one in all that its paper fixes; two nets have one
title only where they are one net.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec.activations import ACTIVATIONS
from resnet_explorer.spec.attentions import ATTENTIONS
from resnet_explorer.spec.blocks import BLOCKS
from resnet_explorer.spec.cuts import everywhere, places
from resnet_explorer.spec.norms import NORMS
from resnet_explorer.spec.scales import SCALES
from resnet_explorer.spec.shortcuts import SHORTCUTS
from resnet_explorer.spec.stems import STEMS

if TYPE_CHECKING:
    from resnet_explorer.spec.families.resnet import ResNetOptions

Arrangement = tuple[str, tuple[int, ...]]

PAPER: dict[int, Arrangement] = {
    18: ("basic", (2, 2, 2, 2)),
    34: ("basic", (3, 4, 6, 3)),
    50: ("bottleneck", (3, 4, 6, 3)),
    101: ("bottleneck", (3, 4, 23, 3)),
    152: ("bottleneck", (3, 8, 36, 3)),
}
"""Form and number of the blocks of a depth: Table 1 of arXiv:1512.03385."""
FURTHER: dict[int, Arrangement] = {26: ("bottleneck", (2, 2, 2, 2)), 200: ("bottleneck", (3, 24, 36, 3))}
"""Depths that timm has besides; 200 layers are arranged as in Section 3.3 of arXiv:1603.05027."""
CIFAR_BOTTLENECKS = (164, 1001)
"""Depths of the CIFAR nets of arXiv:1603.05027 that are made of bottlenecks; those of other depths are of basic blocks.
"""
WIDTH, WRN_STEM, UNDILATED = 64, 16, 32
"""Filters of the first stage of an ImageNet net, and of a WRN's stem; an output stride at which nothing is dilated."""


def title(options: ResNetOptions) -> str:
    """ResNet-34, width 16: a name, and what the net that goes by it alone has otherwise."""
    return ", ".join([_name(options), *_makeup(options), *_traits(options)])


def _name(options: ResNetOptions) -> str:
    block, layers = BLOCKS[options.block], depth(options)
    if not options.residual:
        return f"plain-{layers}"
    prefix, nets = ATTENTIONS[options.attention].prefix, block.nets
    if options.groups > 1:
        nets = nets.replace("Net", "NeXt")
        return f"{prefix}{nets}-{layers}{_variant(options)} {_groups(options)}"
    if options.inner != options.width:
        return f"{prefix}Wide {nets}-{layers}{_variant(options)}, inner width {options.inner}"
    if _widening(options):
        return f"{prefix}WRN-{layers}-{_widening(options)}"
    return f"{prefix}{nets}-{layers}{_variant(options)}"


def depth(options: ResNetOptions) -> int:
    """The layers that the name of such a net counts: a deep stem as one, and what `named_depth` says of a WRN."""
    layers = 2 + BLOCKS[options.block].convs * sum(options.blocks)
    return layers - 1 + len(options.blocks) if _widening(options) else layers


def named_depth(options: ResNetOptions) -> str:
    """Why the name of a net counts other layers than those with weights of its main path; empty where it does not."""
    found = {
        f"a shortcut's convolution in each of the {len(options.blocks)} stages, and not the classifier "
        "(arXiv:1605.07146)": _widening(options) > 0,
        f"the {STEMS[options.stem].convs} convolutions of the stem as one": STEMS[options.stem].convs > 1,
    }
    said = "; and ".join(words for words, so in found.items() if so)
    return f"its name says {depth(options):,}: it counts {said}" if said else ""


def _makeup(options: ResNetOptions) -> list[str]:
    """The blocks and their number, where the name does not tell; of a plain net also what is inside."""
    block, usual = BLOCKS[options.block], _usual(options)
    kind = "" if options.residual or block.nets == BLOCKS["basic"].nets else block.nets
    words = [block.form, kind, "blocks", "-".join(map(str, options.blocks))] if not usual else [kind, "blocks"]
    found = {
        " ".join(filter(None, words)): not usual or bool(kind),
        _groups(options): not options.residual and options.groups > 1,
        f"inner width {options.inner}": not options.residual and options.groups == 1 and options.inner != options.width,
        ATTENTIONS[options.attention].prefix.rstrip("-"): not options.residual and options.attention != "none",
    }
    return [words for words, differs in found.items() if differs]


def _usual(options: ResNetOptions) -> bool:
    """Whether the blocks are those of the published nets of that name."""
    thirds = len(options.blocks) == 3 and len(set(options.blocks)) == 1
    if _widening(options):
        return thirds
    form, layers = BLOCKS[options.block].form, depth(options)
    known = (PAPER | FURTHER).get(layers)
    if known or options.stem != "cifar":
        return known == (form, options.blocks)
    return thirds and form == ("bottleneck" if layers in CIFAR_BOTTLENECKS else "basic")


def _traits(options: ResNetOptions) -> list[str]:
    """Everything else in which it is not the net that goes by the name alone."""
    o, block, variant, wide = options, BLOCKS[options.block], _variant(options), _widening(options)
    stem_width = o.stem_width or o.width
    found = {
        f"width {o.width}": o.width != WIDTH and not wide,
        f"{STEMS[o.stem].short} stem": o.stem != ("cifar" if wide else "imagenet") and not variant,
        f"stem width {stem_width}": stem_width != (WRN_STEM if wide else o.width),
        f"option {o.shortcut}": _shortcut(o) != "B" and variant != "-D",
        f"{o.stride} strides": block.grouped and o.stride != "v1.5" and max(o.strides) > 1,
        NORMS[o.norm].title if o.norm != "none" else "no BatchNorm": o.norm != "batch",
        f"{ACTIVATIONS[o.activation].title} {o.slope}": ACTIVATIONS[o.activation].sloped,
        f"output stride {o.output_stride}": o.output_stride != UNDILATED,
        "last stride 1": o.last_stride == 1,
        "blur pooling": o.downsample == "blur" and blurrable(o),
        "zero-γ": o.residual and o.zero_gamma,
        SCALES[o.branch_scale].short: o.residual and o.branch_scale != "none",
        cut(o): o.cut != "",
    }
    return [words for words, differs in found.items() if differs]


def cut(options: ResNetOptions) -> str:
    """Which of its shortcuts are cut."""
    return f"cut {options.cut.replace(',', ' ')}"


def blurrable(options: ResNetOptions) -> bool:
    """Whether there is what blurs stand for: strides of branches, or of the stem's pooling."""
    return STEMS[options.stem].pools or max(options.strides) > 1


def _groups(options: ResNetOptions) -> str:
    """32×4d, as arXiv:1611.05431 writes groups and their width."""
    return f"{options.groups}×{options.inner // options.groups}d"


def _shortcut(options: ResNetOptions) -> str:
    """The shortcut option that the net shows: B where no block of it tells another option from B."""
    widened = (options.stem_width or options.width) != options.width * BLOCKS[options.block].expansion
    changing = {(stage, 0) for stage in range(1 if widened else 2, len(options.blocks) + 1)}
    telling = everywhere(options.blocks) - changing if SHORTCUTS[options.shortcut].everywhere else changing
    return options.shortcut if options.residual and telling - places(options.cut) else "B"


def _variant(options: ResNetOptions) -> str:
    """-C or -D, as arXiv:1812.01187 names the changes of stem and shortcuts; a plain net has no such name."""
    if options.stem != "deep" or not options.residual or _widening(options):
        return ""
    return "-D" if _shortcut(options) == "D" else "-C"


def _widening(options: ResNetOptions) -> int:
    """How many times the stem's filters the first stage of a WRN has; 0 if it is none.

    The depth in a WRN's name counts the projections, and not the classifier (arXiv:1605.07146, Section 3).
    """
    of_wrn = options.residual and options.block == "preact_basic" and options.stem_width
    times, rest = divmod(options.width, options.stem_width) if of_wrn else (0, 0)
    return times if times > 1 and not rest else 0
