"""The parts of the Bottleneck page: the comparison drawn, worked out, tabled and charted."""

from __future__ import annotations

import dataclasses
import functools
import math
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pyarrow as pa

from resnet_explorer.analysis import arithmetic
from resnet_explorer.analysis.bottleneck import BlockCost, BlockCosts, compare, of_cost, of_inner, of_ratio
from resnet_explorer.analysis.conventions import listed, plural
from resnet_explorer.figures.saving import Curve, ratio_by_width
from resnet_explorer.options import Whole, options_of, read
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import cells, pictures
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import hide, link
from resnet_explorer.ui.view.views import BottleneckView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.ui.canvas import Described

WIDTHS = (64, 128, 256, 512, 1024, 2048)
REDUCTIONS = (1, 2, 4, 8, 16)
SETTING = ("channels", "reduction", "pixels", "norm", "projection", "field", "area")
"""What the areas depend on."""
HEIGHT = 560
"""Of the areas with their sliders, in pixels: below the title they fit a window of 1280 by 720."""
ALIKE = 0.15
"""Costs whose ratio has a smaller logarithm are about the same."""


def compared(view: BottleneckView) -> BlockCosts:
    """The blocks of that size, counted."""
    return _compared(view.channels, view.reduction, view.pixels, view.norm, view.projection)


@functools.lru_cache(maxsize=1024)
def _compared(channels: int, reduction: int, pixels: int, norm: bool, projection: bool) -> BlockCosts:  # noqa: FBT001 - keys of a cache
    return compare(channels, reduction, pixels, norm=norm, projection=projection)


def counted(view: BottleneckView) -> str:
    """What is counted, in words."""
    extra = [word for on, word in ((view.norm, "BatchNorm"), (view.projection, "projection")) if on]
    return f"parameters ({listed(['convolutions', *extra])})" if extra else "weights"


def area(view: BottleneckView) -> None:
    """The costs as areas, with the sliders that change them."""
    hide.among(["tiles", *(each.query for each in options_of(BottleneckView) if each.field in SETTING)])
    limits = {each.field: each.kind for each in options_of(BottleneckView) if isinstance(each.kind, Whole)}
    canvas.figure(
        "area",
        {
            "setting": setting(view),
            "costs": costs(view),
            "limits": {name: (kind.low, kind.high, kind.step) for name, kind in limits.items()},
            "height": HEIGHT,
        },
        key="area",
        height=HEIGHT,
        setting=lambda texts: link.choose(BottleneckView, **read(BottleneckView, dict(parse_qsl(texts)))[0]),
    )


def setting(view: BottleneckView) -> dict[str, Any]:
    """What sliders and switches stand at."""
    return {name: getattr(view, name) for name in SETTING}


def costs(view: BottleneckView) -> dict[str, list[tuple[str, int, int]]]:
    """The costs of the blocks, term by term."""
    blocks = compared(view)._asdict()
    return {name: [(term.path, term.params, term.macs) for term in cost.terms] for name, cost in blocks.items()}


