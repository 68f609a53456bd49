"""The guard: it stands before Streamlit and turns away what has no business here.

A page of another site can have its visitor's browser open a websocket to this server, or send it something. A browser
then names that site as the Origin. Streamlit would ask the internet for its own address to judge it, and let everybody
wait meanwhile; here the Origin has to be the Host that was asked for. Who names none is no browser: no foreign page can
make one leave it out, so scripts are let through.

Whoever is let through has so many frames (`frames`), shares the server with so many others, and is told by every answer
what a page may do (`headers`).
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.websockets import WebSocketClose

from resnet_explorer.jobs.machine import number
from resnet_explorer.ui.app import cookies, headers, words
from resnet_explorer.ui.app.frames import Frames
from resnet_explorer.ui.app.quiet import RepeatFilter

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)
log.addFilter(RepeatFilter())

SESSIONS = "RESNET_EXPLORER_MAX_SESSIONS"
MOST_SESSIONS = 150
UPLOADS = "/_stcore/upload_file"
_READS = {"GET", "HEAD", "OPTIONS"}
_POLICY_VIOLATION, _TRY_AGAIN_LATER = 1008, 1013
_PORTS = {"http": "80", "https": "443"}
_PLACE = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^\s/?#@:\[\]]+)(:(?P<port>[0-9]{1,5}))?")
FULL = "is full"
_WAIT = (
    "{most} people are here, the most this server takes at once. This page tries again every ten seconds; whoever "
    "closes a tab makes room."
)
_AGAIN = '<meta http-equiv="refresh" content="10">'


class Guard:
    """ASGI middleware that refuses uploads, which no page takes, foreign pages, floods, and more than it can serve."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.most = int(number(SESSIONS, MOST_SESSIONS))
        self.open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        answer = _refusal(scope) or self._full(scope)
        if scope["type"] == "websocket" and not answer:
            await self._connection(scope, receive, send)
        elif scope["type"] == "http":
            await (answer or cookies.answer(scope) or self.app)(scope, receive, _told(scope, send))
        else:
            await (answer or self.app)(scope, receive, send)

    def _full(self, scope: Scope) -> ASGIApp | None:
        """What a visitor is answered for whom there is no room."""
        if self.open < self.most:
            return None
        if scope["type"] == "websocket":
            log.warning("%s visitors are here, the most there can be: others are asked to wait.", self.most)
            return WebSocketClose(_TRY_AGAIN_LATER)
        if cookies.is_page(scope):
            return HTMLResponse(
                words.page(FULL, _WAIT.format(most=self.most), _AGAIN), status_code=503, headers={"Retry-After": "10"}
            )
        return None

    async def _connection(self, scope: Scope, receive: Receive, send: Send) -> None:
        frames = Frames(receive, send)
        self.open += 1
        try:
            await self.app(scope, frames.receive, frames.send)
        finally:
            self.open -= 1
            if frames.why:
                log.warning("A visitor was cut off: %s.", frames.why)


def _told(scope: Scope, send: Send) -> Send:
    """As `send`, with the headers of every answer, and a name for a visitor who has none."""
    more = [*headers.security(), *cookies.named(scope)]

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *more]}
        await send(message)

    return told


def _refusal(scope: Scope) -> ASGIApp | None:
    """What a request is answered that is not passed on."""
    kind = scope["type"]
    if kind == "http" and UPLOADS in scope["path"]:
        return PlainTextResponse("Nothing can be uploaded here.\n", status_code=404)
    changes = kind == "websocket" or (kind == "http" and scope["method"] not in _READS)
    if not changes or own(Headers(scope=scope)):
        return None
    log.warning("A page of another site was refused: Origin is not Host. A proxy in between has to pass Host on.")
    if kind == "websocket":
        return WebSocketClose(_POLICY_VIOLATION)  # before it is accepted: the browser is told 403
    return PlainTextResponse("Pages of other sites are not served here.\n", status_code=403)


def own(headers: Headers) -> bool:
    """Whether a request comes from a page of this server, or from no page.

    A proxy may speak TLS in our place, so only the Origin's scheme counts: by it a port that is not named is known.
    """
    origins, hosts = headers.getlist("origin"), headers.getlist("host")
    if not origins:
        return True
    scheme, _, place = origins[0].lower().partition("://")
    there = _place(place, scheme)
    return len(origins) == len(hosts) == 1 and there is not None and there == _place(hosts[0].lower(), scheme)


def _place(text: str, scheme: str) -> tuple[str, str] | None:
    """Name and port of a server; None where the text is not of that form."""
    found = _PLACE.fullmatch(text)
    return (found["name"], found["port"] or _PORTS[scheme]) if found and scheme in _PORTS else None
