"""The measured time of two nets, and why their MACs do not predict it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer.analysis import arithmetic, formula, roofline
from resnet_explorer.analysis.conventions import short
from resnet_explorer.analysis.memory import FLOAT
from resnet_explorer.spec import title
from resnet_explorer.ui.parts import live
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.tasks.time_block import Times
    from resnet_explorer.tasks.time_nets import NetsConfig, Timing

NEAR = 0.1
"""Ratios that differ by less than this part are alike."""


def latency_panel(config: NetsConfig) -> None:
    """Time both nets on this machine."""
    show = functools.partial(_show, config)
    live.once(config, "Measure on this machine", ":material/timer:", "Timing the nets", show)


def _show(config: NetsConfig, timing: Timing) -> None:
    nets = config.net, config.other
    under = [roofline.points(cached.report(net), config.batch, FLOAT, timing.flops, timing.bandwidth) for net in nets]
    floor = [roofline.seconds(each) for each in under]
    parts.table(
        [
            {
                "net": title(net),
                "MACs": Derived.of(formula.of_stages(cached.report(net), "macs")),
                "roofline, ms": Derived(f"{1e3 * least:.1f}", roofline.of_pass(bound)),
                "median, ms": Derived.of(arithmetic.quantile(times.seconds).said("{:.1f}")),
                "quartiles, ms": _quartiles(times),
                "images/s": _rate(config.batch, times.median, 1, "images/s"),
                "GMACs/s": _rate(cached.report(net).macs * config.batch, times.median, 1e9, "GMACs/s"),
            }
            for net, bound, least, times in zip(nets, under, floor, timing.nets, strict=True)
        ]
    )
    parts.meaning(f"{_why(timing, config, floor)}{_beaten(timing, floor)}")
    parts.source(
        f"Measured on this installation: {timing.device}, float32, batch {config.batch}, evaluation mode without "
        f"gradients, {timing.nets[0].repeats} repeats taken in turns, half of them within the quartiles. "
        f"This machine's roofline: {short(timing.flops)}FLOP/s in a product of 1024 × 1024 matrices, "
        f"{short(timing.bandwidth)}B/s in a copy of 64 MB, the best of five each. "
        "Other work on the machine scatters such times."
    )


def _why(timing: Timing, config: NetsConfig, floor: Sequence[float]) -> str:
    """The measured ratio beside those of MACs, activations and the roofline, whose seconds are the `floor`."""
    a, b = cached.report(config.net), cached.report(config.other)
    first, second = timing.nets
    took, macs = second.median / first.median, b.macs / a.macs
    medians = arithmetic.ratio(1e3 * second.median, 1e3 * first.median, " ms")
    longer = medians.of(f"medians of {first.repeats} repeats each").times("{:.2f}")
    more = parts.inline(arithmetic.ratio(b.macs, a.macs).times("{:.2f}"))
    said = (
        f"{title(config.other)} has **{more}** the MACs of {title(config.net)} and took "
        f"**{parts.inline(longer)}** as long (activations: "
        f"{_times(b.activations, a.activations)}, roofline: {_times(1e3 * floor[1], 1e3 * floor[0], ' ms')})."
    )
    (first_low, first_high), (second_low, second_high) = first.quartiles, second.quartiles
    if first_low <= second_high and second_low <= first_high:
        return f"{said} The quartiles of both overlap: this run does not tell them apart."
    if abs(took / macs - 1) < NEAR:
        return f"{said} Here MACs predict the ratio to within {100 * NEAR:.0f} %; other pairs and batches differ."
    nearer = min(
        (
            ("activations come", b.activations / a.activations),
            ("the roofline comes", floor[1] / floor[0]),
            ("MACs come", macs),
        ),
        key=lambda each: abs(each[1] / took - 1),
    )[0]
    off = parts.inline(arithmetic.off(macs, took).said(f"{100 * abs(macs / took - 1):.0f} %"))
    if nearer.startswith("MACs"):
        return f"{said} MACs come nearest of the three, and are still off by {off}."
    return (
        f"{said} **MACs are off by {off}; {nearer} nearer**: a MAC count leaves "
        "out what it costs to move values, and how well a layer keeps the processor busy (Ma et al. 2018, "
        "[arXiv:1807.11164](https://arxiv.org/abs/1807.11164))."
    )


def _beaten(timing: Timing, floor: Sequence[float]) -> str:
    """What it means that a net took less than its roofline allows, where one did."""
    if all(least <= times.median for least, times in zip(floor, timing.nets, strict=True)):
        return ""
    return (
        " A median below its roofline is no contradiction: the roofline lets every map go through memory, where caches "
        "and fused kernels spare some of that way; and its two rates are those of one product and one copy, while the "
        "machine's clock and its other work change from second to second."
    )


def _times(one: float, other: float, unit: str = "") -> str:
    return parts.inline(arithmetic.ratio(one, other, unit).said("{:.2f}"))


def _quartiles(times: Times) -> Derived:
    """Between which times half of the repeats lie, in milliseconds."""
    low, high = (arithmetic.quantile(times.seconds, share) for share in (0.25, 0.75))
    return Derived(f"{low.value:.1f} – {high.value:.1f}", f"{low.working}\n{high.working}")


def _rate(number: int, seconds: float, unit: float, name: str) -> Derived:
    """A measured rate in some unit."""
    rate = f"{number / seconds / unit:.1f}"
    return Derived(rate, arithmetic.per_second(number, seconds, f"{rate} {name}"))
