"""Your net: which net somebody has, and how it departs from those that have a name."""

from resnet_explorer.ui.pages.your_net import file
from resnet_explorer.ui.parts import text as parts

parts.opening(
    "Which net is yours?",
    "Drop a file of weights, and see which net it is, how it departs from the nearest named net and from the paper, "
    "what each departure costs in parameters, and what nobody can know from weights alone.",
)
file.panel()
