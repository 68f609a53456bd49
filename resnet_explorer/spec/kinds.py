"""Kinds of options that a description of a net alone has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from resnet_explorer.options import Whole


@dataclass(frozen=True, slots=True)
class Extent:
    """Height and width from `low` to `high`: one whole number where they are equal, else a pair, height first."""

    low: int
    high: int

    @property
    def allowed(self) -> str:
        return f"{Whole(self.low, self.high).allowed}, or height x width, each such a number: 512x1024"

    def holds(self, value: Any) -> bool:
        each = Whole(self.low, self.high)
        pair = isinstance(value, tuple) and len(value) == 2 and value[0] != value[1]
        return all(map(each.holds, value)) if pair else each.holds(value)

    def parse(self, text: str) -> int | tuple[int, int] | None:
        found = re.fullmatch(r"([0-9]{1,9})(?:x([0-9]{1,9}))?", text)
        return square((int(found[1]), int(found[2] or found[1]))) if found else None

    def text(self, value: int | tuple[int, int]) -> str:
        return str(value) if isinstance(value, int) else "x".join(map(str, value))


def square(sides: tuple[int, int]) -> int | tuple[int, int]:
    """Height and width as an `Extent` has them: one number where they are equal."""
    return sides[0] if sides[0] == sides[1] else sides


@dataclass(frozen=True, slots=True)
class Numbers:
    """One of a few whole numbers."""

    values: tuple[int, ...]

    @property
    def allowed(self) -> str:
        return f"one of {', '.join(map(str, self.values))}"

    def holds(self, value: Any) -> bool:
        return type(value) is int and value in self.values

    def parse(self, text: str) -> int | None:
        return next((value for value in self.values if str(value) == text), None)

    def text(self, value: int) -> str:
        return str(value)
