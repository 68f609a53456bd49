"""Whether the server is well: `livez` says that it answers, `readyz` whether each part does what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, PlainTextResponse

from resnet_explorer import jobs as service

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

LIVE, READY = "livez", "readyz"
_HEADERS = {"Cache-Control": "no-store"}


async def live(_: Request) -> Response:
    """The process answers: it need not be started again."""
    return PlainTextResponse("ok\n", headers=_HEADERS)


async def ready(_: Request) -> Response:
    """200 where every part is well, else 503; in both cases with one entry a part."""
    parts = service.engine().health()
    well = all(part["ok"] for part in parts.values())
    return JSONResponse({"ok": well, "parts": parts}, status_code=200 if well else 503, headers=_HEADERS)
