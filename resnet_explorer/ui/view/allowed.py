"""Packages whose nets are shown: the operator says which, as their code will run."""

from __future__ import annotations

import os

PACKAGES = "RESNET_EXPLORER_PACKAGES"


def packages() -> tuple[str, ...]:
    """The packages that the operator allows."""
    return tuple(filter(None, (each.strip() for each in os.environ.get(PACKAGES, "").split(","))))


def refused(constructor: str) -> str:
    """Why a net is not shown that something of a package makes; empty where it is, or where nothing is named."""
    package, found = constructor.partition(":")[0], packages()
    if not constructor or package in found:
        return ""
    return f"this server allows no nets of {package}; it allows {', '.join(found) or 'none'}"
