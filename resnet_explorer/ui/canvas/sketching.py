"""Empty axes on which a line is drawn, as the browser takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resnet_explorer.experiments.sketch import SIDES
from resnet_explorer.figures import ends, plot, scale
from resnet_explorer.ui.canvas.mount import figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.experiments.sketch import Guess, Sketch
    from resnet_explorer.figures.scale import Axis


def sketch(blank: Sketch, guess: Guess, *, key: str, changed: Callable[[str], None]) -> None:
    """Show the axes, with what was drawn on them; `changed` is told of the heights of another line, not yet checked."""
    figure("sketch", data(blank, guess), key=key, height=plot.HEIGHT, setting=changed)


def data(blank: Sketch, guess: Guess) -> dict[str, Any]:
    """What the browser is sent: `SketchData` in `kinds.d.ts`."""
    left, right = SIDES
    low, high = blank.ends(blank.y)
    bottom, top = (scale.value(end, low, high, blank.y) for end in (0.0, 1.0))
    return {
        "line": blank.line,
        "residual": blank.residual,
        "room": [left, plot.TOP, right, plot.BOTTOM, plot.HEIGHT],
        "x": {"title": blank.x.title, "ticks": _ticks(blank, blank.x)},
        "y": {"title": blank.y.title, "ticks": _ticks(blank, blank.y), "log": blank.y.log, "ends": [bottom, top]},
        "rules": [
            [scale.share(rule.at, low, high, blank.y), "\n".join(ends.lines_of(rule.label))] for rule in blank.rules
        ],
        "places": [[scale.share(place, *blank.ends(blank.x), blank.x), f"{place:.3g}"] for place in blank.places],
        "heights": blank.heights(guess),
    }


def _ticks(blank: Sketch, axis: Axis) -> list[list[Any]]:
    low, high = blank.ends(axis)
    return [[scale.share(at, low, high, axis), label] for at, label in scale.marks(low, high, axis)]
