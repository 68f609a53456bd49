"""What the server does besides pages: workers warm up beside it and go with it, and it tells of runs."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.responses import RedirectResponse
from starlette.routing import Route
from streamlit.runtime.app_session import AppSession

from resnet_explorer import jobs as service
from resnet_explorer.ui.app import health, heard, leaving, quiet, settled, spared
from resnet_explorer.ui.canvas import stream
from resnet_explorer.ui.parts import share
from resnet_explorer.ui.view.navigation import START

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

MAIN = Path(__file__).with_name("main.py")
"""The script that the server runs for every page."""


@contextlib.asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Start the workers without holding up the first page; stop them with the server."""
    if st.get_option("server.fileWatcherType") == "none":
        # Streamlit asks that of new sessions alone: one that comes back would have every loaded module looked up.
        AppSession.register_file_watchers = _watch_nothing  # type: ignore[method-assign]
    quiet.hush()
    settled.share()
    spared.begin()
    heard.begin()
    engine = service.engine()
    engine.start()
    leaving.prepare(engine)
    settling = asyncio.create_task(settled.settle())
    try:
        yield
    finally:
        settling.cancel()
        engine.close()


def routes() -> list[Route]:
    """What it answers besides pages, under the path that pages have."""
    base = st.get_option("server.baseUrlPath") or ""
    own = {START: _home, health.LIVE: health.live, health.READY: health.ready, share.CODE: share.code}
    return [*stream.routes(base), *(Route(stream.under(base, path), answer) for path, answer in own.items())]


def _watch_nothing(self: AppSession) -> None:
    """In place of a session's file watchers."""


async def _home(request: Request) -> Response:
    address = request.url.path.removesuffix(START)
    return RedirectResponse(f"{address}?{request.url.query}" if request.url.query else address)
