"""An imported net on the page: its numbers and its drawing, and below them the part that was chosen."""

from __future__ import annotations

import functools
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import diagrams
from resnet_explorer.analysis.conventions import plural, sizes
from resnet_explorer.errors import ExplorerError
from resnet_explorer.ui import canvas
from resnet_explorer.ui.pages import counting
from resnet_explorer.ui.pages import ledger as books
from resnet_explorer.ui.pages.compare import causes
from resnet_explorer.ui.pages.compare import nets as versus
from resnet_explorer.ui.pages.cost import counted as costing
from resnet_explorer.ui.pages.cost import field
from resnet_explorer.ui.pages.explore import layers, stages
from resnet_explorer.ui.pages.explore.headline import headline
from resnet_explorer.ui.pages.your_net import gradients
from resnet_explorer.ui.parts import controls, editor, picker, pictures, present, taking
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached, link
from resnet_explorer.ui.view.views import PARTS, CompareView, CostView, ExploreView, YourNetView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resnet_explorer.diagrams import Drawing, Form
    from resnet_explorer.spec.imports import ImportedNet


def net(found: ImportedNet) -> None:
    """All of it; presented, its drawing alone."""
    if present.on():
        with _undrawn():
            canvas.picture(pictures.presented(found, pictures.tracks(), pictures.form()), key="your_axis")
        return
    parts.meaning(_verdict(found))
    headline(found, None, link.choices(ExploreView).memory_batch)
    _drawn(found)
    view = link.choices(YourNetView)
    controls.radio(YourNetView, "part", PARTS, view.part)
    SHOWN[view.part](found)
    taking.away(found, _calls(), _maker(view))


def _layers(found: ImportedNet) -> None:
    look = "The modules that hold its blocks. The shares of a column add up to 100."
    parts.section("Stage by stage", look, stages.table(found))
    layers.table(found)


def _ledger(found: ImportedNet) -> None:
    parts.section("Ledger", "Each bar is a convention that is known for it, and how far it is from its multiply-adds.")
    books.chart(found)
    parts.meaning(books.reading(found))
    parts.table(books.table(found))
    counting.parameters(found)
    counting.step(found)


def _cost(found: ImportedNet) -> None:
    view, batch = link.choices(CostView), link.choices(ExploreView).memory_batch
    parts.section("Memory", "Look at the amber part of the bars: the maps, which no count of parameters tells of.")
    costing.memory_choices()
    costing.memory(found, view, batch)
    parts.section(
        "How far it sees", "Filled is what the shortest path sees, pale what the longest sees, both to scale."
    )
    field.window(found)
    parts.section("Computing or moving", "Each circle is a layer under the roof of a device.")
    costing.roof(found, view, batch)


def _compared(found: ImportedNet) -> None:
    """A is the imported net, B a named one, or its plain counterpart."""
    view = link.choices(YourNetView)
    parts.section("Compare", "Pale layers are the same in A and B, full ones differ, outlined ones stand in one alone.")
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        controls.widgets(YourNetView, "against")
        if view.against == "named":
            picker.show(editor.named_net(versus.OTHER, "B"), key="other")
    other = link.net(versus.OTHER) if view.against == "named" else found.plain
    comparison = cached.compared(found, other)
    with _undrawn():
        versus.drawn(found, other)
        versus.costs(found, other)
    parts.meaning(versus.reading(comparison))
    versus.numbers(comparison)
    causes.split(comparison, link.choices(CompareView))
    versus.changed(found, other)


SHOWN = {"layers": _layers, "ledger": _ledger, "cost": _cost, "compare": _compared, "gradients": gradients.panel}


def _calls() -> tuple[str, ...]:
    """What of the Python API makes the part that is shown."""
    view = link.choices(YourNetView)
    if view.part == "compare" and view.against == "named":
        return taking.compared(link.net(versus.OTHER))
    calls = {"ledger": taking.LEDGER, "cost": taking.cost(), "compare": ("rx.compare(net, net.plain)",)}
    return calls.get(view.part, ())


def _maker(view: YourNetView) -> str:
    """The code that makes it anew."""
    package, _, name = view.constructor.partition(":")
    shape = ", ".join(view.shape.split(","))
    return f'from {package} import {name}\n\nnet = rx.from_module({name}(), ({shape},), "{name}")'


def _verdict(found: ImportedNet) -> str:
    """What it is, how both counts agree, and what was noted while it ran."""
    report = cached.report(found)
    second, blocks = sum(found.second), plural(len(report.blocks), "block")
    counted = parts.inline(
        f"{second:,}", f"half of what FlopCounterMode counts around each of {plural(len(found.graph), 'call')}"
    )
    same = second == report.macs
    agrees = f"Both counts of its multiply-adds are {counted}." if same else f"FlopCounterMode counts {counted}."
    notes = "".join(f"\n- {each}" for each in found.notes)
    return (
        f"**{found.title}**, shown one input of {sizes(found.input_shape)}: {blocks} with a shortcut. {agrees} What is "
        f"shown holds for this input's shape.{notes}"
    )


@contextmanager
def _undrawn() -> Iterator[None]:
    """In the place of the drawing of a net without a column, say so."""
    try:
        yield
    except ExplorerError as error:
        st.info(parts.sentence(str(error)))


@functools.lru_cache(maxsize=16)
def _axis(found: ImportedNet, form: Form) -> Drawing:
    return diagrams.axis(cached.report(found), form=form)


def _drawn(found: ImportedNet) -> None:
    report, opened = cached.report(found), link.choices(YourNetView).opened
    alone = link.choices(YourNetView).part == "layers"  # other parts have a main figure of their own
    with _undrawn(), present.figure() if alone else nullcontext():
        canvas.picture(_axis(found, pictures.form()), key="your_axis", block=_open, opened=opened)
    if opened in report.blocks:
        with st.container(border=True):
            canvas.picture(diagrams.block(report.block(opened), name=f"block {opened}"), key="your_opened")


def _open() -> None:
    link.choose(YourNetView, opened=st.session_state["your_axis"].block or "")
