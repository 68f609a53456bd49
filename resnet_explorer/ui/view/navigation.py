"""The pages, by the question that they answer."""

from __future__ import annotations

from dataclasses import dataclass

from resnet_explorer.installation import APP_FOLDER
from resnet_explorer.registry import Registry

FOLDER = APP_FOLDER / "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its script in `pages/` is named as it is; in the bar it stands in its `section`, if it has one.

    `edits` says whether it is about the net of the frame, which can be built in the sidebar, `controls` whether it has
    the frame's controls, `presents` whether it has a main figure (`parts.present.figure`), which can be shown alone.
    """

    name: str
    title: str
    help: str
    section: str = ""
    edits: bool = True
    controls: bool = True
    presents: bool = False


ARCHITECTURE, NUMBERS, TRAINING = "Architecture", "Numbers", "Training"

PAGES = Registry(
    "page",
    (
        Page(
            name="start",
            title="ResNet Explorer",
            help="What this is, and where everything stands.",
            edits=False,
            controls=False,
            presents=True,
        ),
        Page(
            name="why",
            title="Why it works",
            help="The story, each claim beside its evidence.",
            edits=False,
            presents=True,
        ),
        Page(
            name="explore",
            title="Explore",
            help="One net: drawn layer by layer, and counted to the last parameter.",
            section=ARCHITECTURE,
            presents=True,
        ),
        Page(
            name="block",
            title="Block",
            help="One residual block, drawn to scale, beside its plain counterpart.",
            section=ARCHITECTURE,
            presents=True,
        ),
        Page(
            name="bottleneck",
            title="Bottleneck",
            help="How many times fewer weights a bottleneck has, and what that is worth.",
            section=ARCHITECTURE,
            edits=False,
            presents=True,
        ),
        Page(
            name="progression",
            title="Progression",
            help="From VGG to ResNet and its heirs, step by step.",
            section=ARCHITECTURE,
            edits=False,
            presents=True,
        ),
        Page(
            name="compare",
            title="Compare",
            help="Two nets: what differs, and what it comes from.",
            section=ARCHITECTURE,
            edits=False,
            presents=True,
        ),
        Page(
            name="catalogue",
            title="All nets",
            help="Every named net, with what was published of it.",
            section=NUMBERS,
            edits=False,
            presents=True,
        ),
        Page(
            name="ledger",
            title="Ledger",
            help="One number, every convention, each difference named.",
            section=NUMBERS,
            presents=True,
        ),
        Page(
            name="cost",
            title="Cost",
            help="Memory, receptive field and time: what MACs leave out.",
            section=NUMBERS,
            presents=True,
        ),
        Page(
            name="your_net",
            title="Your net",
            help="Which net a file of weights is, and somebody's own module, counted and drawn.",
            section=NUMBERS,
            edits=False,
            presents=True,
        ),
        Page(
            name="gradients",
            title="Gradients",
            help="Train a plain and a residual net side by side.",
            section=TRAINING,
            edits=False,
            presents=True,
        ),
        Page(
            name="laboratory",
            title="Laboratory",
            help="Experiments that show why residual nets train; each can be run here.",
            section=TRAINING,
            edits=False,
            presents=True,
        ),
    ),
)
"""The first one stands at the address without a name."""

START = PAGES.names[0]
"""The front door, whose address holds no view."""

ONWARD = "explore"
"""The page that an address without a page's name means if it holds a view: all such links are of it."""


def sections() -> dict[str, list[Page]]:
    """The pages of each section, those that have none first."""
    found: dict[str, list[Page]] = {}
    for each in PAGES:
        found.setdefault(each.section, []).append(each)
    return found
