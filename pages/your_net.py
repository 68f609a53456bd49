"""Your net: which net somebody has, and how it departs; and somebody's own module, counted and drawn like any other."""

from resnet_explorer.ui.pages.your_net import file, packages
from resnet_explorer.ui.parts import text as parts

parts.opening(
    "Which net is yours?",
    "Choose a file of weights: which net is it, how does it depart from the nearest named net and from the paper, what "
    "does each departure cost in parameters, and what can nobody know from weights alone?",
)
file.panel()

parts.section(
    "A module of your own",
    "Any module of torch can be described: it runs once without data, and every operation is counted, also by torch's "
    "own counter. Look at where its shortcuts are, and at what each stage costs.",
)
packages.panel()
