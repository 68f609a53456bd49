"""The component that shows drawings. It is registered once, when this module is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import streamlit as st

from resnet_explorer.diagrams import SHEET
from resnet_explorer.ui.canvas.frames import GRADIENT, encoded, norms_drawings
from resnet_explorer.ui.canvas.script import LOADER, RULES, WHOLE
from resnet_explorer.ui.view.views import MOST_STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from resnet_explorer.diagrams import Drawing
    from resnet_explorer.ui.canvas.count import Count
    from resnet_explorer.ui.canvas.frames import Live, Series, Shown

_LOST = "stream_lost"
_ALONE = "canvas_alone"
_PLAYS = "canvas_plays"


class Place(NamedTuple):
    """Where a finished run opens: at that step, or where it does by itself (0); `moved` is told of another one.

    `run` tells it from another run in the same picture.
    """

    run: str
    at: int
    moved: Callable[[int], None]


def _component(name: str, js: str) -> Any:
    return st.components.v2.component(name, html='<div class="rx-root"></div>', css=SHEET + RULES, js=js)


_CANVAS = _component("resnet_explorer_canvas", LOADER)
_WHOLE = _component("resnet_explorer_canvas_whole", WHOLE)
"""The same for a browser that does not get the script: it travels with every update of a picture."""


def picture(
    *drawings: Drawing,
    key: str,
    counts: Sequence[Count] = (),
    on_block: Callable[[], None] | None = None,
    on_stage: Callable[[], None] | None = None,
    opened: str = "",
    reveal: int = 0,
) -> None:
    """Show drawings; several stand side by side where there is room, each under its title, all under the `counts`.

    Where a layer axis takes the place of another, one turns into the other, unless the visitor wants no motion. With
    `on_block`, a block of a layer axis can be clicked: it is called before the page runs again, and finds the block's
    path in `st.session_state[key].block`; so can a stage with `on_stage`, whose name is in `.stage`. The block at the
    path `opened` is marked on the axis. A new `reveal`, unless it is 0, scrolls the page to the picture.
    """
    data: dict[str, Any] = {"figures": [_figure(drawing) for drawing in drawings], "run": None}
    data |= {"counts": [each.data() for each in counts], "opened": opened, "reveal": reveal}
    _mount(data, key, on_block, on_stage)


def figure(kind: str, data: Mapping[str, Any], *, key: str, height: int) -> None:
    """Show a main figure, whose script is of that kind, in a room of so many pixels, which it fills."""
    _mount({"kind": kind, **data}, key, height=height)


def replay(
    series: Sequence[Series],
    *,
    key: str,
    running: bool = False,
    live: Live | None = None,
    shown: Shown = GRADIENT,
    place: Place | None = None,
) -> None:
    """Show runs on the layer axis: norms under the net, a slider over their steps, loss and ratio.

    While `running` the newest step is shown, until somebody moves the slider; after `play` a finished run begins at its
    first step. Call it with the same `key` on every update. With `live`, loss and ratio are drawn against the step
    besides, and the drawing hears of new steps itself; where it cannot, `streams` is False from then on. When all runs
    have ended, the page runs again. `shown` names what the steps hold as their norms; `place` is where a finished run
    opens, and who is told when its visitor has moved it.
    """
    figures = [{**_figure(drawing), "nets": nets} for drawing, nets in norms_drawings(series)]
    run = {"nets": encoded(series), "running": running, "plays": _played(key), "track": shown._asdict()}
    if live is not None:
        run |= {"last": live.steps, "chance": live.chance, "source": live.source}
    if place is not None:
        run |= {"name": place.run, "at": place.at, "tells": True}
    _mount({"figures": figures, "run": run, "counts": []}, key, on_step=lambda: _moved(key, place))


def _moved(key: str, place: Place | None) -> None:
    """The step that the browser names, or 0 where it is that at which the run opens."""
    told = str(st.session_state[key].step)
    if place is not None and told.isascii() and told.isdigit():
        place.moved(min(int(told[:9]), MOST_STEPS))


def play(key: str) -> None:
    """Play the finished run of that key from its first step when it is shown next. For callbacks."""
    st.session_state[_PLAYS] = key


def _played(key: str) -> bool:
    plays = st.session_state.get(_PLAYS) == key
    if plays:
        del st.session_state[_PLAYS]
    return plays


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
    on_step: Callable[[], None] | None = None,
    height: int | Literal["content"] = "content",
) -> None:
    data = {**data, "opens": on_block is not None, "folds": on_stage is not None}
    alone = st.session_state.get(_ALONE, False)
    (_WHOLE if alone else _CANVAS)(
        key=key,
        data=data,
        height=height,
        on_block_change=on_block or _nothing,
        on_stage_change=on_stage or _nothing,
        on_step_change=on_step or _nothing,
        on_lost_change=lambda: _note(_LOST),
        on_ended_change=_nothing,
        on_alone_change=lambda: _note(_ALONE),
    )


def _nothing() -> None:
    """The page runs again, and that is all: nothing can be clicked, or a run has ended."""


def _note(what: str) -> None:
    st.session_state[what] = True
