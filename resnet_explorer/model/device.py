"""The devices of this machine, and torch's errors about them in words."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import torch

from resnet_explorer.errors import ExplorerError, shown
from resnet_explorer.processor import processor

if TYPE_CHECKING:
    from collections.abc import Iterator


def available() -> tuple[str, ...]:
    """The names of what this machine has, the CPU first."""
    others = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    return ("cpu", *(name for name, there in others.items() if there))


def described(device: torch.device) -> str:
    """A device in words: CPU (AMD EPYC)."""
    chip = torch.cuda.get_device_name(device) if device.type == "cuda" else processor()
    return f"{device.type.upper()} ({chip})"


def resolve(device: str | torch.device) -> torch.device:
    """The torch device of that name; `meta`, which holds no data, is always there.

    Raises:
        ExplorerError: it is not there; the message names what is.
    """
    names = available()
    try:
        found = torch.device(device)
    except (RuntimeError, TypeError, ValueError):
        raise ExplorerError(_absent(device, names)) from None
    if found.type not in {*names, "meta"}:
        raise ExplorerError(_absent(device, names))
    if found.type == "cuda" and (found.index or 0) >= torch.cuda.device_count():
        raise ExplorerError(_absent(device, names))
    return found


def _absent(device: object, names: tuple[str, ...]) -> str:
    return f"device {shown(str(device))} is not available on this machine; available: {', '.join(names)}"


def synchronise(device: torch.device) -> None:
    """Wait until the device has done what was asked of it, so that a clock tells the truth."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()


@contextmanager
def explained(device: str) -> Iterator[None]:
    """Turn what torch raises for want of memory, or of values to normalise over, into a sentence.

    Raises:
        ExplorerError: in their place.
    """
    try:
        yield
    except (RuntimeError, ValueError) as error:  # torch.OutOfMemoryError is a RuntimeError
        sentence = next((words for sign, words in _SENTENCES.items() if sign in str(error)), None)
        if sentence is None:
            raise
        raise ExplorerError(sentence.format(device=device)) from error


_TOO_LITTLE = "the device {device} has too little memory for this; take a smaller batch, image or network"

_SENTENCES = {
    "can't allocate memory": _TOO_LITTLE,
    "out of memory": f"{_TOO_LITTLE}, or the CPU (device=cpu)",
    "Expected more than 1 value per channel": (
        "BatchNorm has nothing to normalise over: one image whose map is 1×1 gives a single value per channel; "
        "take a larger batch or image"
    ),
}
