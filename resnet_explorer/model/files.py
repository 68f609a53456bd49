"""Weights in files, as tensors. Whoever asks has looked through the file before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from resnet_explorer.errors import Unreadable, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TYPES = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "I64": torch.int64,
    "I32": torch.int32,
    "I16": torch.int16,
    "I8": torch.int8,
    "U8": torch.uint8,
    "BOOL": torch.bool,
    "C64": torch.complex64,
    "F8_E4M3": torch.float8_e4m3fn,
    "F8_E5M2": torch.float8_e5m2,
}
"""PyTorch's type for each of safetensors' that it can read from memory."""


def saved(path: Path, device: str, *, archive: bool) -> Any:
    """What `torch.save` has written, its tensors on that device; on "meta" none of their numbers is read.

    Raises:
        Unreadable: it holds something that PyTorch does not take for weights.
    """
    try:
        return torch.load(path, map_location=device, mmap=archive, weights_only=True)
    except Exception as error:  # what a broken pickle makes of its unpickler is written down nowhere
        said = str(error) or type(error).__name__
        raise Unreadable(f"this file of torch.save is not opened: PyTorch says {shown(said, 120)}") from error


def placed(path: Path, places: Mapping[str, tuple[str, tuple[int, ...], int, int]], start: int) -> dict[str, Any]:
    """The tensors of a safetensors file, by name: type, shape, and where each begins and ends behind `start`."""
    found: dict[str, Any] = {}
    with path.open("rb") as file:
        for name, (dtype, shape, begin, end) in places.items():
            if dtype not in TYPES:
                message = f"{shown(name)} is of the type {dtype}, which is not read; read are {', '.join(TYPES)}"
                raise Unreadable(message)
            file.seek(start + begin)
            raw = bytearray(file.read(end - begin))
            found[name] = (torch.frombuffer(raw, dtype=TYPES[dtype]) if raw else torch.empty(0)).reshape(shape)
    return found
