"""What an exercise takes away: `hide=` names controls as links do, and a few parts of pages. What they hold stays."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from resnet_explorer.errors import ExplorerError
from resnet_explorer.ui.view import glance
from resnet_explorer.ui.view.labels import PREFIXES, called

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

PARTS = {
    "answer": "what a picture means, and the Laboratory's answer",
    "build": "the editors of nets",
    "depth": "what makes a net deep: its name and its blocks",
    "download": "files to take away",
    "handout": "Hand-out",
    "measure": "what is built or timed for you",
    "numbers": "the large numbers, and the builder's; on Explore also the net's name, and the layers and totals in its "
    "picture",
    "present": "Present",
    "share": "Copy link and QR code",
    "table": "tables",
    "tiles": "on Bottleneck, what the field is filled with, how often, and its arithmetic",
    "undo": "Undo and Reset",
}
"""Parts of pages that no choice of a link is, and what each takes away."""

DEPTH = ("net", "blocks", "convs", "cut")
"""What `depth` takes away, of each net of the view."""
NAME = "hide"
"""A choice that no button of a page takes back: it is of whoever made the link."""


@functools.lru_cache(maxsize=256)
def named(text: str) -> frozenset[str]:
    """What a link's text takes away."""
    names = frozenset(filter(None, text.split(",")))
    deep = {prefix + name for prefix in PREFIXES for name in DEPTH} if "depth" in names else set()
    return names | deep


def hides(name: str, label: str = "") -> bool:
    """Whether the view takes that control away; asked for each that a page has, so that all can be listed."""
    asked = glance.asked()
    asked[name] = label or PARTS.get(name) or called(name) or name
    if name in named("depth"):
        asked["depth"] = PARTS["depth"]
    return name in now()


def now() -> frozenset[str]:
    """All that the view takes away."""
    return named(glance.texts().get(NAME, ""))


def among(names: Iterable[str]) -> list[str]:
    """Which of these controls the view takes away."""
    return [name for name in names if hides(name)]


def kept() -> dict[str, str]:
    """The text that goes with whatever else is chosen."""
    text = glance.texts().get(NAME)
    return {NAME: text} if text else {}


def asked() -> dict[str, str]:
    """The controls of the page that has just run, each with its label."""
    return dict(glance.asked())


def checked(texts: dict[str, str], known: Collection[str]) -> list[ExplorerError]:
    """Leave in the texts of a view only names that there are; a sentence for each other."""
    names = texts.pop(NAME, "").split(",")
    kept = sorted({name for name in names if name in {*known, *PARTS} - {NAME}})
    texts |= {NAME: ",".join(kept)} if kept else {}
    return [
        ExplorerError(
            f"hide names {name!r}, which is no control; allowed: names that stand in links, and {', '.join(PARTS)}"
        )
        for name in names
        if name and name not in kept
    ]
