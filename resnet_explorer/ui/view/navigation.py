"""The pages, in the order of the story."""

from __future__ import annotations

from dataclasses import dataclass

from resnet_explorer.installation import APP_FOLDER
from resnet_explorer.registry import Registry

FOLDER = APP_FOLDER / "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its script in `pages/` is named as it is. `edits` says whether it is about the net of the sidebar."""

    name: str
    title: str
    help: str
    edits: bool = True


PAGES = Registry(
    "page",
    (
        Page(name="explore", title="Explore", help="One net: drawn layer by layer, and counted to the last parameter."),
        Page(name="block", title="Block", help="One residual block, drawn to scale, beside its plain counterpart."),
        Page(
            name="bottleneck",
            title="Bottleneck",
            help="Where the factor of 17 comes from, and what it is worth.",
            edits=False,
        ),
        Page(
            name="progression",
            title="Progression",
            help="From VGG to ResNet and its heirs, one change at a time.",
            edits=False,
        ),
        Page(name="compare", title="Compare", help="Two nets: what differs, and what it comes from.", edits=False),
        Page(name="catalogue", title="All nets", help="Every named net, with what was published of it.", edits=False),
        Page(name="ledger", title="Ledger", help="One number, every convention, each difference named."),
        Page(name="cost", title="Cost", help="Memory, receptive field and time: what MACs leave out."),
        Page(
            name="your_net",
            title="Your net",
            help="Which net a file of weights is, and somebody's own module, counted and drawn.",
            edits=False,
        ),
        Page(name="gradients", title="Gradients", help="Train a plain and a residual net side by side.", edits=False),
        Page(
            name="laboratory",
            title="Laboratory",
            help="Experiments that show why residual nets train, run on your machine.",
            edits=False,
        ),
        Page(name="why", title="Why it works", help="The story, each claim beside its evidence.", edits=False),
    ),
)
