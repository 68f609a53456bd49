"""A module made by its constructor's name: torchvision.models:resnet50."""

from __future__ import annotations

import importlib
import inspect
from typing import TYPE_CHECKING, Any

from torch import nn

from resnet_explorer.errors import ExplorerError, UnknownName, shown

if TYPE_CHECKING:
    from collections.abc import Callable

UNTRAINED = {"weights": None, "weights_backbone": None, "pretrained": False, "pretrained_backbone": False}
"""What says that no weights are to be fetched, where a constructor has it."""


def constructed(name: str, *, inside: bool = False) -> nn.Module:
    """The module that `PACKAGE.MODULE:CONSTRUCTOR` makes, called without arguments.

    Those by which a constructor is told to fetch no weights are given where it has them.

    `inside` takes only what that package defines itself, not what it imports from elsewhere.

    Raises:
        ExplorerError: there is no such constructor, or it makes no module; the message says what it said.
    """
    package, _, constructor = name.partition(":")
    if not constructor:
        raise ExplorerError(f"{shown(name)} names no constructor; write PACKAGE.MODULE:CONSTRUCTOR")
    try:
        found: Any = importlib.import_module(package)
    except (Exception, SystemExit) as error:
        raise ExplorerError(f"{shown(package)} cannot be imported: {_said(error)}") from error
    public = tuple(each for each in dir(found) if not each.startswith("_") and callable(getattr(found, each)))
    for part in constructor.split("."):
        found = getattr(found, part, None)
    home = str(getattr(found, "__module__", ""))
    if not callable(found) or (inside and home != package and not home.startswith(f"{package}.")):
        raise UnknownName("constructor", constructor, public)
    try:
        made = found(**_without_weights(found))
    except (Exception, SystemExit) as error:
        raise ExplorerError(f"{shown(name)} made nothing, called without further arguments: {_said(error)}") from error
    if not isinstance(made, nn.Module):
        raise ExplorerError(f"{shown(name)} made {type(made).__name__}, not a torch.nn.Module")
    return made


def _without_weights(constructor: Callable[..., Any]) -> dict[str, Any]:
    """The arguments by which torchvision's and timm's constructors are told to fetch no weights."""
    try:
        known = inspect.signature(constructor).parameters
    except (TypeError, ValueError):
        return {}
    return {name: value for name, value in UNTRAINED.items() if name in known}


def _said(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"it ends the process, with {shown(error.code)}"
    return str(error).strip().partition("\n")[0] or type(error).__name__
