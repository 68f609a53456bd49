"""The real net: the module built in a worker, run once, and counted by tools that know nothing of the description."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer.analysis import formula, ledger
from resnet_explorer.analysis.conventions import size
from resnet_explorer.tasks.confirm import ConfirmConfig
from resnet_explorer.ui.pages import ledger as books
from resnet_explorer.ui.parts import live
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached, hide

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec
    from resnet_explorer.tasks.confirm import Confirmation, Count


def panel(spec: NetSpec) -> None:
    """The panel for a net."""
    if hide.hides("measure"):
        return
    parts.section(
        "The real net",
        "Every number above is read from the description. Here the same net is built as a real `torch.nn.Module` in a "
        "worker, runs one forward pass, and is counted again by independent tools.",
    )
    show = functools.partial(_show, spec)
    live.once(ConfirmConfig(net=spec), "Build it and count again", ":material/build:", "Building the real net", show)


def _show(spec: NetSpec, seen: Confirmation) -> None:
    agreed = all(count.agrees for count in seen.counts)
    shape = " × ".join(map(str, seen.output_shape))
    verdict = "All counts agree." if agreed else "**Some counts differ**, see the table."
    built = parts.inline(f"{seen.build_seconds:.2f} s", f"{seen.build_seconds:.4g} s on the clock, built once")
    took = parts.inline(
        f"{1000 * seen.forward_seconds:.0f} ms",
        f"{1000 * seen.forward_seconds:.4g} ms on the clock, one image of zeros, once, in evaluation mode",
    )
    held = parts.inline(size(seen.memory_bytes), f"{seen.memory_bytes:,} B, as its tensors say")
    parts.meaning(
        f"{verdict} Built in {built}, one forward pass of one image in {took} on `{seen.device}` (torch {seen.torch}); "
        f"its output is {shape}, its parameters and buffers take {held}."
    )
    known = _known(spec)
    parts.table(
        [
            {
                "tool": count.tool,
                "what it counts": count.what,
                "counted": f"{count.counted:,}",
                "from the description": Derived(f"{count.expected:,}", known.get(count.expected, count.what)),
                "agrees": _agreement(count),
                "why they may differ": count.note,
            }
            for count in seen.counts
        ]
    )


def _known(spec: NetSpec) -> dict[int, str]:
    """The working of every number that the description has for a tool."""
    report = cached.report(spec)
    return {line.total: ledger.of_line(line) for line in books.lines(spec)} | {
        report.count(name): formula.of_stages(report, name).working for name in ("params", "macs")
    }


def _agreement(count: Count) -> str:
    """Whether the two numbers are what they should be to each other."""
    if not count.agrees:
        return "**no**"
    return "yes" if count.counted == count.expected else "differs, as it should"
