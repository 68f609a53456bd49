"""ResNet Explorer: residual networks described once, and read as numbers, pictures and torch modules.

Light to import: each name is loaded when it is first used, and torch by `build`, `from_module` and `load`,
by `identify` for what torch itself wrote, and by `export` as safetensors.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report, analyse
    from resnet_explorer.api import Cost, Ledger, Memory, compare, cost, draw, export, ledger, memory, search
    from resnet_explorer.checkpoints import Identity, identify, load
    from resnet_explorer.errors import ExplorerError
    from resnet_explorer.model import build
    from resnet_explorer.model.imports import from_module
    from resnet_explorer.spec import NetSpec, from_query, to_query

__version__ = "0.1.0"

__all__ = [
    "Cost",
    "ExplorerError",
    "Identity",
    "Ledger",
    "Memory",
    "NetSpec",
    "Report",
    "analyse",
    "build",
    "compare",
    "cost",
    "draw",
    "export",
    "from_module",
    "from_query",
    "identify",
    "ledger",
    "load",
    "memory",
    "preset",
    "presets",
    "search",
    "to_query",
]

_HOMES = {
    **dict.fromkeys(
        ("Cost", "Ledger", "Memory", "compare", "cost", "draw", "export", "ledger", "memory", "search"), "api"
    ),
    "ExplorerError": "errors",
    "Identity": "checkpoints",
    "NetSpec": "spec",
    "Report": "analysis",
    "analyse": "analysis",
    "build": "model",
    "from_module": "model.imports",
    "from_query": "spec",
    "identify": "checkpoints",
    "load": "checkpoints",
    "to_query": "spec",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from resnet_explorer.installation import explained  # noqa: PLC0415

    with explained():
        return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def presets() -> tuple[str, ...]:
    """The names of the named networks, in the order of the list."""
    from resnet_explorer.spec import PRESETS  # noqa: PLC0415

    return PRESETS.names


def preset(name: str) -> NetSpec:
    """The named network, at its own image size and number of classes; `presets()` has the names.

    Case and what stands between letters and digits do not count: `ResNet-50` is resnet50.

    Raises:
        UnknownName: there is none of that name; the message names those most like it.
    """
    from resnet_explorer.spec.query import preset as named  # noqa: PLC0415

    return named(name).spec
