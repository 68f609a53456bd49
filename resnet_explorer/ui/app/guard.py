"""The guard: it stands before Streamlit and turns away what has no business here.

A page of another site can have its visitor's browser open a websocket to this server, or send it something. A browser
then names that site as the Origin. Streamlit would ask the internet for its own address to judge it, and let everybody
wait meanwhile; here the Origin has to be the Host that was asked for. Who names none is no browser: no foreign page can
make one leave it out, so scripts are let through.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocketClose

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger(__name__)

UPLOADS = "/_stcore/upload_file"
_READS = {"GET", "HEAD", "OPTIONS"}
_POLICY_VIOLATION = 1008
_PORTS = {"http": "80", "https": "443"}
_PLACE = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^\s/?#@:\[\]]+)(:(?P<port>[0-9]{1,5}))?")


class Guard:
    """ASGI middleware that refuses uploads, which no page takes, and what a page of another site asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        answer = _refusal(scope) or self.app
        await answer(scope, receive, send)


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
