"""The parts of the Bottleneck page: the comparison drawn, worked out, tabled and charted."""

from __future__ import annotations

import functools

import streamlit as st

from resnet_explorer.analysis.bottleneck import Comparison, Cost, compare
from resnet_explorer.figures.palette import CONFIG
from resnet_explorer.figures.saving import ratio_by_width
from resnet_explorer.ui.parts import dark
from resnet_explorer.ui.views import BottleneckView

WIDTHS = (64, 128, 256, 512, 1024, 2048)


@functools.lru_cache(maxsize=256)
def compared(view: BottleneckView) -> Comparison:
    """The blocks of that size, counted."""
    return compare(view.channels, view.reduction, view.pixels, norm=view.norm, projection=view.projection)


def counted(view: BottleneckView) -> str:
    """What is counted, in words."""
    extra = [word for on, word in ((view.norm, "BatchNorm"), (view.projection, "projection")) if on]
    return f"parameters (convolutions and {' and '.join(extra)})" if extra else "weights"


def drawn(view: BottleneckView) -> None:
    """The two blocks side by side, at one scale."""


def working(comparison: Comparison) -> str:
    """The arithmetic, term by term, with the present values."""
    lines = [_sum(cost) for cost in comparison]
    wide, bottleneck, narrow = comparison.wide.params, comparison.bottleneck.params, comparison.narrow.params
    return "\n".join(
        [
            *(f"- {line}" for line in lines),
            f"- **{wide:,} ÷ {bottleneck:,} = {comparison.ratio:.2f}** at the outer width",
            f"- **{narrow:,} ÷ {bottleneck:,} = {comparison.fair_ratio:.2f}** at the inner width",
        ]
    )


def table(comparison: Comparison) -> None:
    """MACs beside parameters, each with its ratio to the bottleneck."""
    base = comparison.bottleneck
    st.table(
        [
            {
                "block": cost.title,
                "parameters": f"{cost.params:,}",
                "÷ bottleneck": f"{cost.params / base.params:.2f}",
                "MACs": f"{cost.macs:,}",
                "÷ bottleneck ": f"{cost.macs / base.macs:.2f}",
            }
            for cost in comparison
        ],
        border="horizontal",
        hide_index=True,
        alt="Parameters and multiply-adds of the three blocks, with their ratio to the bottleneck",
    )
    st.caption("MACs: multiply-adds of the convolutions for one image; FLOPs = 2 × MACs.")


def chart(view: BottleneckView) -> None:
    """The ratios against the width, with the table behind them."""
    widths = sorted({*WIDTHS, view.channels})
    figure, rows = _chart(view, tuple(widths), dark=dark())
    st.plotly_chart(
        figure,
        key="ratio_by_width",
        config=CONFIG,
        alt=f"Ratio of parameters, two 3×3 to bottleneck, against the width from {widths[0]} to {widths[-1]} channels",
    )
    with st.expander("The table behind the chart"):
        st.dataframe(rows, hide_index=True)


@functools.lru_cache(maxsize=64)
def _chart(view: BottleneckView, widths: tuple[int, ...], *, dark: bool):  # noqa: ANN202
    all_compared = [
        compare(width, view.reduction, view.pixels, norm=view.norm, projection=view.projection) for width in widths
    ]
    rows = [
        {"channels": w, "at the outer width": round(c.ratio, 3), "at the inner width": round(c.fair_ratio, 3)}
        for w, c in zip(widths, all_compared, strict=True)
    ]
    return ratio_by_width(widths, all_compared, view.channels, dark=dark), rows


def both_right(comparison: Comparison, view: BottleneckView) -> str:
    """Why both comparisons are right, in one sentence made from the numbers."""
    inner = max(1, view.channels // view.reduction)
    return (
        f"Both are right: to carry **{view.channels} channels** from block to block, two 3×3 convolutions would need "
        f"{comparison.ratio:.2f} times the parameters; a plain pair of 3×3 at {inner} channels needs "
        f"{comparison.fair_ratio:.2f} times as many, but carries only {inner}. The bottleneck buys "
        f"{view.channels / inner:.0f} times the channels at the price of the narrow block."
    )


def _sum(cost: Cost) -> str:
    terms = " + ".join(f"{term.params:,}" for term in cost.terms)
    workings = "; ".join(f"{term.path}: {term.working}" for term in cost.terms)
    return f"**{cost.title}**: {terms} = **{cost.params:,}**  \n  {workings}"
