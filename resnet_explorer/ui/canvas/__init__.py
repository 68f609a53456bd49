"""Drawings on a page: in light and dark, at every width, under mouse, touch and keyboard."""

from resnet_explorer.ui.canvas.count import Count, Limit
from resnet_explorer.ui.canvas.frames import GRADIENT, Live, Series, Shown, columns, norms_drawings, numbers
from resnet_explorer.ui.canvas.mount import Place, figure, picture, play, replay, streams
from resnet_explorer.ui.canvas.script import PATH, script

__all__ = [
    "GRADIENT",
    "PATH",
    "Count",
    "Limit",
    "Live",
    "Place",
    "Series",
    "Shown",
    "columns",
    "figure",
    "norms_drawings",
    "numbers",
    "picture",
    "play",
    "replay",
    "script",
    "streams",
]
