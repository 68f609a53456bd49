"""Streamlit's own scripts, compressed: a class that opens the first page fetches a third of the bytes.

Streamlit sends them as they are, since its server would compress them anew for everybody; here each is compressed once,
when it is first asked for, and kept: 30 MB in all, of which pages need 9, and 2.3 compressed. Of its 4,000 icons those
are sent that are shown (`scripts/make_icons.py`): all would come over the line while the first page does. For these a
browser asks again each time: they are others when we show others, and another app at this address has Streamlit's own.
"""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from resnet_explorer.ui.app import early
from resnet_explorer.ui.app.below import below

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER = early.FOLDER.parent
ICONS = Path(__file__).with_name("icons")
KINDS = {".js": "application/javascript", ".css": "text/css; charset=utf-8"}
HEADERS = {
    "cache-control": "public, immutable, max-age=31536000",
    "content-encoding": "gzip",
    "vary": "accept-encoding",
}
"""A script's name holds its hash, so that it never changes; so says Streamlit too."""
LATE = "PlotlyChart."
PAINTED = b"""
if (!document.querySelector("[class*=st-key-main_chart]")) await new Promise(on => {
  const idle = window.requestIdleCallback ?? setTimeout;
  requestAnimationFrame(() => idle(() => requestAnimationFrame(() => idle(on))));
  setTimeout(on, 500);
});
"""
"""Stands before the script of charts, which takes a browser half a second and more to begin with: headline and main
figure are painted first, where that figure is no such chart (`parts.chart` names them). A page in the background has no
frames to wait for.
"""


class Packed:
    """ASGI middleware that answers for a script of Streamlit's where the browser takes it compressed and whole."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._files = {path.relative_to(FOLDER.parent).as_posix(): path for path in _files()}
        self._files |= {f"static/media/{path.name}": path for path in ICONS.glob("*.woff2")}
        self._fonts = StaticFiles()
        self._packed: dict[Path, asyncio.Task[bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        answer, file = self.app, self._file(scope)
        if file and file.parent == ICONS:
            answer = self._fonts.file_response(file, file.stat(), scope)
            answer.headers.update({"cache-control": "no-cache", "content-type": "font/woff2"})
        elif file and _takes(Headers(scope=scope)):
            answer = Response(await self._body(file), headers={**HEADERS, "content-type": KINDS[file.suffix]})
        await answer(scope, receive, send)

    def _file(self, scope: Scope) -> Path | None:
        file = self._files.get(below(scope) or "")
        return file if file and scope["method"] == "GET" else None

    async def _body(self, file: Path) -> bytes:
        """Whoever asks while it is being compressed waits for the same one."""
        if file not in self._packed:
            self._packed[file] = asyncio.create_task(asyncio.to_thread(_compressed, file))
        return await asyncio.shield(self._packed[file])


def _files() -> list[Path]:
    return [path for path in FOLDER.rglob("*") if path.suffix in {".js", ".css"}]


def _takes(headers: Headers) -> bool:
    """Whether a browser takes it compressed, and asks for all of it, whatever it has kept."""
    asked = {"range", "if-none-match", "if-modified-since"} & set(headers)
    return "gzip" in headers.get("accept-encoding", "") and not asked


def _compressed(file: Path) -> bytes:
    first = PAINTED if file.name.startswith(LATE) else b""
    whole = file.read_bytes()
    if file.name.startswith(early.HELPER):
        whole = early.helper(whole.decode()).encode()
    return gzip.compress(first + whole, 9, mtime=0)