def drawn(view: BottleneckView) -> None:
    """The two blocks side by side, at one scale."""
    option = "C" if view.projection else "B"
    inner = max(1, view.channels // view.reduction)
    channels = plural(view.channels, "channel")
    names = (f"bottleneck, {channels}", f"two 3×3, {channels}")
    layers = (
        pictures.single("bottleneck", view.channels, inner, view.pixels, option),
        pictures.single("basic", view.channels, 0, view.pixels, option),
    )
    pictures.blocks(names, layers, key="saving")


def working(comparison: BlockCosts) -> str:
    """The arithmetic, term by term, with the present values."""
    lines = [_sum(cost) for cost in comparison]
    wide, bottleneck, narrow = comparison.wide.params, comparison.bottleneck.params, comparison.narrow.params
    return "\n".join(
        [
            *(f"- {line}" for line in lines),
            f"- {wide:,} ÷ {bottleneck:,} = **{_times(wide, bottleneck)}** at the outer width",
            f"- {narrow:,} ÷ {bottleneck:,} = **{_times(narrow, bottleneck)}** at the inner width",
        ]
    )


def table(comparison: BlockCosts) -> None:
    """MACs beside parameters, each with its ratio to the bottleneck."""
    base = comparison.bottleneck
    parts.table(
        [
            {
                "block": cost.title,
                "parameters": Derived(f"{cost.params:,}", of_cost(cost, "params")),
                "÷ bottleneck": Derived.of(arithmetic.ratio(cost.params, base.params).said("{:.2f}")),
                "MACs": Derived(f"{cost.macs:,}", of_cost(cost, "macs")),
                "÷ bottleneck ": Derived.of(arithmetic.ratio(cost.macs, base.macs).said("{:.2f}")),
            }
            for cost in comparison
        ]
    )
    if not hide.hides("table"):
        parts.source("MACs: multiply-adds of the convolutions for one image; FLOPs = 2 × MACs.")


def chart(view: BottleneckView) -> None:
    """The ratios against the width, with the table behind them."""
    widths, lines = _lines(view)
    parts.drawn(
        _chart(view),
        key="ratio_by_width",
        title="Parameters of two 3×3 over those of the bottleneck",
        words=f"Parameters of two 3×3 over those of the bottleneck, against the width from {WIDTHS[0]} to {WIDTHS[-1]} "
        f"channels, for reductions from {REDUCTIONS[0]} to {REDUCTIONS[-1]}; the numbers stand in the table below",
    )
    cells.behind(
        "The table behind the chart",
        lambda: pa.Table.from_pylist(_rows(widths, lines)),
        functools.partial(_row, widths, lines),
        key="ratio_by_width_table",
        of=f"{view}",
    )


def across(view: BottleneckView) -> str:
    """What becomes of the factor from the narrowest block that is drawn to the widest."""
    widths = sorted({*WIDTHS, view.channels})
    each = [compared(dataclasses.replace(view, channels=width)) for width in widths]
    first, *_, last = (f"**{_times(of.wide.params, of.bottleneck.params)}**" for of in each)
    flat = len({f"{of.ratio:.2f}" for of in each}) == 1
    goes = f"is {first} at each width" if flat else f"goes from {first} to {last}"
    return f"From {widths[0]:,} to {widths[-1]:,} channels the factor of the chosen reduction {goes}."


@functools.lru_cache(maxsize=64)
def _lines(view: BottleneckView) -> tuple[list[int], list[Curve]]:
    """The widths, and a line of ratios for each reduction and for the comparison at the inner width."""
    widths = sorted({*WIDTHS, view.channels})
    lines = []
    for reduction in sorted({*REDUCTIONS, view.reduction}):
        each = [compared(dataclasses.replace(view, channels=width, reduction=reduction)) for width in widths]
        chosen = reduction == view.reduction
        wide = tuple(of_ratio(c.wide, c.bottleneck) for c in each)
        lines.append(Curve(f"reduction {reduction}", tuple(c.ratio for c in each), wide, chosen, inner=False))
        if chosen:
            narrow = tuple(of_ratio(c.narrow, c.bottleneck) for c in each)
            lines.append(Curve("at the inner width", tuple(c.fair_ratio for c in each), narrow, chosen, inner=True))
    return widths, lines


@functools.lru_cache(maxsize=64)
def _chart(view: BottleneckView) -> Described:
    return canvas.described(ratio_by_width(*_lines(view), view.channels))


def _rows(widths: Sequence[int], lines: Sequence[Curve]) -> list[dict[str, float]]:
    return [
        {"channels": width} | {line.label: round(line.ratios[at], 3) for line in lines}
        for at, width in enumerate(widths)
    ]


def _row(widths: Sequence[int], lines: Sequence[Curve], at: int) -> cells.RowWorkings:
    return cells.RowWorkings(
        f"{widths[at]:,} channels", {line.label: (line.label, line.workings[at]) for line in lines}
    )


def both_right(comparison: BlockCosts, view: BottleneckView) -> str:
    """Why both comparisons are right, in words made from the numbers."""
    inner, (base, wide, narrow) = max(1, view.channels // view.reduction), comparison
    if view.reduction == 1:
        return (
            f"With a reduction of 1 there is no bottleneck: both comparisons are one, and the block has "
            f"{_times(base.params, wide.params)} times the parameters of two 3×3."
        )
    alike = abs(math.log(base.params / narrow.params)) < ALIKE
    price = "about the price" if alike else "{:.2f} times the price"
    paid = parts.inline(arithmetic.ratio(base.params, narrow.params).said(price))
    within = parts.inline(f"{inner}", of_inner(view.channels, view.reduction))
    return (
        f"Both are right: to carry **{view.channels} channels** from block to block, two 3×3 convolutions would need "
        f"{_times(wide.params, base.params)} times the parameters; a plain pair of 3×3 at {within} channels needs "
        f"{_times(narrow.params, base.params)} times as many, but carries only {inner}. The bottleneck carries "
        f"{_times(view.channels, inner, 0)} times the channels at {paid} of the narrow pair."
    )


def times(comparison: BlockCosts) -> str:
    """How many times fewer parameters the bottleneck has than two 3×3 at its outer width."""
    made = arithmetic.ratio(comparison.wide.params, comparison.bottleneck.params)
    return parts.inline(made.said("**{:.2f} times**"))


def _times(one: int, other: int, digits: int = 2) -> str:
    return parts.inline(arithmetic.ratio(one, other).said(f"{{:.{digits}f}}"))


def _sum(cost: BlockCost) -> str:
    terms = " + ".join(f"{term.params:,}" for term in cost.terms)
    workings = "; ".join(f"{term.path}: {term.working}" for term in cost.terms)
    return f"**{cost.title}**: {terms} = **{cost.params:,}**  \n  {workings}"
