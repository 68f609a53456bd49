"""How the numbers in an experiment's table are made."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from resnet_explorer.experiments.workings import fine

Row = Mapping[str, Any]
Column = str | Callable[[Sequence[Row], int], str]
"""A text with the names of the row's columns in braces, or what makes one of all rows and the number of one."""


def explain(columns: Mapping[str, Column], rows: Sequence[Row], at: int, column: str) -> str:
    """How a number is made; empty where a cell tells the rows apart, or holds none."""
    made = columns.get(column)
    if made is None or not _told(rows[at].get(column)):
        return ""
    return made(rows, at) if callable(made) else _filled(made, rows[at])


def alike(rows: Sequence[Row], at: int, *names: str) -> list[Row]:
    """The rows that have the same in these columns as one of them, in order: those of its run."""
    return [row for row in rows if all(row[name] == rows[at][name] for name in names)]


def where(columns: Mapping[str, Column], row: Row) -> str:
    """Which row it is: plain-20, seed 0, step 12."""
    apart = {name: value for name, value in row.items() if name not in columns and not isinstance(value, bool)}
    return ", ".join(value if isinstance(value, str) else f"{name} {fine(value)}" for name, value in apart.items())


def _filled(text: str, row: Row) -> str:
    return text.format_map(
        {name: fine(value) if isinstance(value, int | float) else value for name, value in row.items()}
    )


def _told(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and not math.isfinite(value))
