"""Drawings on a page: in light and dark, at every width, under mouse, touch and keyboard."""

from resnet_explorer.ui.canvas.charting import Described, chart, described
from resnet_explorer.ui.canvas.count import Limit, StatedNumber
from resnet_explorer.ui.canvas.frames import GRADIENT, Live, RunFrames, Shown, columns, norms_drawings, numbers
from resnet_explorer.ui.canvas.mount import (
    Opening,
    StoryChapter,
    figure,
    picture,
    play,
    replay,
    story,
    streams,
)
from resnet_explorer.ui.canvas.script import PATH, script
from resnet_explorer.ui.canvas.sketching import sketch
from resnet_explorer.ui.canvas.training_curves import Press, Row, TrainingCurves, race

__all__ = [
    "GRADIENT",
    "PATH",
    "Described",
    "Limit",
    "Live",
    "Opening",
    "Press",
    "Row",
    "RunFrames",
    "Shown",
    "StatedNumber",
    "StoryChapter",
    "TrainingCurves",
    "chart",
    "columns",
    "described",
    "figure",
    "norms_drawings",
    "numbers",
    "picture",
    "play",
    "race",
    "replay",
    "script",
    "sketch",
    "story",
    "streams",
]
