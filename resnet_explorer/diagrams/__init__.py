"""Pictures as SVG, drawn from the description. Pure: no Streamlit, no torch, nothing from outside."""

from resnet_explorer.diagrams.axis import axis
from resnet_explorer.diagrams.block import abreast, block, channel_scale
from resnet_explorer.diagrams.columns import foldable, folding
from resnet_explorer.diagrams.dot import dot
from resnet_explorer.diagrams.drawing import Drawing
from resnet_explorer.diagrams.layout import COSTS, LOW, UNTOLD, WHOLE, WITH_NORMS, Form
from resnet_explorer.diagrams.style import SHEET, standalone
from resnet_explorer.diagrams.tracks import MEASURE_TRACKS, MeasureTrack
from resnet_explorer.diagrams.window import window

__all__ = [
    "COSTS",
    "LOW",
    "MEASURE_TRACKS",
    "SHEET",
    "UNTOLD",
    "WHOLE",
    "WITH_NORMS",
    "Drawing",
    "Form",
    "MeasureTrack",
    "abreast",
    "axis",
    "block",
    "channel_scale",
    "dot",
    "foldable",
    "folding",
    "standalone",
    "window",
]
