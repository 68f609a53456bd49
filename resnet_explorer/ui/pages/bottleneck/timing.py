"""The measured time of blocks: because fewer weights are not as much faster."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer.analysis import arithmetic
from resnet_explorer.analysis.bottleneck import compare, of_cost
from resnet_explorer.analysis.conventions import plural, size
from resnet_explorer.ui.parts import live
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import hide

if TYPE_CHECKING:
    from resnet_explorer.tasks.time_block import BlockConfig, BlockTime, Times


def panel(config: BlockConfig) -> None:
    """Time the blocks of that size on this machine."""
    if hide.hides("measure"):
        return
    parts.section(
        "Measured: the time it takes",
        "Is a block with so many times fewer weights as many times faster? Here the blocks run for real, forward, and "
        "forward with backward, in turns; the median counts. Shortcuts are identities here, whatever is counted above.",
    )
    show = functools.partial(_show, config)
    live.once(config, "Measure on this machine", ":material/timer:", "Timing the blocks", show)


def _show(config: BlockConfig, times: tuple[BlockTime, ...]) -> None:
    bottleneck, wide = times[0], times[1]
    parts.table(
        [
            {
                "block": each.name,
                "weights": Derived(f"{each.weights:,}", of_cost(cost, "params")),
                "forward, ms": _middle(each.forward),
                "forward + backward, ms": _middle(each.both),
                "saved for backward": Derived(size(each.saved_bytes), f"{each.saved_bytes:,} B that autograd kept"),
            }
            for each, cost in zip(times, compare(config.channels, config.reduction, config.pixels), strict=True)
        ]
    )
    weights, saved = (
        arithmetic.ratio(getattr(wide, name), getattr(bottleneck, name)) for name in ("weights", "saved_bytes")
    )
    kept = parts.inline(saved.of("bytes that autograd kept").said("{:.2f}"))
    more = parts.inline(weights.said("**{:.2f} times**"))
    parts.meaning(
        f"Two 3×3 at the outer width have {more} the weights of the bottleneck, and here they take "
        f"{_times(wide.forward, bottleneck.forward)} its time forward, "
        f"{_times(wide.both, bottleneck.both)} forward and backward. What is kept for the backward pass "
        f"differs by a factor of {kept}. {_why(bottleneck, wide)}"
    )
    repeats = bottleneck.forward.repeats
    parts.source(
        f"Measured on this installation: {bottleneck.device}, float32, batch {config.batch}, {config.pixels} × "
        f"{config.pixels} px, median of {plural(repeats, 'repeat')} "
        "taken in turns. Other work on the machine scatters such times."
    )


def _middle(times: Times) -> Derived:
    """The median in milliseconds, and where it stands among the repeats."""
    return Derived.of(arithmetic.quantile(times.seconds).said("{:.2f}"))


def _times(wide: Times, bottleneck: Times) -> str:
    """The quotient of two medians, and how they were measured."""
    found = arithmetic.ratio(1000 * wide.median, 1000 * bottleneck.median, " ms")
    return parts.inline(found.of(f"medians of {bottleneck.repeats} repeats each").said("**{:.1f} times**"))


def _why(bottleneck: BlockTime, wide: BlockTime) -> str:
    """What the ratio of times says beside that of weights."""
    if wide.forward.median <= bottleneck.forward.median:
        return (
            "Here the bottleneck saves no time forward: at this size its convolutions, one more than the plain block "
            "has, take a processor at least as long, however little each of them does."
        )
    if wide.forward.median / bottleneck.forward.median < wide.weights / bottleneck.weights:
        return (
            "The saving in time is the smaller one: the bottleneck's narrow and 1×1 convolutions do less work for "
            "every value that they move, and a processor that waits for values is not faster for having less to do."
        )
    return "Here the time saved is no less than the weights saved."
