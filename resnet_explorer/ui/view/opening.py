"""Whether a talk's beat opens: its page has a figure to show, and its choices are taken as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.spec import title
from resnet_explorer.ui.view import allowed, cached, hide, link
from resnet_explorer.ui.view.navigation import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resnet_explorer.spec import NetSpec
    from resnet_explorer.talks import Beat

SHOWN = tuple(page.name for page in PAGES if page.presents)
"""Pages that can be presented."""


def refused(beat: Beat) -> Iterator[str]:
    """A sentence for each thing of its view that does not open."""
    if beat.page not in SHOWN:
        yield f"view is {beat.view!r}; a beat shows one of {', '.join(SHOWN)}, with the rest of its link"
        return
    texts, problems = link.accept(beat.texts)
    yield from problems
    if beat.page == "block" and (lacking := blockless(link.net_of(texts))):
        yield lacking
    if beat.page == "your_net" and (foreign := allowed.refused(texts.get("constructor", ""))):
        yield f"{foreign} ({allowed.PACKAGES})"
    if beat.page == "laboratory" and "guess" in texts and "answer" in hide.named(texts.get(hide.NAME, "")):
        yield "it hides the answer that it opens with; leave out guess, and its question is shown"


def blockless(spec: NetSpec) -> str:
    """Why Block has nothing to draw of a net; empty where it has."""
    if cached.report(spec.residual).blocks:
        return ""
    return f"{title(spec)} has no blocks: its layers follow one another. Choose a residual net"
