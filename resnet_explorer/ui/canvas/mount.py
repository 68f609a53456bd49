"""The component that shows drawings. It is registered once, when this module is imported."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import streamlit as st

from resnet_explorer.bounded import bounded
from resnet_explorer.ui.canvas import rooms
from resnet_explorer.ui.canvas.frames import GRADIENT, encoded, norms_drawings
from resnet_explorer.ui.canvas.script import LOADER, WHOLE
from resnet_explorer.ui.canvas.written import Json, array, fields, record
from resnet_explorer.ui.view import hide
from resnet_explorer.ui.view.views import MOST_STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from resnet_explorer.diagrams import Drawing
    from resnet_explorer.ui.canvas.count import StatedNumber
    from resnet_explorer.ui.canvas.frames import Live, RunFrames, Shown

_LOST = "stream_lost"
_ALONE = "canvas_alone"
_PLAYS = "canvas_plays"
_ALWAYS = ("lost", "ended", "alone", "again")
"""What each of them may tell of itself; a figure, besides, what somebody is told of."""
_TRIGGERS = (*_ALWAYS, "block", "stage", "cut", "step")
"""What drawings tell, whoever is told."""


MOST_TEXT = 10_000_000
"""Characters of drawings that are kept as JSON."""


class Opening(NamedTuple):
    """Where a finished run opens: at that step, or where it does by itself (0); `moved` is told of another one.

    `run` tells it from another run in the same picture.
    """

    run: str
    at: int
    moved: Callable[[int], None]


_component: Any = functools.partial(st.components.v2.component, html='<div class="rx-root"></div>')
_CANVAS = _component("resnet_explorer_canvas", js=LOADER, isolate_styles=False)
"""Its script keeps styles apart by itself: for a root of Streamlit's a page is drawn once more, and a picture later."""
_WHOLE = _component("resnet_explorer_canvas_whole", js=WHOLE)
"""The same for a browser that does not get the script: it travels with every update of a picture."""


def picture(
    *drawings: Drawing,
    key: str,
    counts: Sequence[StatedNumber] = (),
    opened: str = "",
    reveal: int = 0,
    **on: Callable[[], None],
) -> None:
    """Show drawings; several stand side by side where there is room, each under its title, all under the `counts`.

    Where a layer axis takes the place of another, one turns into the other, unless the visitor wants no motion. With
    `on` a `block`, a block of a layer axis can be clicked: it is called before the page runs again, and finds the
    block's path in `st.session_state[key].block`; so can a `stage`, and a shortcut with `cut`. The block at the path
    `opened` is marked on the axis. A new `reveal`, unless it is 0, scrolls the page to the picture.
    """
    shown = {"figures": _figures(drawings), "run": None}
    told = {"counts": [each.data() for each in counts], "opened": opened, "reveal": reveal}
    data = {**shown, **told, **_can(on)}
    height = rooms.laptop(drawings, len(counts)) if drawings else None
    if height and (more := rooms.telephone(drawings, len(counts))) > height:
        st.html(rooms.style(key, more))
    mount(data, key, on, height=height or "content")


def figure(
    kind: str,
    data: Mapping[str, Any],
    *,
    key: str,
    height: int | Literal["content"] = "content",
    **told: Callable[[str], None],
) -> None:
    """Show what the script of that kind makes of the data (`data.d.ts`), in a room of so many pixels, which it fills.

    `told` are told, by the names of triggers, what its visitor does there: a text, not yet checked.
    """
    mount(
        {"kind": kind, **data},
        key,
        {name: functools.partial(_hand, key, name, call) for name, call in told.items()},
        height=height,
        triggers=_ALWAYS,
    )


def _hand(key: str, name: str, call: Callable[[str], None]) -> None:
    call(str(st.session_state[key][name]))


def replay(
    series: Sequence[RunFrames],
    *,
    key: str,
    running: bool = False,
    live: Live | None = None,
    shown: Shown = GRADIENT,
    place: Opening | None = None,
    **on: Callable[[], None],
) -> None:
    """Show runs on the layer axis: norms under the net, a slider over their steps, loss and ratio.

    While `running` the newest step is shown, until somebody moves the slider; after `play` a finished run begins at its
    first step. Call it with the same `key` on every update. With `live`, loss and ratio are drawn against the step
    besides, and the drawing hears of new steps itself; where it cannot, `streams` is False from then on. When all runs
    have ended, the page runs again. `shown` names what the steps hold as their norms; `place` is where a finished run
    opens, and who is told when its visitor has moved it; `on` as of `picture`.
    """
    figures, nets = _replayed(tuple(series))
    run = {"nets": nets, "running": running, "plays": played(key), "track": shown._asdict()}
    if live is not None:
        run |= {"last": live.steps, "chance": live.chance, "source": live.source}
    if place is not None:
        run |= {"name": place.run, "at": place.at, "tells": True}
    data = {"figures": figures, "run": record(fields(run)), "counts": []} | _can(on)
    mount(data, key, {"step": lambda: moved(key, place), **on})


