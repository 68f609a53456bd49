"""A place for a file of weights: the browser reads its header and sends that alone; the file stays where it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from resnet_explorer.checkpoints.safetensors import LONGEST_HEADER
from resnet_explorer.ui.canvas.modules import joined, lean

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = Path(__file__).parent
SCRIPT = joined(_HERE / "scripts", "file.js", "file")
_PLACE = """<label class="rx-file"><b>Drop a .safetensors file here, or choose one.</b>
<span>This browser reads its header, the names and shapes of tensors, and sends that alone.</span>
<input type="file" accept=".safetensors"></label>"""
_FILE = st.components.v2.component(
    "resnet_explorer_file", html=_PLACE, css=lean((_HERE / "file.css").read_text(encoding="utf-8")), js=SCRIPT
)
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHeader:
    """What a browser says of a file: its name and size, its first bytes, and its header as far as it was read."""

    name: str
    size: int
    first: bytes
    header: bytes


def place(key: str, taken: Callable[[], None]) -> None:
    """Show the place; `taken` is called before the page runs again, and finds what was sent by `sent(key)`."""
    _FILE(key=key, data={"most": LONGEST_HEADER}, on_header_change=taken)


def sent(key: str) -> FileHeader | None:
    """What the browser has just sent; None where it is not of that form."""
    return read(st.session_state[key].header)


def read(value: Any) -> FileHeader | None:
    """What a browser has sent, if it has the form that our script gives it: anybody may send anything."""
    if not isinstance(value, dict):
        return None
    name, size, first, text = (value.get(field) for field in ("name", "size", "first", "text"))
    if not (isinstance(name, str) and isinstance(size, int | float) and isinstance(text, str)):
        return None
    if not (0 <= size < 1 << 60 and size == int(size) and len(text) <= LONGEST_HEADER):
        return None
    if not (isinstance(first, list) and len(first) <= 8 and all(each in range(256) for each in first)):
        return None
    raw = text.encode("utf-8", "replace")
    return FileHeader(name=name[:LONGEST_NAME], size=int(size), first=bytes(map(int, first)), header=raw)
