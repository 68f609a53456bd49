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
from resnet_explorer.ui.app import spared

SECONDS = 5.0
"""After the start, so that the first page comes first."""

ARENAS, MAPPED, TRIMMED = -8, -3, -1
"""How glibc's malloc.h calls the number of heaps (M_ARENA_MAX), from how many bytes on a block has pages of its own
(M_MMAP_THRESHOLD), and how many free ones a heap has at its end before they are given back (M_TRIM_THRESHOLD).
"""
LARGE = 128 * 1024


def share() -> None:
    """Have all threads share two heaps of the C library, and give large blocks back at once (glibc; others have not).

    Of itself it gives threads heaps of their own, and each keeps the room that its largest page took once; and after a
    large block was freed it puts blocks of that size among the small ones, where the room stays. Together that is a
    third of what the server holds after large nets were looked at.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):  # of another system, which has none
        library = ctypes.CDLL(None)
        library.mallopt(ARENAS, 2)
        library.mallopt(MAPPED, LARGE)
        library.mallopt(TRIMMED, LARGE)


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
    spared.charts()
