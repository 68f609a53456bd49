"""Drawings on a page: in light and dark, at every width, under mouse, touch and keyboard."""

from resnet_explorer.ui.canvas.frames import Live, Series, norms_drawings
from resnet_explorer.ui.canvas.mount import picture, replay

__all__ = ["Live", "Series", "norms_drawings", "picture", "replay"]
