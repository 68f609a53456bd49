"""What this machine has for us: cores and memory, a container's limits included."""

from __future__ import annotations

import os
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")


def cores() -> int:
    """Cores that this process may use, at least one."""
    mine = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota, _, period = _limit("cpu.max").partition(" ")
    if quota.isdigit() and period.isdigit():
        mine = min(mine, int(quota) // int(period))
    return max(1, mine)


def memory_bytes() -> int:
    """Memory that this process may use, in bytes."""
    has = _installed()
    limit = _limit("memory.max")
    return min(has, int(limit)) if limit.isdigit() else has


def _installed() -> int:
    """Memory that this machine has, in bytes."""
    if hasattr(os, "sysconf"):
        return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    import psutil  # noqa: PLC0415 - Windows alone needs it

    return int(psutil.virtual_memory().total)


def _limit(name: str) -> str:
    """A limit of the control group (version 2) that a container runs in; empty where there is none."""
    try:
        return (CGROUP / name).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def number(variable: str, default: float) -> float:
    """The positive number in an environment variable, or the default.

    Raises:
        ValueError: it holds something else.
    """
    text = os.environ.get(variable, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        message = f"{variable} is {text!r}; allowed: a number above 0"
        raise ValueError(message)
    return value
