"""The stylesheet of all pages, inside the one HTML file of the application.

What a page sends of its own is applied when Streamlit's scripts come to it: texts and pictures would be drawn before,
and jump. At the end of the body it comes before all of them, and wins over Streamlit's rules of equal weight.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SHEET = "\n".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("style.css", "present.css"))
_END = b"</body>"
_STYLE = f"<style>\n{SHEET}</style>\n  ".encode()
_OF_THE_FILE = ("content-length", "etag", "last-modified", "accept-ranges")
"""Headers that are true of the file alone: by them a browser would keep an older sheet."""


class Sheet:
    """ASGI middleware that writes the stylesheet into pages of HTML."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back: that of a page as it is, not packed."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, _Styled(send))


class _Styled:
    """Sends an answer on; where it is HTML, whole and with the style in it."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            if message["status"] == 200 and headers.get("content-type", "").startswith("text/html"):
                self.start = message
                return
        elif self.start is not None:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._whole(self.start)
            return
        await self.send(message)

    async def _whole(self, start: Message) -> None:
        head, end, rest = self.body.rpartition(_END)
        body = head + _STYLE + end + rest if end else self.body
        headers = MutableHeaders(raw=list(start["headers"]))
        for name in _OF_THE_FILE:
            del headers[name]
        headers["content-length"] = str(len(body))
        await self.send({**start, "headers": headers.raw})
        await self.send({"type": "http.response.body", "body": body})
