"""What every answer tells the browser: to run and load nothing but what this server sends."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from pathlib import Path

import streamlit as st

from resnet_explorer.ui.app import early

INDEX = Path(st.__file__).with_name("static") / "index.html"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@functools.cache
def security() -> tuple[tuple[bytes, bytes], ...]:
    """The headers of every answer, as a server sends them."""
    named = {**_FIXED, "Content-Security-Policy": policy()}
    return tuple((name.lower().encode(), value.encode()) for name, value in named.items())


def policy() -> str:
    """What a page may do. Streamlit needs styles in its elements, and scripts that it makes itself (`blob:`).

    The scripts that stand in the page, Streamlit's and ours, are named by their hashes, so that no other there runs.
    """
    inline = [*_INLINE.findall(INDEX.read_text(encoding="utf-8")), early.SERVER]
    scripts = " ".join(f"'sha256-{_hash(each)}'" for each in inline)
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' blob: 'wasm-unsafe-eval' {scripts}".strip(),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
        "frame-src": "'self' blob:",
        "frame-ancestors": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
