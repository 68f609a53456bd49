"""Compare: two nets, what differs, and what it comes from."""

from resnet_explorer.spec import title
from resnet_explorer.ui.pages.compare import causes
from resnet_explorer.ui.pages.compare import nets as versus
from resnet_explorer.ui.parts import taking
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached, link
from resnet_explorer.ui.view.views import CompareView

a, b = link.net(), link.net(versus.OTHER)
found = cached.compared(a, b)

parts.opening(
    f"{title(a)} against {title(b)}",
    "Look for the same stage in both: it stands in the same place. Pale layers are the same in A and B, full ones "
    "differ, boldly outlined ones stand in this net alone.",
)
versus.choices()
versus.drawn(a, b)
parts.meaning(versus.reading(found))
versus.changes_of_nets()

parts.section(
    "Layer by layer",
    "What each layer costs: the same stage stands in the same place, and both nets are drawn to one scale.",
)
versus.costs(a, b)

with parts.together():
    versus.numbers(found, "One row a measure: look at the last column, where 1.00 means equal.")
    parts.section(
        "What the difference comes from",
        "From A at the top to B at the bottom, each bar is one choice that was changed: amber adds, green takes away.",
    )
causes.split(found, link.choices(CompareView))

versus.changed(a, b)
taking.away(a, taking.compared(b))
