"""A file of weights, told by its first bytes: safetensors, or what `torch.save` wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from resnet_explorer.checkpoints import pickled, safetensors
from resnet_explorer.errors import Unreadable, shown
from resnet_explorer.installation import explained

if TYPE_CHECKING:
    import os

_OPENS = slice(safetensors.LENGTH, safetensors.LENGTH + 1)


def weights(place: str | os.PathLike[str]) -> Any:
    """What a file holds, without its numbers: the header of safetensors, or what `torch.save` wrote, on meta.

    Raises:
        Unreadable: there is no such file, it is of another kind, broken, or asks for code to be run.
        Missing: torch, which alone opens what it wrote, is not installed.
    """
    path = Path(place)
    if _pickled(path):
        archive = pickled.looked_through(path)
        with explained():
            from resnet_explorer.model.files import saved  # noqa: PLC0415 - torch, after the file was looked through

        return saved(path, "meta", archive=archive)
    return safetensors.header(path)


def values(place: str | os.PathLike[str]) -> Any:
    """The same with its numbers, as tensors.

    Raises:
        Unreadable: likewise.
        Missing: torch is not installed.
    """
    path = Path(place)
    archive = pickled.looked_through(path) if _pickled(path) else False
    header = None if _pickled(path) else safetensors.header(path)
    with explained():
        from resnet_explorer.model import files  # noqa: PLC0415 - torch, after the file was looked through

    if header is None:
        return files.saved(path, "cpu", archive=archive)
    return files.placed(path, header.places, header.start)


def _pickled(path: Path) -> bool:
    """Whether a file begins as those of `torch.save` do."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise Unreadable(f"{shown(str(path), 80)} is no regular file")  # of a pipe nobody knows when it ends
        with path.open("rb") as file:
            first = file.read(_OPENS.stop)
    except (OSError, ValueError) as error:  # the latter of a name that no file can have
        message = f"{shown(str(path), 80)} cannot be opened: {getattr(error, 'strerror', None) or error}"
        raise Unreadable(message) from error
    if path.suffix == ".safetensors" or first[_OPENS] == b"{":
        return False
    return first.startswith((pickled.ARCHIVE, *pickled.PICKLE_PROTOCOLS))
