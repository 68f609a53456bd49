"""The script of the drawings: one file to the browser, which keeps it, while pages send no more than its address."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response

from resnet_explorer.diagrams import SHEET
from resnet_explorer.ui.canvas.modules import joined, lean

if TYPE_CHECKING:
    from starlette.requests import Request

_HERE = Path(__file__).parent
_SCRIPTS = _HERE / "scripts"

_LOOKS = (
    *("canvas.css", "area.css", "beat.css", "chart.css", "picker.css", "share.css", "sketch.css", "tools.css"),
    "ways.css",
)
LOOK = SHEET + "\n".join(lean((_HERE / name).read_text(encoding="utf-8")) for name in _LOOKS)
WHOLE = joined(_SCRIPTS, "main.js", "show").replace('"RULES"', json.dumps(LOOK))
PATH = f"canvas-{hashlib.blake2b(WHOLE.encode(), digest_size=8).hexdigest()}.js"
"""Where it is told, relative to a page. Another script has another address, so that a browser may keep it for ever."""

LOADER = lean((_SCRIPTS / "load.js").read_text(encoding="utf-8")).replace("ADDRESS", PATH)
"""Loads it from there; where that cannot be, it triggers `alone`, and the page is to send the whole script itself."""

_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable"}


async def script(_: Request) -> Response:
    """Answer with the script."""
    return Response(WHOLE, media_type="text/javascript", headers=_HEADERS)
