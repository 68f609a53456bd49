"""Whether a talk's beat opens: its page has a main figure, and its choices are taken as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.ui.view import link
from resnet_explorer.ui.view.navigation import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resnet_explorer.talks import Beat

SHOWN = tuple(page.name for page in PAGES if page.presents)
"""Pages that can be presented."""


def refused(beat: Beat) -> Iterator[str]:
    """A sentence for each thing of its view that does not open."""
    if beat.page not in SHOWN:
        yield f"view is {beat.view!r}; a beat shows one of {', '.join(SHOWN)}, with the rest of its link"
        return
    yield from link.accept(beat.texts)[1]
