"""By what something was measured: equal configs have equal numbers where these are equal too."""

from __future__ import annotations

import functools
from importlib import metadata
from typing import NamedTuple

from resnet_explorer import __version__
from resnet_explorer.processor import kind
from resnet_explorer.sources import code


class Made(NamedTuple):
    """The package's version and its code, as `sources.code` names it, PyTorch's version, and the kind of processor."""

    version: str
    code: str
    torch: str
    processor: str


@functools.cache
def here() -> Made:
    """By what this process would measure; without PyTorch, whose version is known without loading it, by none."""
    try:
        torch = metadata.version("torch")
    except metadata.PackageNotFoundError:
        torch = ""
    return Made(__version__, code(), torch, kind())
