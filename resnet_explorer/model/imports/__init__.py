"""Somebody's own module, described. Importing this imports torch."""

from resnet_explorer.model.imports.describe import from_module

__all__ = ["from_module"]
