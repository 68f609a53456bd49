"""What was looked at once and found right, kept as texts in `tests/reference/kept`."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from resnet_explorer.analysis.sentence import Sentence

FOLDER = Path(__file__).parent / "reference" / "kept"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]\d+)?")
MOST = 6
"""Numbers of a list that are written out; of a longer one its length, ends, extremes, and a sum that knows places."""


def marked(text: Sentence) -> str:
    """A text whose numbers stand between marks, each with its working."""
    return text.shown(lambda number: f"⟦{number.text}¦{number.working}⟧")


def flat(value: Any, name: str = "") -> Iterable[str]:
    """Whatever there is as lines of text: a line for each value that is not its default, its number to six digits."""
    if dataclasses.is_dataclass(value):
        value = {
            each.name: getattr(value, each.name)
            for each in dataclasses.fields(value)
            if getattr(value, each.name) not in (each.default, (), "")
        }
    elif hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from flat(each, f"{name}.{key}".lstrip("."))
    elif isinstance(value, tuple | list) and not _short(value):
        for at, each in enumerate(value):
            yield from flat(each, f"{name}[{at}]")
    else:
        yield f"{name} = {_written(value)}"


def _short(values: Iterable[Any]) -> bool:
    return all(isinstance(each, int | float | str | None) for each in values)


def _written(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if not isinstance(value, tuple | list):
        return str(value)
    if len(value) <= MOST or not all(isinstance(each, int | float) for each in value):
        return ", ".join(map(_written, value))
    known = [each for each in value if math.isfinite(each)] or [math.nan]
    least, most, placed = min(known), max(known), math.fsum(each * math.sin(at) for at, each in enumerate(known))
    ends = f"{_written(value[0])} to {_written(value[-1])}"
    return f"{len(value)} ({len(known)} finite): {ends}, {_written(least)} <= {_written(most)}, {_written(placed)}"


def compare(name: str, text: str, *, anew: bool, rel: float = 0.0) -> None:
    """Hold a text against the one that is kept, or keep it.

    Measured numbers may be off by `rel` of the largest one in their line.
    """
    file = FOLDER / name
    if anew:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    before = file.read_text(encoding="utf-8")
    if rel and NUMBER.sub("#", text) == NUMBER.sub("#", before):
        for now, then in zip(text.splitlines(), before.splitlines(), strict=True):
            found, known = (
                [float(each) for each in NUMBER.findall(line.split("finite):")[-1])] for line in (now, then)
            )
            least = rel * max(map(abs, known), default=0.0)
            assert found == pytest.approx(known, rel=0, abs=max(least, 1e-9)), (
                f"{now}; look, then: pytest --keep ({name})"
            )
    else:
        assert text.splitlines() == before.splitlines(), f"look at it, then: pytest --keep ({name})"
