"""Files of `torch.save`: looked through before anything in them is carried out, and before torch is imported.

Such a file is a pickle, a program that may call anything it can name. Here its instructions are read, not followed: it
may name what state_dicts are made of, and nothing else.
"""

from __future__ import annotations

import pickletools
import zipfile
from typing import IO, TYPE_CHECKING, NoReturn

from resnet_explorer.errors import Unreadable, shown

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 1 << 24
"""Bytes of a program that are looked through."""
MOST_MEMBERS = 20_000
ARCHIVE, PICKLE_PROTOCOLS = b"PK\x03\x04", (b"\x80\x02", b"\x80\x03", b"\x80\x04")
"""What a file begins with: an archive since PyTorch 1.6, before that a row of pickles."""
ROW = 5
"""Pickles of an older file before its numbers: magic number, version, system, contents, keys of the numbers."""

_STORAGES = ("Float", "Half", "BFloat16", "Double", "Long", "Int", "Short", "Char", "Byte", "Bool")
_NEWER = (
    *("float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz", "float8_e8m0fnu"),
    *("uint16", "uint32", "uint64", "complex32"),
)
ALLOWED = frozenset(
    {
        "collections OrderedDict",
        "torch Size",
        "torch device",
        "torch._utils _rebuild_tensor_v2",
        "torch._utils _rebuild_parameter",
        "torch._utils _rebuild_tensor_v3",
        "torch.storage UntypedStorage",
        *(f"torch {name}Storage" for name in (*_STORAGES, "ComplexFloat", "ComplexDouble")),
        *(f"torch {name}" for name in _NEWER),
    }
)
"""What state_dicts are made of."""
_CALLS = frozenset({"GLOBAL", "STACK_GLOBAL", "INST", "OBJ", "NEWOBJ_EX", "EXT1", "EXT2", "EXT4"})
"""Instructions that name something to be called."""


def looked_through(path: Path) -> bool:
    """Look through a file of `torch.save`; whether it is an archive, whose numbers can stay where they are.

    Raises:
        Unreadable: it is no such file, or names something that a state_dict is not made of.
    """
    with path.open("rb") as file:
        archive = file.read(4) == ARCHIVE
        file.seek(0)
        try:
            _look(_program(path), 1) if archive else _look(_bounded(file), ROW)
        except (ValueError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
            _refuse(f"it cannot be looked through ({shown(str(error), 120)})")
    return archive


def _program(path: Path) -> IO[bytes]:
    """The one program in an archive."""
    import io  # noqa: PLC0415 - beside the only call

    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            _refuse(f"it has {len(members):,} members; allowed: {MOST_MEMBERS:,}")
        names = {member.filename.partition("/")[2] for member in members}
        if "constants.pkl" in names:
            _refuse("TorchScript archives hold code; save the state_dict() instead")
        programs = [member for member in members if member.filename.partition("/")[2] == "data.pkl"]
        if len(programs) != 1:
            _refuse(f"it has {len(programs)} members data.pkl, where torch.save writes one")
        packed = any(member.compress_type != zipfile.ZIP_STORED for member in members)
        if packed or programs[0].file_size > LONGEST:
            _refuse("its members are compressed or too long: torch.save does not write it so")
        return io.BytesIO(archive.read(programs[0]))


def _bounded(file: IO[bytes]) -> IO[bytes]:
    """The beginning of an older file, as far as it is looked through."""
    import io  # noqa: PLC0415 - beside the only call

    return io.BytesIO(file.read(LONGEST))


def _look(program: IO[bytes], pickles: int) -> None:
    """Look through that many pickles in a row."""
    for _ in range(pickles):
        for instruction, argument, _place in pickletools.genops(program):
            if instruction.name in _CALLS and (instruction.name != "GLOBAL" or argument not in ALLOWED):
                _refuse_call(instruction.name, argument)


def _refuse_call(instruction: str, argument: object) -> NoReturn:
    """Say what would have been called."""
    named = str(argument).replace(" ", ".") if instruction == "GLOBAL" else ""
    if not named:
        _refuse(f"its pickle has the instruction {instruction}, which torch.save does not write for a state_dict")
    way = "save net.state_dict() alone, or as safetensors"
    _refuse(f"it asks for {shown(named, 80)}, which is not allowed here, and is not carried out; {way}")


def _refuse(why: str) -> NoReturn:
    raise Unreadable(f"this file of torch.save is not opened: {why}")
