"""Links from before there was a front door: an address without a page's name that holds a view is one of Explore.

Here before a page is loaded; in one that is open, where the server is asked for no page, `frame` leads on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.responses import RedirectResponse

from resnet_explorer.ui.app.below import below
from resnet_explorer.ui.view.link import FRAME
from resnet_explorer.ui.view.navigation import ONWARD

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Onward:
    """ASGI middleware that sends such links on, so that the browser's way back does not lead to them again."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        answer = _redirect(scope) or self.app
        await answer(scope, receive, send)


def _redirect(scope: Scope) -> ASGIApp | None:
    if below(scope) != "":
        return None
    query = scope["query_string"].decode("latin-1")
    if {name for name, _ in parse_qsl(query, keep_blank_values=True)} <= FRAME:
        return None
    return RedirectResponse(f"{scope['path'].rstrip('/')}/{ONWARD}?{query}")
