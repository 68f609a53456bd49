"""The gradients of somebody's module before the first step, with its shortcuts and without, layer by layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer.experiments.at_start import AT_START, KINDS, ends, judged, layers, read_off
from resnet_explorer.tasks.profile_module import ModuleConfig, fitting
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import controls, live, rows
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached, hide, link
from resnet_explorer.ui.view.views import YourNetView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resnet_explorer.spec.imports import ImportedNet
    from resnet_explorer.tasks.profile import Profile

NO_LAYER = "Its gradients are not measured here: it has no convolution on its main path."


def panel(found: ImportedNet) -> None:
    """The choice of a seed, the run, and what it measured."""
    if hide.hides("measure"):
        return
    parts.section(
        "Gradients at the start",
        "Each column is a layer. Watch which way the gradient leans before the first step, with shortcuts and without.",
    )
    if not found.graph.convolutions:
        parts.meaning(NO_LAYER)
        return
    view = link.choices(YourNetView)
    with st.container(width=180):
        controls.widgets(YourNetView, "seed")
    nets = {found.title: found} if found.plain is found else {found.plain.title: found.plain, found.title: found}
    configs = {f"Measuring {name}": _config(found, view, plain=net is not found) for name, net in nets.items()}

    def show(results: Sequence[Profile | None]) -> None:
        _shown(nets, dict(zip(nets, results, strict=True)), batch)

    batch = next(iter(configs.values())).batch
    if len(nets) == 1:
        parts.meaning("It adds nothing to a branch, so that it is its own plain counterpart.")
    live.together(configs, "Measure the gradients", ":material/play_arrow:", show)


def _config(found: ImportedNet, view: YourNetView, *, plain: bool) -> ModuleConfig:
    report = cached.report(found)
    memory = report.training_memory(1)
    return ModuleConfig(
        constructor=view.constructor,
        shape=view.shape,
        plain=plain,
        batch=fitting(report.macs, memory.saved),
        seed=view.seed,
        layers=len(report.weighted),
        macs=report.macs,
        weight_bytes=memory.weights,
        image_bytes=memory.saved,
    )


def _shown(nets: Mapping[str, ImportedNet], results: Mapping[str, Profile | None], batch: int) -> None:
    """The row under each net, its ends in words, and the table behind."""
    done = {name: result for name, result in results.items() if result is not None}
    track = next(each for each in AT_START.tracks if each.name == link.choices(YourNetView).track)
    rows.choose(YourNetView, AT_START.tracks, track)
    parts.said(track.look)
    canvas.replay(
        [
            canvas.RunFrames(
                title=name,
                report=cached.report(nets[name]),
                steps=(read_off(result, track.name, nets[name].graph),),
            )
            for name, result in done.items()
        ],
        key="your_gradients",
        shown=rows.shown(track),
    )
    parts.meaning("\n".join(f"- {_ends(name, result, nets[name])}" for name, result in done.items()))
    parts.behind("Every layer in numbers", lambda: _table(done), key="your_norms")
    parts.source(
        f"Measured here: a mini-batch of {batch} inputs in training mode, weights as its constructor starts them. A "
        "square image in three colours is of the digits, any other input noise from N(0, 1) with the labels 0 to 9 in "
        "turn; the loss is cross-entropy. The plain counterpart is the module itself, whose additions hand on their "
        "branch alone; a normalisation's scale that starts at 0 starts at 1 there."
    )


def _ends(name: str, result: Profile, net: ImportedNet) -> str:
    return f"**{parts.literal(name)}**: {ends(result, judged(net.graph)).shown(parts.inline)}."


def _table(done: Mapping[str, Profile]) -> list[dict[str, Any]]:
    return [
        {"net": name, "layer": row["layer"]} | {KINDS[kind][0]: f"{row[kind]:.3g}" for kind in KINDS}
        for name, result in done.items()
        for row in layers(result)
    ]
