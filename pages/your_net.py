"""Your net: somebody's own module, counted, drawn and compared like those of the catalogue."""

from resnet_explorer.ui.pages.your_net import packages
from resnet_explorer.ui.parts import text as parts

parts.opening(
    "Your net",
    "A module of torch is described here: it runs once, and each operation is counted, by torch's own counter too. "
    "Look at its shortcuts first, then at the stages.",
)
packages.panel()
