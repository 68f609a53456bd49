"""A race in one frame of fixed height: its controls, the losses, the net, and two rows of numbers of each layer."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.analysis import analyse
from resnet_explorer.diagrams import layout, strip
from resnet_explorer.diagrams.columns import columns
from resnet_explorer.tasks.train import TAIL
from resnet_explorer.ui.canvas.frames import GRADIENT, RunFrames, encoded
from resnet_explorer.ui.canvas.mount import Opening, mount, moved, played
from resnet_explorer.ui.canvas.written import fields, record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resnet_explorer.spec import NetSpec

HEIGHT = 628
"""With the bar above it this fits a window 720 pixels high."""


class Row(NamedTuple):
    """Numbers of each layer under the net: on a scale between two powers of ten, which is the same for every run.

    With `share` each is drawn as part of its net's whole (√ of the sum of the squares of all of its layers), in per
    cent: nets at different losses have gradients of different sizes. With `percent` it is a part as it comes.
    `top` says what it means to stand at the top.
    """

    title: str
    unit: str
    short: str
    low: int
    high: int
    share: bool = False
    percent: bool = False
    none: str = "not finite"
    top: str = ""


class Press(NamedTuple):
    """What the buttons do, what the first one is called, and which of them can be pressed."""

    run: Callable[[], None]
    stop: Callable[[], None]
    label: str = "Run"
    can_run: bool = True
    can_stop: bool = False
    cut: Callable[[], None] | None = None
    """Told that a shortcut was pressed, where these can be cut."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrainingCurves:
    """A race as it is shown; `source` is where it is told while it goes on, `words` say what the picture shows."""

    title: str
    status: str
    words: str
    series: Sequence[RunFrames]
    rows: tuple[Row, ...]
    steps: int
    chance: float
    running: bool = False
    source: str = ""


def race(shown: TrainingCurves, press: Press, place: Opening, *, key: str) -> None:
    """Show a race. Nets stand at the same step always, and all scales are fixed.

    The run before, of other choices, stays as pale lines in the same picture.
    """
    net = max(shown.series, key=lambda one: one.residual).report.spec
    run = {
        "nets": encoded(shown.series),
        "running": shown.running,
        "plays": played(key),
        "track": GRADIENT._asdict(),
        "last": shown.steps,
        "chance": shown.chance,
        "source": shown.source,
        "name": place.run,
        "at": place.at,
        "tells": True,
        "together": True,
    }
    data = {
        "kind": "race",
        "title": shown.title,
        "status": shown.status,
        "words": shown.words,
        "rows": [row._asdict() for row in shown.rows],
        "press": {"label": press.label, "run": press.can_run, "stop": press.can_stop},
        "run": record(fields(run)),
        "tail": TAIL,
        "cuts": press.cut is not None,
        **_net(net),
    }
    on = {"step": lambda: moved(key, place), "run": press.run, "stop": press.stop}
    mount(data, key, on | ({"cut": press.cut} if press.cut else {}), height=HEIGHT)


@functools.lru_cache(maxsize=32)
def _net(spec: NetSpec) -> dict[str, Any]:
    """Its layers, each with its height and shade, and its blocks, each with its shortcut, if it has one."""
    drawn, spans = columns(analyse(spec))
    scale = layout.bars(drawn)
    return {
        "layers": [[column.layer.path, scale.part(column.layer.side), strip.shade(column)] for column in drawn],
        "arcs": [[span.first, span.last, span.shortcut, span.path] for span in spans],
    }
