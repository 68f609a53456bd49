"""The row under a net of the layer axis: which number of its layers is shown, and what it is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis.conventions import capital
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import controls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resnet_explorer.experiments import Track


def choose(view: type, tracks: Iterable[Track], track: Track) -> None:
    """Which of these tracks is shown, as a choice of the view; what it says stands in the text beside it."""
    titles = {each.name: capital(each.title) for each in tracks}
    controls.radio(view, "track", titles, track.name, named=True)


def shown(track: Track, note: str = "") -> canvas.Shown:
    """What a track says of itself in the picture; `note` stands there as long as there is nothing to see."""
    return canvas.Shown(track.title, track.unit, track.short, track.still, note, track.none)
