"""Where below the path of the pages a request's address is: a proxy may have given it to other things, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from starlette.types import Scope


def below(scope: Scope) -> str | None:
    """That part of the address, empty for the front door; None where it is elsewhere, or no address of a page."""
    if scope["type"] != "http":
        return None
    root = "/".join(["", *filter(None, [(st.get_option("server.baseUrlPath") or "").strip("/")]), ""])
    path = str(scope["path"])
    if path == root.rstrip("/"):
        return ""
    return path.removeprefix(root) if path.startswith(root) else None
