"""What happens when the server starts and stops: the workers warm up beside it, and go with it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from resnet_explorer import service

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@contextlib.asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Start the workers without holding up the first page; stop them with the server."""
    engine = service.engine()
    engine.start()
    try:
        yield
    finally:
        engine.close()
