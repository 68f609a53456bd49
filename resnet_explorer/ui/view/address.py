"""Where this server is found by others in the room."""

from __future__ import annotations

import functools
import socket
from urllib.parse import urlsplit

import streamlit as st

OWN = {"", "localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 - names, not an address to listen on


def room_address() -> str:
    """The address of the front door as others reach it: where a page was opened here, by this machine's own address."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{reached(st.context.url or '', network())}/{f'{base}/' if base else ''}"


def reached(url: str, network: str) -> str:
    """Scheme and place of an address; a machine's name for itself is none for others."""
    told = urlsplit(url)
    host = told.hostname or ""
    place = told.netloc if host not in OWN or not network else f"{network}{f':{told.port}' if told.port else ''}"
    return f"{told.scheme or 'http'}://{place or 'localhost'}"


@functools.cache
def network() -> str:
    """This machine's address in its network, empty where it has none: nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as it:
        try:
            it.connect(("192.0.2.1", 9))  # a documentation address (RFC 5737): it only chooses the way out
        except OSError:
            return ""
        found = str(it.getsockname()[0])
    return "" if found in OWN else found
