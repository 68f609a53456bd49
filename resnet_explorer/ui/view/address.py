"""This machine's address in the room, for links that say localhost. Nothing is sent to find it."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import psutil
import streamlit as st

from resnet_explorer.ui.view import glance

if TYPE_CHECKING:
    from collections.abc import Callable

ELSEWHERE = ("192.0.2.1", 9)
"""An address that no machine has (RFC 5737): where packets to it would leave tells this machine's own."""
ALONE = (
    "The server listens to this machine alone, so this link opens nowhere else. Started with --server.address 0.0.0.0 "
    "it lets the room in (resnet-explorer app: --address 0.0.0.0)."
)
UNCONNECTED = "This machine has no address in a network, so this link opens nowhere else."


class Reached(NamedTuple):
    """The host that a link for others names in place of the browser's, if another; what is to be said of it."""

    host: str = ""
    note: str = ""


def reached(url: str, listens: str, named: str, own: Callable[[], str]) -> Reached:
    """Where others open what a browser has at `url`.

    Args:
        url: the address that the browser shows.
        listens: the address that the server listens on; empty: all.
        named: the host that its operator gives visitors; one of this machine alone says nothing.
        own: finds this machine's address in its network, or nothing.
    """
    if not alone(urlsplit(url).hostname or ""):
        return Reached()
    if alone(listens):
        return Reached(note=ALONE)
    everywhere = listens in {"", "0.0.0.0", "::"}  # noqa: S104 - read, not bound
    host = (named if not alone(named) else own()) if everywhere else listens
    return Reached(f"[{host}]" if ":" in host else host, "" if host else UNCONNECTED)


def found() -> Reached:
    """Where others open what this visitor's browser shows, as this server is set up."""
    return glance.once("reached", _found)


def _found() -> Reached:
    listens, named = st.get_option("server.address") or "", st.get_option("browser.serverAddress") or "localhost"
    return reached(st.context.url or "", listens, named, own)


def place() -> str:
    """Scheme, host and port under which others open this server, as far as that is known."""
    told, host = urlsplit(st.context.url or ""), found().host
    netloc = f"{host}:{told.port}" if host and told.port else host or told.netloc or "localhost"
    return f"{told.scheme or 'http'}://{netloc}"


def front() -> str:
    """The address of the front door as others open it."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{place()}/{f'{base}/' if base else ''}"


def alone(host: str) -> bool:
    """Whether a name of a machine means the machine itself, wherever it is said."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def own() -> str:
    """This machine's address in its network: that of its way out, else the first of its interfaces that are up."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)  # sends nothing: a datagram's way is looked up alone
        except OSError:
            return _of_interfaces()
        return str(probe.getsockname()[0])


def _of_interfaces() -> str:
    up = {name for name, stats in psutil.net_if_stats().items() if stats.isup}
    found = (
        each.address
        for name, addresses in psutil.net_if_addrs().items()
        for each in addresses
        if name in up and each.family == socket.AF_INET
    )
    reached = (each for each in found if not (alone(each) or ipaddress.ip_address(each).is_link_local))
    return next(reached, "")
