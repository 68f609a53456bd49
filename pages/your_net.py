"""Your net: which net somebody has, and how it departs from those that have a name."""

from resnet_explorer.ui.pages.your_net import file
from resnet_explorer.ui.parts import text as parts

parts.opening(
    "Which net is yours?",
    "Choose a file of weights: which net is it, how does it depart from the nearest named net and from the paper, what "
    "does each departure cost in parameters, and what can nobody know from weights alone?",
)
file.panel()
