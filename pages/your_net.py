"""Your net: which net somebody has, and how it departs; and somebody's own module, counted and drawn like any other."""

from resnet_explorer.ui.pages.your_net import file, packages
from resnet_explorer.ui.parts import text as parts

parts.opening(
    file.TITLE,
    "Choose a file of weights: which net is it, how does it depart from the nearest named net and from the paper, what "
    "does each departure cost in parameters, and what can nobody know from weights alone?",
)
file.panel(main=not packages.chosen())

parts.section(
    "A module of your own",
    "A module of torch is described here: it runs once, and each operation is counted, by torch's own counter too. "
    "Look at its shortcuts first, then at the stages.",
)
packages.panel()
