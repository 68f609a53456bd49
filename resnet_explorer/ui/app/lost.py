"""Addresses in folders that there are none of: Streamlit would answer each with its document, which is blank there.

The document asks for its scripts beside itself. Outside folders, the page itself says of an address that it is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from resnet_explorer.ui.app import words
from resnet_explorer.ui.app.below import below

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NONE = "has nothing at this address"
_ONWARD = 'Everything that it has can be reached from <a href="{}">its front door</a>.'


class Lost:
    """ASGI middleware that says so, and leads to the front door."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        folders = (below(scope) or "").count("/")
        if not folders:
            await self.app(scope, receive, send)
            return
        document = False

        async def told(message: Message) -> None:
            nonlocal document
            document = document or _is_document(scope, message)
            if not document:
                await send(message)

        await self.app(scope, receive, told)
        if document:
            text = _ONWARD.format("../" * folders)  # relative: a proxy may have taken a path away
            await HTMLResponse(words.page(_NONE, text), status_code=404)(scope, receive, send)


def _is_document(scope: Scope, message: Message) -> bool:
    """Whether that is Streamlit's document: what there is of HTML besides is not among its static files."""
    return (
        message["type"] == "http.response.start"
        and isinstance(scope.get("endpoint"), StaticFiles)
        and Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
    )
