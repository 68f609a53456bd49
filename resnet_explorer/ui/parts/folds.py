"""Which stages have their equal blocks drawn as lines: by the number of columns, until the visitor says otherwise."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import streamlit as st

from resnet_explorer import diagrams
from resnet_explorer.ui.view import cached, hide, link
from resnet_explorer.ui.view.views import UNFOLDED, ExploreView

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec

DEEP = 60
"""From more layers on, the page offers to fold; a click on a stage does it for any net."""
KEY = "folds"


@functools.lru_cache(maxsize=64)
def _foldable(spec: NetSpec) -> tuple[str, ...]:
    return diagrams.foldable(cached.report(spec))


@functools.lru_cache(maxsize=64)
def _folding(spec: NetSpec) -> tuple[str, ...]:
    return diagrams.folding(cached.report(spec))


def folded(spec: NetSpec) -> tuple[str, ...]:
    """The stages of a net that are folded in this view."""
    chosen = link.choices(ExploreView).fold
    if not chosen:
        return _folding(spec)
    return tuple(stage for stage in _foldable(spec) if stage in chosen.split(","))


def sentence(spec: NetSpec) -> str:
    """What a column of the net's axis is, as this view draws it."""
    if folded(spec):
        return (
            "every column is one weighted layer, taller with a larger map, wider with more channels; of N equal "
            "blocks, marked ×N, the first is drawn and each other one is a line"
        )
    return "every column is one weighted layer, taller with a larger map, wider with more channels"


def turn() -> None:
    """Fold the stage that was clicked, or unfold it. For callbacks."""
    _turn(link.net(), st.session_state["axis"].stage)


def turn_pinned() -> None:
    """The same for the pinned net. For callbacks."""
    pinned = link.pinned(link.choices(ExploreView).pin)
    if pinned is not None:
        _turn(pinned, st.session_state["pinned_axis"].stage)


def choice(spec: NetSpec) -> None:
    """The stages that are folded, to choose, for a net so deep that it matters."""
    stages = _foldable(spec)
    if not stages or cached.report(spec).depth <= DEEP or hide.hides("fold"):
        return
    st.session_state[KEY] = list(folded(spec))
    st.pills(
        "Equal blocks as lines, in",
        stages,
        selection_mode="multi",
        key=KEY,
        on_change=lambda: _fold(spec, st.session_state[KEY]),
        help="A click on a stage's name in the picture does the same, and so does F on the keyboard.",
    )


def _turn(spec: NetSpec, stage: str | None) -> None:
    if stage in _foldable(spec):
        _fold(spec, sorted({*folded(spec)} ^ {stage}))


def _fold(spec: NetSpec, stages: list[str]) -> None:
    """Keep the stages in the link, unless they are those that would be folded anyway."""
    same = set(stages) == set(_folding(spec))
    kept = [stage for stage in _foldable(spec) if stage in stages]
    link.choose(ExploreView, fold="" if same else ",".join(kept) or UNFOLDED)
