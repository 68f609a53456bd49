"""Somebody's own module as a description: what was seen of it, and the structure that is found in that."""

from resnet_explorer.spec.imports.net import ImportedNet, Net
from resnet_explorer.spec.imports.structure import Seen, structured

__all__ = ["ImportedNet", "Net", "Seen", "structured"]
