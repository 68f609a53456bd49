"""JSON of which parts are written already: what is large is written once, and kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Json(str):
    """What is JSON already."""

    __slots__ = ()


def fields(values: Mapping[str, Any]) -> str:
    """What stands between the braces of an object."""
    return ",".join(f"{_json(name)}:{_json(value)}" for name, value in values.items())


def record(*of: str) -> Json:
    """An object of these fields."""
    return Json(f"{{{','.join(of)}}}")


def array(items: Iterable[Json]) -> Json:
    """An array of what is JSON already."""
    return Json(f"[{','.join(items)}]")


def _json(value: Any) -> str:
    return value if isinstance(value, Json) else json.dumps(value, separators=(",", ":"))
