"""The pictures of a net as pages show them. Drawings are kept, since they depend on descriptions alone."""

from __future__ import annotations

import functools
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer import diagrams
from resnet_explorer.analysis import count_layers
from resnet_explorer.bounded import bounded
from resnet_explorer.spec import title
from resnet_explorer.spec.single import single_block
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import cuts, folds, present
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached, hide, link
from resnet_explorer.ui.view.views import ExploreView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.analysis import Layer
    from resnet_explorer.diagrams import Drawing, Form
    from resnet_explorer.spec import NetSpec
    from resnet_explorer.spec.imports import Net

Layers = tuple["Layer", ...]
Folded = tuple["NetSpec", tuple[str, ...]]
"""A net, and its stages whose equal blocks are drawn as lines."""
PRESENTED_HEIGHT = 306
"""Of blocks under their names, in a window of 720 pixels with the bar of a talk."""
_CLICKS, _CLICKED = "block_clicks", "block_clicked"
"""How many clicks have opened a block, and whether the present run comes from one."""

MOST_TEXT = 20_000_000
"""Characters of all the drawings together that are kept."""


@bounded(MOST_TEXT, lambda drawing: len(drawing.svg))
def _axis(spec: NetSpec, folded: tuple[str, ...], beside: Folded | None, form: Form) -> Drawing:
    if beside is None:
        return diagrams.axis(cached.report(spec), folded=folded, form=form)
    other, stages = beside
    return diagrams.axis(
        cached.report(spec), folded=folded, beside=cached.report(other), beside_folded=stages, form=form
    )


def form() -> Form:
    """What a net's picture tells: no totals where the large numbers are hidden, which are to be counted in it."""
    return diagrams.UNTOLD if hide.hides("numbers") else diagrams.WHOLE


def name(spec: NetSpec) -> str:
    """The title of a net, which tells its layers, where its numbers are told."""
    return title(spec) if form().totals else "A net"


@functools.lru_cache(maxsize=16)
def presented(spec: Net, shown: tuple[str, ...], form: Form = diagrams.WHOLE) -> Drawing:
    """The axis as a room can read it: with few tracks, and deep nets folded."""
    report = cached.report(spec)
    return diagrams.axis(report, shown, folded=diagrams.folding(report, folds.DEEP), form=form)


def tracks(shown: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The tracks under a net: those of its page, or, where it is presented, the one that the view names."""
    return (link.choices(ExploreView).row,) if present.on() else shown


@functools.lru_cache(maxsize=128)
def _blocks(names: tuple[str, ...], layers: tuple[Layers, ...]) -> tuple[Drawing, ...]:
    scale = diagrams.channel_scale(*layers)
    return tuple(diagrams.block(each, scale=scale, name=name) for name, each in zip(names, layers, strict=True))


def axis(spec: NetSpec, pinned: NetSpec | None = None) -> None:
    """The layer axis of a net, and below it that of the pinned one.

    A click on a block opens it; one on a stage draws its equal blocks as lines, or each again.
    """
    if present.on():
        canvas.picture(presented(spec, tracks(), form()), key="axis")
        return
    own, other = (spec, folds.folded(spec)), (pinned, folds.folded(pinned)) if pinned else None
    drawing = _axis(*own, other, form())
    clicks: dict[str, Any] = {
        click: call
        for name, click, call in (
            ("at", "block", _open),
            ("fold", "stage", folds.turn),
            ("cut", "cut", lambda: cuts.turn("", "axis")),
        )
        if not hide.hides(name)
    }
    canvas.picture(drawing, key="axis", opened=link.choices(ExploreView).block, **clicks)
    if other is not None:
        st.markdown(f"**Pinned: {title(other[0])}**")
        canvas.picture(_axis(*other, own, form()), key="pinned_axis", stage=folds.turn_pinned)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        folds.choice(spec)
        cuts.presses()
        _downloads([drawing], link.file_name(spec))


def look(spec: NetSpec) -> str:
    """What to look at in the axis of a net, as this view draws it, and what a click does."""
    report = cached.report(spec)
    arcs = (
        f" The arcs are the shortcuts. {parts.by_hand('Press one to cut it or to put it back.')}"
        if report.graph.joined
        else ""
    )
    lines = ", below a line the mean of its block's layers" if folds.folded(spec) else ""
    click = f" {parts.by_hand('Click a block to open it.')}" if report.blocks else ""
    return (
        f"From the image on the left to the classes on the right {folds.sentence(spec)}.{arcs} "
        f"Below each layer stands what it costs{lines}.{click}"
    )


def _open() -> None:
    link.choose(ExploreView, block=st.session_state["axis"].block or "")
    st.session_state[_CLICKS] = st.session_state.get(_CLICKS, 0) + 1
    st.session_state[_CLICKED] = True


def opened_block(spec: NetSpec, path: str) -> None:
    """The block that a click on the axis opened, if it is one of this net's; just clicked, it is brought into view."""
    layers = cached.report(spec).block(path) if path else ()
    clicked = st.session_state.pop(_CLICKED, False)
    if not layers:
        return
    with st.container(border=True):
        canvas.picture(
            *_blocks((f"block {path} of {name(spec)}",), (layers,)),
            key="opened",
            reveal=st.session_state[_CLICKS] if clicked else 0,
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Close", key="close_block", on_click=link.choose, args=(ExploreView,), kwargs={"block": ""})
            st.page_link(**link.onward("block", at=path), label="Beside its plain counterpart")


def blocks(names: tuple[str, ...], layers: tuple[Layers, ...], *, key: str) -> None:
    """Blocks side by side at one scale, each under its name."""
    if present.on():
        canvas.picture(*diagrams.abreast(layers, names, PRESENTED_HEIGHT), key=key)
        return
    drawings = _blocks(names, layers)
    canvas.picture(*drawings, key=key)
    _downloads(drawings, key)


@functools.lru_cache(maxsize=256)
def single(block: str, channels: int, inner: int = 0, pixels: int = 56, shortcut: str = "B") -> Layers:
    """The layers of a block on its own."""
    return count_layers(single_block(block, channels, inner, shortcut=shortcut), (channels, pixels, pixels))


def two_blocks() -> None:
    """The two blocks of the paper's Figure 5, at one scale."""
    canvas.picture(
        *_blocks(
            ("basic block, 64 channels", "bottleneck block, 256 channels"),
            (single("basic", 64), single("bottleneck", 256, 64)),
        ),
        key="two_blocks",
    )


def _downloads(drawings: Sequence[Drawing], name: str) -> None:
    """Each drawing as a file of its own, light."""
    if hide.hides("download"):
        return
    several = len(drawings) > 1
    with st.container(horizontal=True, gap="small", width="content") if several else nullcontext():
        for drawing in drawings:
            st.download_button(
                f"SVG: {drawing.title}" if several else "SVG",
                data=functools.partial(diagrams.standalone, drawing),
                file_name=f"{name}-{drawings.index(drawing) + 1}.svg" if several else f"{name}.svg",
                mime="image/svg+xml",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
                key=f"svg.{name}.{drawing.title}",
            )
