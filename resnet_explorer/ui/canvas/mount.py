"""The component that shows drawings. It is registered once, when this module is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer.diagrams import SHEET
from resnet_explorer.ui.canvas.frames import GRADIENT, encoded, norms_drawings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resnet_explorer.diagrams import Drawing
    from resnet_explorer.ui.canvas.count import Count
    from resnet_explorer.ui.canvas.frames import Live, Series, Shown

_HERE = Path(__file__).parent
_SCRIPTS = (
    "figure.js",
    "light.js",
    "tip.js",
    "counts.js",
    "morph.js",
    "folds.js",
    "labels.js",
    "norms.js",
    "player.js",
    "curves.js",
    "stream.js",
    "view.js",
)

_LOST = "stream_lost"


def _lean(name: str) -> str:
    """A file without its comment lines and indentation: it travels with every update of a picture."""
    lines = (line.strip() for line in (_HERE / name).read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


_CANVAS = st.components.v2.component(
    "resnet_explorer_canvas",
    html='<div class="rx-root"></div>',
    css=SHEET + _lean("canvas.css"),
    js="\n".join(map(_lean, _SCRIPTS)),
)


def picture(
    *drawings: Drawing,
    key: str,
    counts: Sequence[Count] = (),
    on_block: Callable[[], None] | None = None,
    on_stage: Callable[[], None] | None = None,
) -> None:
    """Show drawings; several stand side by side where there is room, each under its title, all under the `counts`.

    Where a layer axis takes the place of another, one turns into the other, unless the visitor wants no motion. With
    `on_block`, a block of a layer axis can be clicked: it is called before the page runs again, and finds the block's
    path in `st.session_state[key].block`; so can a stage with `on_stage`, whose name is in `.stage`.
    """
    data: dict[str, Any] = {"figures": [_figure(drawing) for drawing in drawings], "run": None}
    data["counts"] = [each.data() for each in counts]
    _mount(data, key, on_block, on_stage)


def replay(
    series: Sequence[Series],
    *,
    key: str,
    tracks: Sequence[str] = (),
    running: bool = False,
    live: Live | None = None,
    shown: Shown = GRADIENT,
) -> None:
    """Show runs on the layer axis: norms under the net, a slider over their steps, loss and ratio.

    While `running` the newest step is shown, until somebody moves the slider. Call it with the same `key` on every
    update. With `live`, loss and ratio are drawn against the step besides, and the drawing hears of new steps itself;
    where it cannot, `streams` is False from then on. `shown` names what the steps hold as their norms.
    """
    figures = [{**_figure(drawing), "nets": nets} for drawing, nets in norms_drawings(series, tracks)]
    run = {"nets": encoded(series), "running": running, "track": shown._asdict()}
    if live is not None:
        run |= {"last": live.steps, "chance": live.chance, "source": live.source}
    _mount({"figures": figures, "run": run, "counts": []}, key)


def streams() -> bool:
    """Whether this visitor's browser hears of new steps: as long as it has not said otherwise."""
    return not st.session_state.get(_LOST, False)


def _figure(drawing: Drawing) -> dict[str, Any]:
    return {
        "svg": drawing.svg,
        "title": drawing.title,
        "width": drawing.width,
        "height": drawing.height,
        **drawing.data,
    }


def _mount(
    data: dict[str, Any],
    key: str,
    on_block: Callable[[], None] | None = None,
    on_stage: Callable[[], None] | None = None,
) -> None:
    data = {**data, "opens": on_block is not None, "folds": on_stage is not None}
    _CANVAS(
        key=key,
        data=data,
        on_block_change=on_block or _nothing,
        on_stage_change=on_stage or _nothing,
        on_lost_change=_lose,
    )


def _nothing() -> None:
    """Nothing can be clicked."""


def _lose() -> None:
    st.session_state[_LOST] = True
