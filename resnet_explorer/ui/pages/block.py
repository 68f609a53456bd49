"""The parts of the Block page: which block, the drawings side by side, and what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import arithmetic, formula, origins
from resnet_explorer.analysis.conventions import capital, listed
from resnet_explorer.analysis.sentence import Part, Sentence, joined, say
from resnet_explorer.errors import ExplorerError
from resnet_explorer.spec import title
from resnet_explorer.spec.ops import Blur2d, ChannelConv, Conv2d, Normalisation, PadChannels, Rectifier, Scale
from resnet_explorer.ui.parts import picker, pictures, present
from resnet_explorer.ui.view import cached, hide, link, opening
from resnet_explorer.ui.view.labels import LABELS
from resnet_explorer.ui.view.views import ExploreView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.analysis import Layer
    from resnet_explorer.spec import NetSpec


def pair(spec: NetSpec, path: str) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """The layers of a block, with its shortcut and without."""
    with_shortcut, without = (cached.report(each) for each in (_whole(spec), spec.plain))
    return with_shortcut.block(path), without.block(path)


def _whole(spec: NetSpec) -> NetSpec:
    """The net with all its shortcuts, also those that are cut."""
    found = spec.residual
    return found.having(cut="") if getattr(found.options, "cut", "") else found


def goes_round(spec: NetSpec, path: str) -> bool:
    """Whether a block of the net itself has its shortcut."""
    return _added(cached.report(spec).block(path))


def _added(layers: Iterable[Layer]) -> bool:
    """Whether something is added to a branch."""
    return any(layer.node.op.branch is not None for layer in layers)


def chosen(spec: NetSpec) -> str:
    """The block that the link names, or the first one that has an identity shortcut and, if it can be, keeps it.

    Raises:
        ExplorerError: this net has no blocks.
    """
    if lacking := opening.blockless(spec):
        raise ExplorerError(lacking)
    report = cached.report(_whole(spec))
    named = link.choices(ExploreView).block
    if named in report.blocks:
        return named
    identity = [path for path in report.blocks if not any(layer.node.shortcut for layer in report.block(path))]
    kept = [path for path in identity if goes_round(spec, path)]
    return next(iter(kept + identity), report.blocks[0])


def choice(spec: NetSpec, path: str) -> None:
    """The choice of a block."""
    if hide.hides("at"):
        return
    report = cached.report(spec)
    labels = {
        each: f"{stage.name}, block {number} of {len(stage.blocks)} ({each})"
        for stage in report.stages
        for number, each in enumerate(stage.blocks, 1)
    }
    picker.show(picker.Pick("at", LABELS["at"], path, labels, _choose), key="block")


def _choose(path: str) -> None:
    link.choose(ExploreView, block=path)


def look(spec: NetSpec) -> str:
    """What to look at, and where both ways meet; nothing in a net without blocks."""
    if opening.blockless(spec):
        return ""
    ops = {layer.op for layer in cached.report(spec.residual).layers}
    where = "at the +, behind the × where the gate scales the branch" if "mul" in ops else "at the +"
    if "mix" in ops:
        where = "in the circle T, where the gate mixes them"
    return (
        f"Follow x: down through the convolutions, and around them along the arc. Both ways meet {where}. "
        "A bar is as wide as its layer has channels."
    )


def source(spec: NetSpec) -> str:
    """The papers of the block."""
    papers = origins.of_block(spec)
    return "; ".join("Figure 5 of " * (paper == origins.RESNET) + paper.cited for paper in papers)


def drawn(spec: NetSpec, path: str) -> None:
    """The block with its shortcut, and beside it without, at one scale; the net's own first."""
    with_shortcut, without = pair(spec, path)
    names, layers = ("with its shortcut", "plain"), (with_shortcut, without)
    if not goes_round(spec, path):
        names, layers = ("plain, as it is here", "with a shortcut it would be"), (without, with_shortcut)
    if present.on():
        names = (f"{title(spec)}, {path}: {names[0]}", names[1])
    with present.figure():
        pictures.blocks(names, layers, key="block")


def reading(layers: tuple[Layer, ...]) -> Sentence:
    """What the drawing shows, from the block's own layers."""
    strided = [layer for layer in layers if layer.node.main and layer.node.op.window[1] > 1]
    blurs = strided and isinstance(strided[0].node.op, Blur2d)
    halved = strided and strided[0].output_shape[1:] != strided[0].input_shape[1:]
    halves = "which halves the map" if halved else "on a map of one pixel"
    where = (
        f"**Stride 2** is in `{strided[0].path}`, {'a blur, ' if blurs else ''}{halves}."
        if strided
        else "No convolution of this block strides: the map keeps its size."
    )
    return joined(" ", [_shortcut(layers), where, _share(layers), _order(layers)])


