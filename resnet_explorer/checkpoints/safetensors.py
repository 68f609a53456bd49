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
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from resnet_explorer.analysis.conventions import plural
from resnet_explorer.checkpoints.tensors import Tensor, Tensors
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
METADATA = '"__metadata__"'

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
_SIDES = rf"\[\s*+(?:{_WHOLE}(?:{_COMMA}{_WHOLE}){{0,{MOST_SIDES - 1}}}+)?+\s*+\]"
_KIND = rf'"(?:dtype"{_COLON}"[A-Z0-9_]{{1,12}}+"|shape"{_COLON}{_SIDES})\s*+'
_OFFSETS = rf'"data_offsets"{_COLON}\[\s*+({_WHOLE}){_COMMA}({_WHOLE})\s*+\]\s*+'
_FIELDS = rf"\{{\s*+((?:{_KIND},\s*+){{0,2}}+){_OFFSETS}((?:,\s*+{_KIND}){{0,2}}+)\}}\s*+"
_NOTES = rf"\{{\s*+(?:{_TEXT}{_COLON}{_TEXT}(?:{_COMMA}{_TEXT}{_COLON}{_TEXT})*+)?+\s*+\}}\s*+"
_METADATA = rf"(?:{METADATA}{_COLON}{_NOTES}(?:,\s*+(?!\}})|(?=\}})))?+"
_FIRST = re.compile(rf"\{{\s*+{_METADATA}", re.DOTALL)
_MORE = rf"(?:,\s*+(?!\}}){_METADATA}|(?=\}}))"
_NEXT = re.compile(rf"{_STRING}{_COLON}{_FIELDS}{_MORE}|\}}[ \n\r\t\0]*+\Z|(.++)", re.DOTALL)
"""A tensor: its name, what stands before its offsets, both, what stands behind them; or the end; or what is neither."""
_FIELD = re.compile(rf'"(dtype|shape)"{_COLON}"?([^"\]]+)')


class TensorInfo(NamedTuple):
    """A tensor's type, and where it lies in the data."""

    dtype: str
    shape: tuple[int, ...]
    begin: int
    end: int


class Header(NamedTuple):
    """What is known of each tensor, by name, and as it is written; `start` is where the data begins in the file."""

    tensors: Tensors
    types: tuple[str, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    start: int

    @property
    def places(self) -> dict[str, TensorInfo]:
        """Each tensor's type, and where it lies."""
        rows = zip(self.tensors.items(), self.types, map(int, self.begins), map(int, self.ends), strict=True)
        return {name: TensorInfo(dtype, tensor.shape, begin, end) for (name, tensor), dtype, begin, end in rows}


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
        _refuse(f"it has {plural(len(first), 'byte')}; a safetensors file has {LENGTH} before its header")
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
    written, before, begins, ends, after, _ = zip(*_rows(text), strict=True)
    names = [*map(_unescaped, written)] if "\\" in text else written
    kinds = [*map(operator.add, before, after)] if any(after) else before
    known = {kind: _known(name, kind) for kind, name in dict(zip(kinds, names, strict=True)).items()}
    each, sizes, types = zip(*map(known.__getitem__, kinds), strict=True)
    tensors = dict(zip(names, each, strict=True))
    if len(tensors) < len(names):
        _refuse(f"it names {shown(Counter(names).most_common(1)[0][0])} twice")
    if json.loads(METADATA) in tensors:
        _refuse(f"{METADATA} holds no notes")
    header = Header(tensors, types, begins, ends, LENGTH + len(raw))
    _fitted(header, sizes, size - header.start)
    return header


def _rows(text: str) -> list[tuple[str, ...]]:
    """The tensors of a header, each as it is written."""
    if text.count('"data_offsets"') > MOST_TENSORS:
        _refuse(f"it names more than {MOST_TENSORS:,} tensors")
    if text.count(METADATA) > 1:
        _refuse(f"it names {METADATA} twice")
    first = _FIRST.match(text)
    rows = (_NEXT.findall(text, first.end()) if first else []) or [(text,)]
    if any(last := rows.pop()):
        end = len(text) - len(last[-1])
        here = f"from character {end} on: {shown(text[end : end + 30])}"
        _refuse(f"its header is not what safetensors writes {here}; {_ALLOWED}")
    if not rows:
        _refuse("its header names no tensor")
    return rows


def _known(name: str, kind: str) -> tuple[Tensor, int, str]:
    """What is known of tensors of a type and shape, the bytes that each takes, and the type."""
    fields = _FIELD.findall(kind)
    if sorted(field for field, _ in fields) != ["dtype", "shape"]:
        _refuse(f"its header has no type, shape and place for {shown(name)}")
    dtype, sides = dict(fields)["dtype"], dict(fields)["shape"]
    if dtype not in BYTES:
        _refuse(f"{shown(name)} is of the type {shown(dtype)}; known are {', '.join(BYTES)}")
    shape = tuple(map(int, re.findall(_WHOLE, sides)))
    return Tensor(shape, dtype.startswith(("F", "BF", "C"))), math.prod(shape) * BYTES[dtype], dtype


def _unescaped(name: str) -> str:
    try:
        return str(json.loads(f'"{name}"'))
    except ValueError:
        _refuse(f"the name {shown(name)} is no text")


def _fitted(header: Header, sizes: Iterable[int], data: int) -> None:
    """Check that the tensors, each of that many bytes, fill the data, one behind the other."""
    stops = [*accumulate(sizes)]
    if [*map(int, header.ends)] == stops and header.begins == ("0", *header.ends[:-1]) and stops[-1] == data:
        return
    for (name, (dtype, shape, begin, end)), size in zip(header.places.items(), sizes, strict=True):
        if end - begin != size:
            where = f"{shown(name)} lies from byte {begin:,} to byte {end:,}"
            _refuse(f"{where}, which are not {dtype} numbers of the shape {shown(shape)}")
    last = 0
    for _, _, begin, end in sorted(header.places.values(), key=operator.attrgetter("begin", "end")):
        if begin != last:
            how = "overlap" if begin < last else "leave a hole"
            _refuse(f"two of its tensors {how}: one ends at byte {last:,} of the data, the next begins at {begin:,}")
        last = end
    if last != data:
        _refuse(f"its tensors take {plural(last, 'byte')}, and {data:,} follow the header")


def _refuse(why: str) -> NoReturn:
    raise Unreadable(f"this is no safetensors file that can be read: {why}")
