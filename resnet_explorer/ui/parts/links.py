"""Links in texts, and many of them in one component: a link of Streamlit's costs each run of a page its share.

A link is one of the browser, with its address: Ctrl and a click open it in another tab, as any other.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from resnet_explorer.ui import canvas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Link(NamedTuple):
    """A link: its label, where it leads (what `link.afresh` or `link.onward` gives), and words under it or on hover."""

    label: str
    to: Mapping[str, Any]
    words: str = ""


class LinkGroup(NamedTuple):
    """Links that stand together: how they look (`doors`, `nets` or `pages`), and their title."""

    look: str
    links: Sequence[Link]
    title: str = ""


def show(groups: Sequence[LinkGroup], *, key: str) -> None:
    """Show links in their groups."""
    told = [
        {"look": each.look, "title": each.title, "links": [[_href(it), it.label, it.words] for it in each.links]}
        for each in groups
    ]
    canvas.figure("ways", {"groups": told}, key=key)


def inline(label: str, to: Mapping[str, Any]) -> str:
    """A link in a text, for Markdown: a script (`followed.js`) follows it without loading the page anew."""
    return f"[{label}]({_href(Link(label, to))})"


def _href(link: Link) -> str:
    return _written(link.to["page"].url_path or ".", tuple(link.to["query_params"].items()))


@functools.lru_cache(maxsize=512)
def _written(place: str, texts: tuple[tuple[str, str], ...]) -> str:
    return place + (f"?{urlencode(texts, safe=',')}" if texts else "")
