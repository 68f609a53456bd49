"""What is put into the document of every page: early scripts, what the theme cannot say, a word where nothing comes.

A page that sent its style itself would send it with each run, and move when it arrives.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from resnet_explorer.ui.app import early
from resnet_explorer.ui.app.below import below
from resnet_explorer.ui.view.navigation import START

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SHEETS = [Path(__file__).with_name(name) for name in ("style.css", "paper.css", "present.css")]
_HEAD, _END = b"</head>", b"</body>"
_UNREACHED = """<p id="unreached" role="status">This page has heard nothing from the server for ten seconds. If that is
not just busy, something in between keeps websockets back: a proxy has to pass on Host, Upgrade and Connection.
Reload to try again.</p>
<p id="away" role="status">The server does not answer; this page goes on trying.</p>
"""
"""Hidden by the style, but where Streamlit has shown its grey bars for so long, and where the server has gone."""
_SAME = ("etag", "last-modified")
"""By these a browser would keep the document of another version."""


class Styled:
    """ASGI middleware that adds to Streamlit's document; our style sheet ends it, so that nothing overrules it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        sheets = "\n".join(sheet.read_text(encoding="utf-8") for sheet in _SHEETS)
        style = f"<style>\n{sheets}</style>\n{_UNREACHED}"
        self.style = style.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and style what is answered if that is the document."""
        page = below(scope)
        if page is None or "/" in page or scope["method"] != "GET":  # a page that is taken away is in a folder
            await self.app(scope, receive, send)
            return
        if (b"accept", b"text/html") in ((name, value[:9]) for name, value in scope["headers"]):
            # Compressed, it could not be written into.
            scope = {**scope, "headers": [each for each in scope["headers"] if each[0] != b"accept-encoding"]}
        before = {_HEAD: early.links(page or START).encode(), _END: self.style}
        await self.app(scope, receive, _Document(before, send).send)


class _Document:
    """An answer on its way; what is a document waits until it is whole."""

    def __init__(self, before: dict[bytes, bytes], send: Send) -> None:
        self._before, self._send = before, send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_document(message):
            self._start = message
        elif self._start is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._end(self._start)

    async def _end(self, start: Message) -> None:
        body = self._body
        for end, added in self._before.items():
            body = body.replace(end, added + end, 1)
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["content-length"] = str(len(body))
        for name in _SAME:
            del headers[name]
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _is_document(message: Message) -> bool:
    headers = MutableHeaders(raw=list(message["headers"]))
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
