"""The processor of this machine, as runs name what measured them."""

from __future__ import annotations

import platform
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
_VECTORS = {"amx_tile": "AMX", "avx512f": "AVX-512", "avx2": "AVX2", "avx": "AVX"}


def processor() -> str:
    """Its name as Linux tells it, or what Python knows."""
    return _facts().get("model name") or platform.processor() or platform.machine()


def kind() -> str:
    """Its name, its family and model, and its widest vectors: `AMD EPYC, family 25 model 1, AVX2`.

    Libraries choose their kernels by the last, and with them the order in which they add up.
    """
    facts = _facts()
    family = f"family {facts.get('cpu family')} model {facts['model']}" if "model" in facts else ""
    flags = facts.get("flags", "").split()
    widest = next((title for flag, title in _VECTORS.items() if flag in flags), "")
    return ", ".join(filter(None, (processor(), family, widest)))


def _facts() -> dict[str, str]:
    """What Linux says of the first core; nothing elsewhere."""
    facts: dict[str, str] = {}
    if CPUINFO.is_file():
        for line in CPUINFO.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            facts.setdefault(name.strip(), value.strip())
    return facts
