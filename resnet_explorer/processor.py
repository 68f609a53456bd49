"""The processor of this machine, as runs name what measured them."""

from __future__ import annotations

import functools
import os
import platform
import subprocess
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
SYSCTL = ("/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string")
_VECTORS = {"amx_tile": "AMX", "avx512f": "AVX-512", "avx2": "AVX2", "avx": "AVX"}
_TOLD = ("ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA")
"""What tells torch, and the library of its convolutions, to leave wider vectors alone."""


def processor() -> str:
    """Its name as Linux or macOS tells it, or what Python knows."""
    return _facts().get("model name") or _brand() or platform.processor() or platform.machine()


def kind() -> str:
    """Its name, its family and model, and its widest vectors: `AMD EPYC, family 25 model 1, AVX2`.

    Libraries choose their kernels by the last, and with them the order in which they add up, unless they are told.
    """
    facts = _facts()
    family = f"family {facts.get('cpu family')} model {facts['model']}" if "model" in facts else ""
    flags = facts.get("flags", "").split()
    widest = next((title for flag, title in _VECTORS.items() if flag in flags), "")
    told = [f"{name}={os.environ[name]}" for name in _TOLD if name in os.environ]
    return ", ".join(filter(None, (processor(), family, widest, *told)))


@functools.cache
def _brand() -> str:
    """What macOS calls it, where Python knows no more than `arm`; nothing elsewhere."""
    if platform.system() != "Darwin":
        return ""
    try:
        told = subprocess.run(SYSCTL, capture_output=True, text=True, encoding="utf-8", timeout=5, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.strip()


def _facts() -> dict[str, str]:
    """What Linux says of the first core; nothing elsewhere."""
    facts: dict[str, str] = {}
    if CPUINFO.is_file():
        for line in CPUINFO.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            facts.setdefault(name.strip(), value.strip())
    return facts
