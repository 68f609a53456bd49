"""The code that measures, as what it measured names it."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

MEASURING = ("datasets", "model", "spec", "tasks")
"""The packages whose sources decide what is measured; pages and words do not."""


@functools.cache
def code(root: Path = Path(__file__).parent) -> str:
    """A hash of these sources, whatever the system's ends of lines: 12 hexadecimal digits."""
    files = sorted(file for name in MEASURING for file in (root / name).rglob("*.py"))
    digest = hashlib.blake2b(digest_size=6)
    for file in files:
        digest.update(f"{file.relative_to(root).as_posix()}\n{file.read_text(encoding='utf-8')}\n".encode())
    return digest.hexdigest()
