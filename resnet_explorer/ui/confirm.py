"""The real net: the module built in a worker, run once, and counted by tools that know nothing of the description."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.analysis.conventions import size
from resnet_explorer.records import ConfirmConfig
from resnet_explorer.ui import live, parts

if TYPE_CHECKING:
    from resnet_explorer.records import Confirmation, Count
    from resnet_explorer.spec import NetSpec


def panel(spec: NetSpec) -> None:
    """The panel for a net."""
    parts.section(
        "The real net",
        "Every number above is read from the description. Here the same net is built as a real `torch.nn.Module` in a "
        "worker, runs one forward pass, and is counted again by independent tools.",
    )
    live.once(ConfirmConfig(net=spec), "Build it and count again", ":material/build:", "Building the real net", _show)


def _show(seen: Confirmation) -> None:
    agreed = all(count.agrees for count in seen.counts)
    shape = " × ".join(map(str, seen.output_shape))
    verdict = "All counts agree." if agreed else "**Some counts differ**, see the table."
    st.markdown(
        f"{verdict} Built in {seen.build_seconds:.2f} s, one forward pass of one image in "
        f"{1000 * seen.forward_seconds:.0f} ms on `{seen.device}` (torch {seen.torch}); its output is {shape}, "
        f"its parameters and buffers take {size(seen.memory_bytes)}."
    )
    parts.table(
        [
            {
                "tool": count.tool,
                "what it counts": count.what,
                "counted": f"{count.counted:,}",
                "from the description": f"{count.expected:,}",
                "agrees": _agreement(count),
                "why they may differ": count.note,
            }
            for count in seen.counts
        ]
    )


def _agreement(count: Count) -> str:
    """Whether the two numbers are what they should be to each other."""
    if not count.agrees:
        return "**no**"
    return "yes" if count.counted == count.expected else "differs, as it should"