@functools.lru_cache(maxsize=16)
def _replayed(series: tuple[RunFrames, ...]) -> tuple[Json, Json]:
    """Their axes and their steps; kept, since a page asks for those of a finished run each time it runs."""
    drawings = norms_drawings(series)
    return array(record(_drawn(each), fields({"nets": nets})) for each, nets in drawings), encoded(series)


@bounded(MOST_TEXT, len)
def _figures(drawings: tuple[Drawing, ...]) -> Json:
    """Drawings side by side; kept, as each page shows the same ones again and again."""
    return array(record(_drawn(each)) for each in drawings)


class StoryChapter(NamedTuple):
    """A chapter of a story: its name in the list, its title, what is said of its net, and the drawing of that."""

    short: str
    title: str
    caption: str
    drawing: Drawing


def story(chapters: Sequence[StoryChapter], *, key: str) -> None:
    """Show the drawing of that chapter which is being read: the page has a header for each, and no other."""
    mount({"kind": "story", "chapters": _told(tuple(chapters)), **_can({})}, key, {})


@functools.lru_cache(maxsize=4)
def _told(chapters: tuple[StoryChapter, ...]) -> Json:
    told = [
        {"short": each.short, "title": each.title, "caption": each.caption, "figure": record(_drawn(each.drawing))}
        for each in chapters
    ]
    return array(record(fields(each)) for each in told)


def moved(key: str, place: Opening | None) -> None:
    """The step that the browser names, or 0 where it is that at which the run opens."""
    told = str(st.session_state[key].step)
    if place is not None and told.isascii() and told.isdigit():
        place.moved(min(int(told[:9]), MOST_STEPS))


def play(key: str) -> None:
    """Play the finished run of that key from its first step when it is shown next. For callbacks."""
    st.session_state[_PLAYS] = key


def played(key: str) -> bool:
    """Whether that run is to be played now, which is asked once."""
    plays = st.session_state.get(_PLAYS) == key
    if plays:
        del st.session_state[_PLAYS]
    return plays


def streams() -> bool:
    """Whether this visitor's browser hears of new steps: as long as it has not said otherwise."""
    return not st.session_state.get(_LOST, False)


@bounded(MOST_TEXT, len)
def _drawn(drawing: Drawing) -> str:
    """The fields of a drawing, which are large: kept, since pages show the same ones again and again."""
    size = {"width": drawing.width, "height": drawing.height}
    return fields({"svg": drawing.svg, "title": drawing.title, **size, **drawing.data})


def _can(on: Mapping[str, object]) -> dict[str, bool]:
    """What a click does in a picture: nothing of which nobody is told."""
    return {"opens": "block" in on, "folds": "stage" in on, "cuts": "cut" in on}


def mount(
    data: Mapping[str, Any],
    key: str,
    on: Mapping[str, Callable[[], None]],
    *,
    height: int | Literal["content"] = "content",
    triggers: Sequence[str] = _TRIGGERS,
) -> None:
    """Show what a script draws of this data; `on` are told of what its visitor does, by the names of triggers."""
    if hidden := hide.now():
        data = {**data, "hides": sorted(hidden)}
    calls = dict.fromkeys(triggers, _nothing) | {"lost": lambda: _note(_LOST), "alone": lambda: _note(_ALONE)} | {**on}
    component = _WHOLE if st.session_state.get(_ALONE, False) else _CANVAS
    sent = record(fields(data)).encode()  # Streamlit would look for data frames in every value
    told = {f"on_{name}_change": functools.partial(_told_by, key, call) for name, call in calls.items()}
    component(key=key, data=sent, height=height, **told)


def _told_by(key: str, call: Callable[[], None]) -> None:
    """Tell what was done in the picture of that key, if it is still there: it may come when the page is another one."""
    if key in st.session_state:
        call()


def _nothing() -> None:
    """The page runs again, and that is all: nothing can be clicked, a run has ended, or the server is back."""


def _note(what: str) -> None:
    st.session_state[what] = True
