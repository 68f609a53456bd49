"""Where systems differ about processes: how one yields to others, and how one is ended."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterable

NICENESS = 5


def yield_to_others() -> None:
    """Let other processes, such as the one that answers visitors, have the processor before this one."""
    process = psutil.Process()
    below = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", None)  # Windows has classes in place of numbers
    process.nice(max(NICENESS, process.nice()) if below is None else below)


def end(pids: Iterable[int]) -> None:
    """End processes at once, without asking them."""
    for pid in pids:
        with suppress(psutil.Error):
            psutil.Process(pid).kill()


def end_children() -> None:
    """End all that this process has begun, and what that has."""
    end(child.pid for child in psutil.Process().children(recursive=True))