def _share(layers: tuple[Layer, ...]) -> Sentence:
    """Where the parameters are; on the shortcut and in a gate they count as well."""
    total = sum(layer.params for layer in layers)
    most = max(layer.params for layer in layers)
    largest = [f"`{layer.path}`" for layer in layers if layer.params == most]
    params, part = formula.of_layers(layers, "params"), arithmetic.share(most, total).percent(digits=1)
    if len(largest) > 1:
        return say("Of the ", params, f" parameters, {listed(largest)} hold ", part, " each.")
    return say("The largest share of the ", params, " parameters, ", part, f", is in {largest[0]}.")


def _order(layers: tuple[Layer, ...]) -> str:
    """Where normalisation and activation stand."""
    if any(layer.op == "mix" for layer in layers):
        return (
            "The **gate** T(x), between 0 and 1 for each value, says how much of H(x) passes, and 1 − T(x) how much of "
            "x; its bias starts below zero, so that at first more of x passes than of H(x)."
        )
    normed = any(isinstance(layer.node.op, Normalisation) for layer in layers)
    leaky = any(layer.op == "leaky" for layer in layers)
    name = "leaky ReLU" if leaky else "ReLU"
    gated = " outside the gate" * any(layer.node.gate for layer in layers)
    if isinstance(layers[-1].node.op, Rectifier):
        last = f"The last {name} comes **after** the addition" if _added(layers) else f"A {name} ends the block"
        words = f"{last}; normalisation comes right after each convolution{gated}." if normed else f"{last}."
    elif _active(layers):
        after = f"; normalisation comes right after each convolution{gated}" if normed else ""
        adds = ", so that the branch can only add" if not leaky and not _scaled(layers) else ""
        where = f"the addition{adds}" if _added(layers) else "the gate scales"
        words = f"The last {name} comes **before** {where}{after}."
    else:
        come = f"Normalisation and {name} come" if normed else f"{capital(name)} comes"
        words = f"{come} **before** each convolution{gated}."
    return words + _factors(layers)


def _active(layers: tuple[Layer, ...]) -> bool:
    """Whether the branch goes through an activation once more behind its last convolution."""
    ops = [layer.node.op for layer in layers if layer.node.main]
    last = max(place for place, op in enumerate(ops) if isinstance(op, Conv2d))
    return any(isinstance(op, Rectifier) for op in ops[last:])


def _scaled(layers: tuple[Layer, ...]) -> list[Scale]:
    """The learned numbers that multiply the branch."""
    return [layer.node.op for layer in layers if isinstance(layer.node.op, Scale)]


def _factors(layers: tuple[Layer, ...]) -> str:
    """What else the branch is multiplied by."""
    words = ""
    if any(layer.op == "mul" for layer in layers):
        rows = [(layer.node.op, layer.input_shape[-1]) for layer in layers]
        near = [op.kernel for op, channels in rows if isinstance(op, ChannelConv) and op.kernel <= channels]
        means = f"the {near[0]} channels around it" if near else "all"
        words = (
            f" The **gate** makes a factor for each channel, from the means of {means}, and scales the channel by it."
        )
    for op in _scaled(layers):
        so = ", so that at first the block hands on its shortcut alone" if not op.begins else ""
        words += (
            f" One learned number, **α**, multiplies the branch before it is added; it starts at {op.begins:.3g}{so}."
        )
    return words


def _shortcut(layers: tuple[Layer, ...]) -> Part:
    on_shortcut = [layer for layer in layers if layer.node.shortcut]
    if not _added(layers):
        return "This block is plain: there is no way around its convolutions."
    if not on_shortcut:
        return "The shortcut is the **identity**: x itself, no weights."
    if any(isinstance(layer.node.op, PadChannels) for layer in on_shortcut):
        return "The shortcut adds **channels of zeros** to x; where the block strides, it takes every second pixel."
    first = on_shortcut[0]
    kernel, stride = first.node.op.window
    if first.op == "mean":
        how = f"**average of {kernel}×{kernel}** and a **1×1 projection**"
    else:
        how = f"**1×1 projection** of stride {stride}"
    params = formula.of_layers(on_shortcut, "params")
    return say(f"The shortcut is a{'n' if first.op == 'mean' else ''} {how}, ", params, " parameters in all.")
