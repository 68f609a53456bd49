"""How the command line writes: tables, JSON, and a bar that grows."""

from __future__ import annotations

import json
import math
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resnet_explorer.tasks.train import Step

BAR, WIDTH = 30, 79


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], left: int = 1) -> str:
    """Columns as wide as they must be; the first `left` flush left, the rest flush right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    lines = [heads, tuple("-" * width for width in widths), *rows]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if index < left else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def to_json(data: object) -> str:
    """JSON in one line, with null for every number that is not finite."""
    return json.dumps(_finite(data), allow_nan=False)


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return value


def progress(name: str, total: int, steps: list[Step]) -> Callable[[Step], None]:
    """Appends each step of a training to `steps`, and draws a bar on stderr if that is a terminal."""
    drawn = sys.stderr.isatty()

    def report(step: Step) -> None:
        steps.append(step)
        if drawn:
            done = BAR * (step.step + 1) // total
            bar = "#" * done + "." * (BAR - done)
            last = step.step + 1 == total or not math.isfinite(step.loss)
            line = f"{name} [{bar}] {step.step + 1}/{total} loss {step.loss:.4f}"
            print(f"\r{line:<{WIDTH}}", end="\n" if last else "", file=sys.stderr, flush=True)  # noqa: T201

    return report
