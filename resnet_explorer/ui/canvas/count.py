"""A number that counts to its new value when it changes, with its formula; and how much of a limit it uses."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What the number shall not exceed, and how that is written."""

    most: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedNumber:
    """A number of a net: `text` is how it is written, `formula` its working, `note` what stands below it."""

    key: str
    label: str
    value: int
    text: str
    formula: str
    note: str = ""
    limit: Limit | None = None

    def data(self) -> dict[str, Any]:
        """The number as the browser reads it."""
        return asdict(self)
