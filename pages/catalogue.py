"""All nets: every named net in one table, and accuracy against cost, one protocol at a time."""

from resnet_explorer.analysis import measures
from resnet_explorer.ui.pages import catalogue as shelf
from resnet_explorer.ui.parts import cells
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import link
from resnet_explorer.ui.view.views import CatalogueView

view = link.choices(CatalogueView)

parts.opening(
    "All nets",
    "Up is better, right is dearer. Follow a line: its nets are of one family, shallow to deep. Blue has shortcuts, "
    "orange none. A ring marks a net that no other equals or beats in both.",
)
shelf.choices()
shelf.chart(view)

parts.section(
    "Every net",
    parts.by_hand("Sort by a column's head.")
    + f" {cells.HINT} Accuracies of different protocols stand in different columns, and must not be compared: for "
    f"ResNet-50 alone, two recipes of training differ by {shelf.apart('resnet50')}.",
)
shelf.table(view)
with parts.together():
    shelf.protocols()
    parts.source(f"Counts are for one image of the size in the table. {measures.COUNTING}")
