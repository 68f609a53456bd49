"""What the server does besides pages: workers warm up beside it and go with it, and it tells of runs."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer import service
from resnet_explorer.ui import stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.routing import Route


@contextlib.asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Start the workers without holding up the first page; stop them with the server."""
    engine = service.engine()
    engine.start()
    try:
        yield
    finally:
        engine.close()


def routes() -> list[Route]:
    """What it answers besides pages, under the path that pages have."""
    return stream.routes(st.get_option("server.baseUrlPath") or "")
