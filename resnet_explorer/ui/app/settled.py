"""What the server has loaded stays: it is loaded while nobody waits, and left out when Python looks for garbage.

That search goes through all that lives, a few hundred thousand objects of libraries, and everybody waits meanwhile: a
tenth of a second, every few dozen runs of pages.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import importlib
import pkgutil

from resnet_explorer import figures
from resnet_explorer.ui import pages

SECONDS = 5.0
"""After the start, so that the first page comes first."""

ARENAS = -8
"""How glibc's malloc.h calls the number of heaps (M_ARENA_MAX)."""


def share() -> None:
    """Have all threads share two heaps of the C library (glibc's; others have no such thing).

    Of itself it gives threads heaps of their own, and each keeps the room that its largest page took once: a fifth of
    what the server holds after large nets were looked at.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):  # of another system, which has none
        ctypes.CDLL(None).mallopt(ARENAS, 2)


async def settle() -> None:
    """Load what pages need, in a thread beside those who are served; then leave all that lives out of the search."""
    await asyncio.sleep(SECONDS)
    await asyncio.to_thread(load)
    gc.collect()
    gc.freeze()


def load() -> None:
    """Load the parts of all pages, and what is drawn and counted there."""
    for package in (pages, figures):
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(each.name)
