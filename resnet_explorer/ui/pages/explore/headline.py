"""The headline numbers of a net, and how they differ from the pinned net's."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer.analysis import arithmetic, formula
from resnet_explorer.analysis.conventions import capital, pixels, size
from resnet_explorer.analysis.measures import MEASURES, signed
from resnet_explorer.spec import title
from resnet_explorer.ui.parts import controls
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached, hide
from resnet_explorer.ui.view.views import ExploreView

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec
    from resnet_explorer.spec.imports import Net


HEADLINES = tuple(
    MEASURES[name] for name in ("params", "macs", "layers", "blocks", "activations", "field_px", "training_memory")
)
"""The measures in the row."""


def headline(spec: Net, pinned: NetSpec | None, batch: int) -> None:
    """The row of numbers; under each the difference from the pinned net, if there is one."""
    if hide.hides("numbers"):
        return
    parts.numbers(_numbers(spec, pinned, batch))
    report = cached.report(spec)
    if spec.named_depth:
        st.caption(f"Weighted layers: {report.depth:,}, while {spec.named_depth}.")
    if pinned is not None:
        st.caption(
            f"Below each number, the difference from the pinned net: {title(pinned)} at {pixels(pinned.input_shape)}."
        )


@functools.lru_cache(maxsize=256)
def _numbers(spec: Net, pinned: NetSpec | None, batch: int) -> tuple[dict[str, Derived], ...]:
    """Each number, what it counts, and its formula with the values of this net."""
    report = cached.report(spec)
    other = cached.report(pinned) if pinned else None
    numbers = []
    for each in HEADLINES:
        value = each.of(report, batch)
        shown = {capital(each.title): Derived(each.text(value), f"{each.meaning} {each.made(report, batch).working}")}
        if other:
            was = each.of(other, batch)
            shown["difference"] = Derived.of(arithmetic.difference(was, value).said(signed(value - was, each.text)))
        numbers.append(shown)
    return tuple(numbers)


def memory(spec: NetSpec, batch: int) -> None:
    """The training memory, and the batch that it and the headline are of, where either is shown."""
    if not (hide.hides("answer") and hide.hides("numbers")):
        parts.section("Training memory")
        controls.widgets(ExploreView, "memory_batch")
        parts.meaning(memory_formula(spec, batch))


@functools.lru_cache(maxsize=256)
def memory_formula(spec: NetSpec, batch: int) -> str:
    """The training memory with its working."""
    report = cached.report(spec)
    memory = report.training_memory(batch)
    of_an_image = parts.inline(formula.of_saved(report).said(size(memory.saved // batch)))
    params = parts.inline(formula.of_stages(report, "params"))
    total = parts.inline(formula.of_memory(report, batch).said(f"**{size(memory.total)}**"))
    refused = report.untrainable(batch)
    return (
        f"**Training memory** at batch {batch:,}: parameters × 4 bytes × 3 (weights, gradients, momentum) "
        f"= {params} × 12 = {size(3 * memory.weights)}; "
        f"plus what the backward pass needs of each image, {of_an_image} × {batch:,} "
        f"= {size(memory.saved)}; together {total}. "
        f"An estimate: the library's workspace comes on top.{refused and f' {refused}.'}"
    )
