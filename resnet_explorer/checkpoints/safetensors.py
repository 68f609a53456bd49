"""The header of a safetensors file: every name, shape and type, and no tensor is read.

The format (https://github.com/huggingface/safetensors): 8 bytes with the length of the header, the header as JSON, the
data. The header is read by strict patterns rather than as any JSON, so that a hostile one is refused before it costs
memory.
"""

from __future__ import annotations

import json
import math
import operator
import re
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from resnet_explorer.checkpoints.tensors import Shape, Tensor, Tensors
from resnet_explorer.errors import Unreadable, shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LONGEST_HEADER = 1 << 20
"""Bytes; that of a net of 1,202 layers has fewer, and fewer tensors, too."""
MOST_TENSORS = 8_000
MOST_SIDES, MOST_DIGITS = 8, 18
_ALLOWED = f"a tensor has a type, up to {MOST_SIDES} sides and two offsets, whole numbers of up to {MOST_DIGITS} digits"
LENGTH = 8
"""Bytes that say how long the header is."""

BYTES = {
    **dict.fromkeys(("F64", "I64", "U64", "C64"), 8),
    **dict.fromkeys(("F32", "I32", "U32"), 4),
    **dict.fromkeys(("F16", "BF16", "I16", "U16"), 2),
    **dict.fromkeys(("I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2"), 1),
}
"""Bytes of one number of each type."""

_PLAIN = r'[^"\\\x00-\x1f]'
_STRING = rf'"({_PLAIN}{{0,400}}+(?:\\.{_PLAIN}{{0,40}}+){{0,40}}+)"'
_TEXT = rf'"{_PLAIN}*+(?:\\.{_PLAIN}*+)*+"'
_COLON, _COMMA = r"\s*+:\s*+", r"\s*+,\s*+"
_WHOLE = rf"(?:0|[1-9][0-9]{{0,{MOST_DIGITS - 1}}}+)"
_SIDES = rf"(\[\s*+(?:{_WHOLE}(?:{_COMMA}{_WHOLE}){{0,{MOST_SIDES - 1}}}+)?+\s*+\])"
_OFFSETS = rf"\[\s*+({_WHOLE}){_COMMA}({_WHOLE})\s*+\]"
_FIELD = rf'"(?:dtype"{_COLON}"([A-Z0-9_]{{1,12}})"|shape"{_COLON}{_SIDES}|data_offsets"{_COLON}{_OFFSETS})\s*+'
_FIELDS = rf"\{{\s*+(?:{_FIELD}(?:,\s*+(?!\}})|(?=\}}))){{3}}\}}"
_TENSOR = rf'(?!"__metadata__"){_STRING}{_COLON}{_FIELDS}\s*+'
_NOTES = rf"\{{\s*+(?:{_TEXT}{_COLON}{_TEXT}(?:{_COMMA}{_TEXT}{_COLON}{_TEXT})*+)?+\s*+\}}"
_METADATA = rf'"__metadata__"{_COLON}{_NOTES}\s*+'
_ROW = rf"(?:{_TENSOR},\s*+)*+"
_ROWS = rf"{_ROW}(?:{_METADATA},\s*+)?+{_ROW}(?:(?:{_TENSOR}|{_METADATA})\}}[ \n\r\t\0]*+)?+"
_HEADER = re.compile(rf"\{{\s*+(?:\}}\s*+|{_ROWS})", re.DOTALL)
_ENTRY = re.compile(rf"{_METADATA}|{_TENSOR}", re.DOTALL)
"""A tensor's name, type, sides, and both offsets, whatever the order of the last three; of metadata they are empty."""


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
    if length > LONGEST_HEADER and first.startswith(b"{"):
        _refuse("it begins as a text; of weights in several files each is one to look at, and their index none")
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
    places = _places(text)
    if not places:
        _refuse("its header names no tensor")
    _fitted(places.values(), size - start)
    return Header(places, start)


def _places(text: str) -> dict[str, Place]:
    """The tensors of a header."""
    if text.count('"data_offsets"') > MOST_TENSORS:
        _refuse(f"it names more than {MOST_TENSORS:,} tensors")
    known = _HEADER.match(text)
    if known is None or known.end() < len(text):
        end = known.end() if known else 0
        here = f"from character {end} on: {shown(text[end : end + 30])}"
        _refuse(f"its header is not what safetensors writes {here}; {_ALLOWED}")
    places: dict[str, Place] = {}
    sizes: dict[tuple[str, str], tuple[Shape, int]] = {}
    for written, dtype, sides, begin, end in _ENTRY.findall(text, 1):
        if not (written or dtype):
            continue
        name = _unescaped(written) if "\\" in written else written
        if name in places:
            _refuse(f"it names {shown(name)} twice")
        if not (dtype and sides and end):
            _refuse(f"its header has no type, shape and place for {shown(name)}")
        if (dtype, sides) not in sizes:
            sizes[dtype, sides] = _size(name, dtype, sides)
        shape, size = sizes[dtype, sides]
        place = places[name] = Place(dtype, shape, int(begin), int(end))
        if place.end - place.begin != size:
            where = f"{shown(name)} lies from byte {place.begin:,} to byte {place.end:,}"
            _refuse(f"{where}, which are not {dtype} numbers of the shape {shown(shape)}")
    return places


def _size(name: str, dtype: str, sides: str) -> tuple[Shape, int]:
    """The shape, and how many bytes a tensor takes."""
    if dtype not in BYTES:
        _refuse(f"{shown(name)} is of the type {shown(dtype)}; known are {', '.join(BYTES)}")
    shape = tuple(map(int, re.findall(_WHOLE, sides)))
    return shape, math.prod(shape) * BYTES[dtype]


def _unescaped(name: str) -> str:
    try:
        return str(json.loads(f'"{name}"'))
    except ValueError:
        _refuse(f"the name {shown(name)} is no text")


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
