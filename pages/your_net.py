"""Your net: somebody's own module, counted, drawn and compared like those of the catalogue."""

from resnet_explorer.ui.pages.your_net import packages
from resnet_explorer.ui.parts import text as parts

parts.opening(
    "Your net",
    "Any module of torch can be described: it runs once without data, and every operation is counted, also by torch's "
    "own counter. Look at where its shortcuts are, and at what each stage costs.",
)
packages.panel()
