"""The bottleneck's saving: the block against two 3x3 convolutions at its outer, and at its inner width.

Figure 5 of arXiv:1512.03385 draws the second comparison: a 64-d basic block beside a 256-d bottleneck.
"""

from __future__ import annotations

from typing import NamedTuple

from resnet_explorer.analysis import formula
from resnet_explorer.analysis.arithmetic import added_up, ratio
from resnet_explorer.analysis.conventions import plural
from resnet_explorer.analysis.report import Layer, count_layers
from resnet_explorer.spec.graph import plain
from resnet_explorer.spec.ops import BatchNorm2d, Conv2d
from resnet_explorer.spec.single import single_block


class LayerCost(NamedTuple):
    """One addend of a block's cost: the layer, its parameters and their working."""

    path: str
    working: str
    params: int
    macs: int
    shortcut: bool


class BlockCost(NamedTuple):
    """What a block costs: parameters, and multiply-adds for one image."""

    title: str
    terms: tuple[LayerCost, ...]
    params: int
    macs: int


class BlockCosts(NamedTuple):
    """The bottleneck, two 3x3 at its outer width, and two 3x3 at its inner width."""

    bottleneck: BlockCost
    wide: BlockCost
    narrow: BlockCost

    @property
    def ratio(self) -> float:
        """How many times more parameters two 3x3 take at the outer width."""
        return self.wide.params / self.bottleneck.params

    @property
    def fair_ratio(self) -> float:
        """How many times more parameters two 3x3 take at the inner width."""
        return self.narrow.params / self.bottleneck.params


def compare(channels: int, reduction: int, pixels: int, *, norm: bool = False, projection: bool = False) -> BlockCosts:
    """Count the three blocks on a map of `pixels` by `pixels`; convolutions only, unless `norm` or `projection`.

    The projection is a 1x1 on the shortcut of each (option C).

    Raises:
        InvalidOption: the channels are no multiple of 4.
    """
    inner = max(1, channels // reduction)

    def cost(title: str, block: str, outer: int, middle: int = 0) -> BlockCost:
        graph = single_block(block, outer, middle, shortcut="C" if projection else "B")
        layers = count_layers(graph if projection else plain(graph), (outer, pixels, pixels))
        counted = Conv2d | BatchNorm2d if norm else Conv2d
        kept = [layer for layer in layers if isinstance(layer.node.op, counted)]
        return BlockCost(
            title,
            tuple(_term(layer) for layer in kept),
            sum(layer.params for layer in kept),
            sum(layer.macs for layer in kept),
        )

    return BlockCosts(
        cost(f"bottleneck {channels}–{inner}–{inner}–{channels}", "bottleneck", channels, inner),
        cost(f"two 3×3 at {plural(channels, 'channel')}", "basic", channels),
        cost(f"two 3×3 at {plural(inner, 'channel')}", "basic", inner),
    )


def _term(layer: Layer) -> LayerCost:
    path = layer.path.removeprefix("block.")
    return LayerCost(path, formula.working(layer, "params"), layer.params, layer.macs, layer.node.shortcut)


def of_inner(channels: int, reduction: int) -> str:
    """The inner width of a bottleneck."""
    return f"{channels:,} ÷ {reduction}, rounded down = {max(1, channels // reduction):,}"


def of_cost(cost: BlockCost, metric: str) -> str:
    """What a block costs as the sum over its layers: conv1 36,864 + conv2 36,864 = 73,728."""
    terms = ((term.path, getattr(term, metric)) for term in cost.terms)
    return added_up((path, number) for path, number in terms if number)


def of_ratio(one: BlockCost, other: BlockCost) -> str:
    """One block's parameters over another's, in three lines: the two sums, and their quotient."""
    sums = (f"{each.title}: {of_cost(each, 'params')}" for each in (one, other))
    return "\n".join([*sums, ratio(one.params, other.params).working])
