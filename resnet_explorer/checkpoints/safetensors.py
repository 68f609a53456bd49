"""The header of a safetensors file: every name, shape and type, and no tensor is read.

The format (https://github.com/huggingface/safetensors): 8 bytes with the length of the header, the header as JSON, the
data. The header is read by one strict pattern rather than as any JSON, so that a hostile one is refused before it costs
memory.
"""

from __future__ import annotations

import json
import math
import operator
import re
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from resnet_explorer.checkpoints.tensors import Tensor, Tensors
from resnet_explorer.errors import Unreadable, shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LONGEST_HEADER = 1 << 20
"""Bytes; that of a net of 1,202 layers has fewer."""
MOST_TENSORS = 10_000
MOST_SIDES, LARGEST = 8, 10**18 - 1
_ALLOWED = f"up to {MOST_SIDES} whole numbers, none above {LARGEST:,}"
LENGTH = 8
"""Bytes that say how long the header is."""

BYTES = {
    **dict.fromkeys(("F64", "I64", "U64", "C64"), 8),
    **dict.fromkeys(("F32", "I32", "U32"), 4),
    **dict.fromkeys(("F16", "BF16", "I16", "U16"), 2),
    **dict.fromkeys(("I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2"), 1),
}
"""Bytes of one number of each type."""

_STRING = r'"((?:[^"\\\x00-\x1f]|\\.){0,400}+)"'
_TEXT = r'"(?:[^"\\\x00-\x1f]|\\.)*+"'
_COLON, _COMMA = r"\s*+:\s*+", r"\s*+,\s*+"
_FIELD = rf'"(?:dtype"{_COLON}"[A-Z0-9_]{{1,12}}"|(?:shape|data_offsets)"{_COLON}\[[\s0-9,]{{0,200}}+\])'
_TENSOR = rf"(\{{\s*+{_FIELD}(?:{_COMMA}{_FIELD}){{2}}\s*+\}})"
_METADATA = rf"\{{\s*+(?:{_TEXT}{_COLON}{_TEXT}(?:{_COMMA}{_TEXT}{_COLON}{_TEXT})*+)?+\s*+\}}"
_ENTRY = re.compile(rf"\s*+{_STRING}{_COLON}(?:{_TENSOR}|{_METADATA})\s*+([,}}])", re.DOTALL)

_JSON = json.JSONDecoder()


class Place(NamedTuple):
    """A tensor's type, and where it lies in the data."""

    dtype: str
    shape: tuple[int, ...]
    begin: int
    end: int


class Header(NamedTuple):
    """Each tensor's place, by name; `start` is where the data begins in the file."""

    places: dict[str, Place]
    start: int

    @property
    def tensors(self) -> Tensors:
        """What is known of the tensors."""
        return {
            name: Tensor(place.shape, place.dtype.startswith(("F", "BF", "C"))) for name, place in self.places.items()
        }


def header(path: Path) -> Header:
    """The header of a file.

    Raises:
        Unreadable: it is no safetensors file, or one that was cut off or tampered with.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        length = header_length(file.read(LENGTH), size)
        return parsed(file.read(length), size)


def header_length(first: bytes, size: int) -> int:
    """How long the header is, from the first 8 bytes of a file of that size."""
    if len(first) < LENGTH:
        _refuse(f"it has {len(first)} bytes; a safetensors file has {LENGTH} before its header")
    length = int.from_bytes(first, "little")
    if length > LONGEST_HEADER:
        _refuse(f"its header would have {length:,} bytes; allowed: {LONGEST_HEADER:,}")
    if length > size - LENGTH:
        _refuse(f"it ends before its header does: {size:,} bytes, where {length + LENGTH:,} would be needed")
    return length


def parsed(raw: bytes, size: int) -> Header:
    """A header that was read, of a file of that size.

    Raises:
        Unreadable: it is no header, or does not fit the file.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse(f"its header is no text: byte {error.start}")
    start = LENGTH + len(raw)
    places = dict(_places(text))
    if not places:
        _refuse("its header names no tensor")
    _fitted(places.values(), size - start)
    return Header(places, start)


def _places(text: str) -> Iterable[tuple[str, Place]]:
    """The tensors of a header, one after the other."""
    if re.fullmatch(r"\s*\{\s*\}\s*", text):
        return
    if text.count('"data_offsets"') > MOST_TENSORS:
        _refuse(f"it names more than {MOST_TENSORS:,} tensors")
    seen: set[str] = set()
    position, goes_on = 1, text.startswith("{")
    while goes_on:
        found = _ENTRY.match(text, position)
        if found is None:
            break
        name = _unescaped(found[1])
        if name in seen:
            _refuse(f"it names {shown(name)} twice")
        seen.add(name)
        if (found[2] is None) != (name == "__metadata__"):
            _refuse(f"its header has no type, shape and place for {shown(name)}")
        if found[2] is not None:
            yield name, _place(name, text, found.start(2))
        position, goes_on = found.end(), found[3] == ","
    if goes_on or position == 1 or text[position:].strip(" \n\r\t\0"):
        _refuse(f"its header is not what safetensors writes from character {position} on: {_excerpt(text, position)}")


def _excerpt(text: str, position: int) -> str:
    return shown(text[position : position + 30])


def _unescaped(name: str) -> str:
    if "\\" not in name:
        return name
    try:
        return str(json.loads(f'"{name}"'))
    except ValueError:
        _refuse(f"the name {shown(name)} is no text")


def _place(name: str, text: str, start: int) -> Place:
    """A tensor's type, shape and place, where the pattern has left nothing but words and numbers."""
    try:
        fields, end = _JSON.raw_decode(text, start)
    except ValueError:
        _refuse(f"{shown(name)} has {_excerpt(text, start)} for a shape or a place; allowed: {_ALLOWED}")
    if len(fields) != 3:
        _refuse(f"{shown(name)} says one thing twice, and another not at all")
    dtype, shape, offsets = fields["dtype"], tuple(fields["shape"]), fields["data_offsets"]
    if dtype not in BYTES:
        _refuse(f"{shown(name)} is of the type {shown(dtype)}; known are {', '.join(BYTES)}")
    if len(shape) > MOST_SIDES or max(*shape, *offsets, 0, 0) > LARGEST:
        _refuse(f"{shown(name)} has {shown(text[start:end])} for a shape or a place; allowed: {_ALLOWED}")
    if len(offsets) != 2 or offsets[0] > offsets[1]:
        _refuse(f"{shown(name)} does not lie from one byte to a later one")
    if math.prod(shape) * BYTES[dtype] != offsets[1] - offsets[0]:
        has = f"{offsets[1] - offsets[0]:,} bytes"
        _refuse(f"{shown(name)} has {has}, which are not {dtype} numbers of the shape {shown(shape)}")
    return Place(dtype, shape, *offsets)


def _fitted(places: Iterable[Place], data: int) -> None:
    """Check that the tensors fill the data, one behind the other."""
    end = 0
    for place in sorted(places, key=operator.attrgetter("begin", "end")):
        if place.begin != end:
            how = "overlap" if place.begin < end else "leave a hole"
            _refuse(
                f"two of its tensors {how}: one ends at byte {end:,} of the data, the next begins at {place.begin:,}"
            )
        end = place.end
    if end != data:
        _refuse(f"its tensors take {end:,} bytes, and {data:,} follow the header")


def _refuse(why: str) -> NoReturn:
    raise Unreadable(f"this is no safetensors file that can be read: {why}")
