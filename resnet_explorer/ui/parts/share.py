"""Sending a view to others: its link, copied at once, and as a QR code large enough for a room."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.responses import PlainTextResponse, Response

from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import present
from resnet_explorer.ui.view import address as reach
from resnet_explorer.ui.view import hide
from resnet_explorer.ui.view.link import FRAME
from resnet_explorer.ui.view.navigation import START
from resnet_explorer.ui.view.qr import qr_svg

if TYPE_CHECKING:
    from starlette.requests import Request

CODE = "qr.svg"
"""Where codes are drawn, relative to a page."""
MOST_LETTERS = 1000
"""Of an address whose code a telephone still reads off a wall."""
HEIGHT = 40


def control() -> None:
    """Copy link and QR code."""
    if shown := data():
        with st.container(key="share"):
            canvas.figure("share", shown, key="sharing", height=HEIGHT)


def data() -> dict[str, Any] | None:
    """What the browser needs to send the view, if it may: the panel lists what the page has asked for until now.

    Not on the front door: an address of it that hides something is a view, and leads on to Explore.
    """
    if hide.hides("share"):
        return None
    listed = {} if st.session_state.page == START else hide.asked()
    return {
        "kind": "share",
        "frame": sorted(FRAME),
        **reach.found()._asdict(),
        "code": CODE,
        "parts": sorted(listed.items()),
        "presented": present.on(),
    }


def code(request: Request) -> Response:
    """Answer with the QR code of an address of this server: `GET qr.svg?of=ADDRESS`."""
    address = request.query_params.get("of", "")
    if len(address) > MOST_LETTERS:
        return PlainTextResponse("This address is too long for a code.", HTTPStatus.REQUEST_URI_TOO_LONG)
    if not _own(address, request.headers.get("host", "")):
        return PlainTextResponse("This is no address of this server.", HTTPStatus.BAD_REQUEST)
    return Response(qr_svg(address), media_type="image/svg+xml")


def _own(address: str, host: str) -> bool:
    """Whether an address is one of this server, asked for as that host; who asks from its own machine may name any."""
    try:
        asked, given = urlsplit(f"//{host}"), urlsplit(address)
        same = given.netloc == host or (reach.alone(asked.hostname or "") and given.port == asked.port)
    except ValueError:
        return False
    return same and given.scheme in {"http", "https"}
