"""An imported net on the page: numbers, layer axis, blocks, stages, the Ledger, and every operation."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import diagrams
from resnet_explorer.analysis.arithmetic import difference, signed
from resnet_explorer.analysis.compare import compare
from resnet_explorer.analysis.conventions import sizes
from resnet_explorer.analysis.measures import BATCH, MEASURES
from resnet_explorer.diagrams import wording
from resnet_explorer.errors import ExplorerError
from resnet_explorer.ui import canvas
from resnet_explorer.ui.pages import ledger as books
from resnet_explorer.ui.pages.explore import layers, stages
from resnet_explorer.ui.parts import editor
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached, link
from resnet_explorer.ui.view.views import YourNetView

if TYPE_CHECKING:
    from resnet_explorer.diagrams import Drawing
    from resnet_explorer.spec.imports import ImportedNet


def net(found: ImportedNet) -> None:
    """All of it."""
    report = cached.report(found)
    parts.meaning(_verdict(found))
    titles = {"training_memory": f"training memory, {BATCH} images"}
    parts.numbers(
        [
            {titles.get(m.name, m.title): Derived(m.text(m.of(report, BATCH)), m.working(report, BATCH))}
            for m in MEASURES
        ]
    )
    _drawn(found)
    parts.section("Stage by stage", "The modules that hold its blocks. The shares of a column add up to 100.")
    parts.table(stages.rows(found))
    parts.section("Ledger", "Each convention that is known for it.")
    books.table(found)
    _against(found)
    parts.section("Operation by operation", "In the order in which they ran.")
    layers.table(found)
    parts.download("All operations as CSV", report.to_frame, f"{found.title}.csv")


def _against(found: ImportedNet) -> None:
    """Where its numbers differ from those of a named net, by kinds of layers."""
    parts.section("Against a named net", "The difference by kinds of layers; the rows add up to it.")
    editor.named_net("b_", "Against")
    comparison = compare(found, link.net("b_"))
    parts.table(
        [
            {
                "what differs": cause.title,
                "layers": cause.change,
                "parameters": Derived(signed(cause.params), cause.working),
                "MACs": Derived(signed(cause.macs), cause.working),
            }
            for cause in comparison.causes
        ]
        + [
            {
                "what differs": "**all**",
                "layers": "",
                **{
                    MEASURES[name].title: Derived.of(difference(comparison.a.count(name), comparison.b.count(name)))
                    for name in ("params", "macs")
                },
            }
        ]
    )


def _verdict(found: ImportedNet) -> str:
    """What it is, how both counts agree, and what was noted while it ran."""
    report = cached.report(found)
    second, blocks = sum(found.second), wording.plural(len(report.blocks), "block")
    counted = parts.inline(
        f"{second:,}", f"half of what FlopCounterMode counts around each of {len(found.graph):,} calls"
    )
    same = second == report.macs
    agrees = f"Both counts of its multiply-adds are {counted}." if same else f"FlopCounterMode counts {counted}."
    notes = "".join(f"\n- {each}" for each in found.notes)
    return (
        f"**{found.title}**, shown one input of {sizes(found.input_shape)}: {blocks} with a shortcut. {agrees} What is "
        f"shown holds for this input's shape.{notes}"
    )


@functools.lru_cache(maxsize=16)
def _axis(found: ImportedNet) -> Drawing:
    return diagrams.axis(cached.report(found))


def _drawn(found: ImportedNet) -> None:
    try:
        drawing = _axis(found)
    except ExplorerError as error:
        st.info(parts.sentence(str(error)))
        return
    report, opened = cached.report(found), link.choices(YourNetView).opened
    canvas.picture(drawing, key="your_axis", on_block=_open, opened=opened)
    if opened in report.blocks:
        with st.container(border=True):
            canvas.picture(diagrams.block(report.block(opened), name=f"block {opened}"), key="your_opened")
    st.download_button(
        "DOT",
        data=lambda: diagrams.dot(report, found.title),
        file_name=f"{found.title}.dot",
        mime="text/vnd.graphviz",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        key="your_dot",
    )


def _open() -> None:
    link.choose(YourNetView, opened=st.session_state["your_axis"].block or "")
